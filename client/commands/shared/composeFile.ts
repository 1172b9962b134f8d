import { get, text, type ComposeFile } from '../../../src/compose/model.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { planFromLabels, type ComposePlan } from '../../../src/plan/composePlan.ts';
import { filesWith, inOrder, profilesOn } from '../../build/composeFiles.ts';
import type { Container } from '../../engine/engine.ts';
import { containersOf } from '../../views/composeContainers.ts';
import type { App } from '../command.ts';

/** A Compose file that a command is for, or several that are one project, and the containers there are of it. */
export interface ComposeTarget {
  readonly plan: ComposePlan;
  readonly folder: string;
  /** What a person calls it: the service, else the file. */
  readonly name: string;
  readonly service?: string;
  readonly containers: readonly Container[];
}

/** Finds out about a file. Containers that run already know with which other files they were started. */
export async function composeTarget(paths: readonly string[], app: App, options: unknown): Promise<ComposeTarget | undefined> {
  const [path] = paths;
  if (path === undefined) return undefined;
  await app.engine();
  await app.store.refresh('container');
  const file = parseCompose(path, (await app.ui.read(path)) ?? '');
  const all = containersOf({ path, ...nameOf(file) }, app.store.snapshot.containers);
  const service = serviceOf(options);
  const files = paths.length > 1 ? inOrder(paths) : filesWith(path, file, app.ui);
  const folder = (paths.length > 1 ? path : (files[0] ?? path)).replace(/[\\/][^\\/]*$/, '');
  const started = all.flatMap(({ labels }) => planFromLabels(labels) ?? []).find(({ files }) => files.includes(path));
  const profiles = profilesOn(path, app.ui);
  const plan =
    paths.length === 1 && started
      ? started
      : { files: files.map((each) => shortened(each, folder)), ...(profiles.length > 0 && { profiles }) };
  return {
    plan,
    folder: plan.directory ?? folder,
    name: service ?? path.replace(/^.*[\\/]/, ''),
    ...(service !== undefined && { service }),
    containers: service === undefined ? all : all.filter((container) => container.service === service),
  };
}

function nameOf(file: ComposeFile): { readonly project?: string } {
  const project = text(get(file.root, 'name'));
  return project === undefined || project.includes('$') ? {} : { project };
}

const shortened = (path: string, folder: string): string => (path.startsWith(folder) ? path.slice(folder.length + 1) : path);

/** The service that a code lens asks for. */
function serviceOf(options: unknown): string | undefined {
  const asked = (options as { readonly options?: { readonly service?: unknown } } | undefined)?.options?.service;
  return typeof asked === 'string' ? asked : undefined;
}
