import { readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { parseCompose } from '../../src/compose/parse.ts';
import { composeCommand, gpuOverride, type ComposePlan } from '../../src/plan/composePlan.ts';
import type { GpuChoice } from '../../src/plan/runPlan.ts';
import type { EngineClient } from '../engine/engine.ts';
import type { GpuFault, GpuReport } from '../gpu/nvidiaSmi.ts';
import type { LogSession } from '../logs/session.ts';
import type { Ui } from '../ui.ts';
import { withOverride } from './composeFiles.ts';
import { runCompose } from './composeRun.ts';
import { fill, type Form } from './form.ts';
import { chooseGpus, gpuWords } from './runForm.ts';

/** What bringing a project up needs around it. */
export interface ComposeSurroundings {
  readonly ui: Ui;
  readonly engine: EngineClient;
  readonly gpus: () => Promise<GpuReport | GpuFault>;
  readonly openLog: (title: string) => LogSession;
  /** Shows the logs of a project. */
  readonly follow: (project: string) => void;
}

interface Choice {
  readonly services: readonly string[];
  readonly gpus: GpuChoice;
  readonly shm: string;
}

/** Writes an override file that gives services GPUs, and brings the project up with it. The Compose files themselves stay as they are. */
export async function composeUpWithGpus(paths: readonly string[], around: ComposeSurroundings): Promise<void> {
  const { ui } = around;
  const files = withOverride(paths);
  const [first] = files;
  if (first === undefined) return;
  const folder = dirname(first);
  const texts = await Promise.all(files.map((path) => readFile(path, 'utf8')));
  const names = [...new Set(texts.flatMap((text, at) => parseCompose(files[at] ?? '', text).services.map(({ name }) => name)))];
  if (!names.length) {
    void ui.inform(`${basename(first)} has no services.`);
    return;
  }
  const override = join(folder, 'compose.gpu.yaml');
  const report = await around.gpus();
  const services =
    names.length === 1
      ? names
      : await ui.pickMany(
          'Services that get GPUs',
          names.map((value) => ({ label: value, value })),
        );
  if (!services?.length) return;
  const gpus = await chooseGpus(ui, report);
  if (!gpus) return;
  const plan: ComposePlan = { files: [...files, override].map((path) => basename(path)) };
  const choice = await fill(ui, form(plan, names, report), { services, gpus, shm: ui.setting('run.shmSize') });
  if (!choice) return;
  const text = gpuOverride(choice.services, choice.gpus, choice.shm);
  if (!(await write(override, text, ui))) return;
  await up(plan, folder, around);
}

function form(plan: ComposePlan, names: readonly string[], report: GpuReport | GpuFault): Form<Choice> {
  return {
    title: 'Compose up with GPUs',
    verb: 'Up',
    invocation: () => composeCommand(plan, ['up', '--detach']),
    rows: (choice) => [
      {
        label: 'Services that get GPUs',
        description: choice.services.join(', '),
        icon: 'server-process',
        async change(ui) {
          const choices = names.map((value) => ({ label: value, value, picked: choice.services.includes(value) }));
          const services = await ui.pickMany('Services that get GPUs', choices);
          return services?.length ? { ...choice, services } : undefined;
        },
      },
      {
        label: 'GPUs',
        description: gpuWords(choice.gpus),
        icon: 'circuit-board',
        async change(ui) {
          const gpus = await chooseGpus(ui, report);
          return gpus && { ...choice, gpus };
        },
      },
      {
        label: 'Shared memory',
        description: choice.shm || "64m, the engine's own",
        icon: 'server',
        async change(ui) {
          const problem = (text: string): string | undefined =>
            /^(\d+[bkmg]?)?$/i.test(text) ? undefined : 'A number with b, k, m or g after it: 8g';
          const shm = await ui.input('Shared memory', { value: choice.shm, problem });
          return shm === undefined ? undefined : { ...choice, shm };
        },
      },
    ],
  };
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

async function up(plan: ComposePlan, folder: string, { ui, engine, openLog, follow }: ComposeSurroundings): Promise<void> {
  const run = { plan, verb: ['up', '--detach'], folder, what: 'Compose up', failed: 'The project did not start.' };
  const session = await runCompose(run, { ui, env: engine.endpoint.env, openLog });
  if (!session) return;
  const started = (await engine.containers()).filter(({ labels }) => labels['com.docker.compose.project.working_dir'] === folder);
  const project = started.find(({ labels }) =>
    (labels['com.docker.compose.project.config_files'] ?? '').includes('compose.gpu.yaml'),
  )?.project;
  if (project !== undefined) follow(project);
  else session.state('ended');
}
