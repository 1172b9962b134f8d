import { existsSync } from 'node:fs';
import { readFile, readdir, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { parseCompose } from '../../src/compose/parse.ts';
import { gpuOverride } from '../../src/plan/composePlan.ts';
import type { EngineClient } from '../engine/engine.ts';
import type { GpuFault, GpuReport } from '../gpu/nvidiaSmi.ts';
import type { LogSession } from '../logs/session.ts';
import type { Memory, Ui } from '../ui.ts';
import {
  composeForm,
  composePlan,
  overrideName,
  projectFolder,
  servicesOf,
  upVerb,
  type ComposeChoice,
  type ComposeFacts,
  type ComposeService,
} from './composeForm.ts';
import { filesWith, inOrder, profilesOn, withOverride } from './composeFiles.ts';
import { runCompose } from './composeRun.ts';
import { fill } from './form.ts';

/** What bringing a project up needs around it. */
export interface ComposeSurroundings {
  readonly ui: Ui;
  readonly memory: Memory;
  readonly engine: EngineClient;
  readonly gpus: () => Promise<GpuReport | GpuFault>;
  readonly openLog: (title: string) => LogSession;
  /** Shows the logs of a project. */
  readonly follow: (project: string) => void;
}

/**
 * Brings a project up as the person says: services, profiles, environment files. GPUs are given by an override file,
 * and the Compose files themselves stay as they are.
 */
export async function composeUp(paths: readonly string[], around: ComposeSurroundings): Promise<void> {
  const { ui, memory } = around;
  const [chosen] = paths;
  if (chosen === undefined) return;
  const files =
    paths.length > 1 ? withOverride(inOrder(paths)) : filesWith(chosen, parseCompose(chosen, await readFile(chosen, 'utf8')), ui);
  const [first = chosen] = files;
  const services = await readServices(files);
  if (!services.length) {
    void ui.inform(`${basename(first)} has no services.`);
    return;
  }
  const facts: ComposeFacts = { services, envFiles: await envFilesIn(dirname(first)), gpus: await around.gpus() };
  const key = `compose:${files.join(',')}`;
  const kept = memory.get(key) as Pick<ComposeChoice, 'profiles' | 'envFiles' | 'build'> | undefined;
  const start: ComposeChoice = {
    files,
    services: [],
    profiles: (kept?.profiles ?? profilesOn(chosen, ui)).filter((one) => services.some(({ profiles }) => profiles.includes(one))),
    envFiles: kept?.envFiles.filter((path) => existsSync(path)) ?? [],
    build: kept?.build ?? false,
    gpus: { kind: 'none' },
    gpuServices: [],
    shm: ui.setting('run.shmSize'),
  };
  const choice = await fill(ui, composeForm(facts), start);
  if (!choice) return;
  const { profiles, envFiles, build } = choice;
  await memory.set(key, { profiles, envFiles, build });
  const folder = projectFolder(choice.files);
  if (choice.gpus.kind !== 'none') {
    const text = gpuOverride(choice.gpuServices, choice.gpus, choice.shm);
    if (!(await write(join(folder, overrideName), text, ui))) return;
  }
  const plan = composePlan(choice, facts);
  const run = { plan, verb: upVerb(choice), folder, what: 'Compose up', failed: 'The project did not start.' };
  const session = await runCompose(run, { ui, env: around.engine.endpoint.env, openLog: around.openLog });
  if (!session) return;
  const started = plan.files.map((path) => resolve(folder, path)).join(',');
  const containers = await around.engine.containers();
  const project = containers.find(({ labels }) => labels['com.docker.compose.project.config_files'] === started)?.project;
  if (project !== undefined) around.follow(project);
  else session.state('ended');
}

/** The services of Compose files as they are on disk. */
export async function readServices(files: readonly string[]): Promise<readonly ComposeService[]> {
  return servicesOf(await Promise.all(files.map(async (path) => parseCompose(path, await readFile(path, 'utf8')))));
}

/** `.env`, `.env.gpu`, `gpu.env`; what is there to be copied and filled in is none. */
async function envFilesIn(folder: string): Promise<readonly string[]> {
  const names = (await readdir(folder)).filter(
    (name) => /^\.env(\..+)?$|\.env$/.test(name) && !/\.(example|sample|template|dist)$/.test(name),
  );
  return names.sort().map((name) => join(folder, name));
}

/** What is there and says something else is replaced only when the person says so. */
async function write(path: string, text: string, ui: Ui): Promise<boolean> {
  const before = await readFile(path, 'utf8').catch(() => undefined);
  if (before === text) return true;
  const question = `Replace ${basename(path)}?`;
  if (before !== undefined && !(await ui.confirm(question, { yes: 'Replace', detail: `It will say:\n\n${text}` }))) return false;
  await writeFile(path, text);
  return true;
}
