import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join, normalize } from 'node:path';
import { entry, type ComposeFile, type MapNode } from '../../src/compose/model.ts';
import { layersOf } from '../../src/compose/project.ts';
import { composeVariables } from '../../src/settings.ts';
import type { Ui } from '../ui.ts';

const usualName = /^((?:docker-)?compose)\.(ya?ml)$/;

/** The file with the usual name before those that are laid over it, else as they were chosen. */
export const inOrder = (paths: readonly string[]): readonly string[] => [
  ...paths.filter((path) => usualName.test(basename(path))),
  ...paths.filter((path) => !usualName.test(basename(path))),
];

/** As the command line does by itself: the override file beside a file that it finds by its usual name. */
export function withOverride(paths: readonly string[]): readonly string[] {
  const [only] = paths;
  if (only === undefined || paths.length > 1) return paths;
  const name = usualName.exec(basename(only))?.[1];
  if (name === undefined) return paths;
  const beside = ['yml', 'yaml'].map((end) => join(dirname(only), `${name}.override.${end}`)).filter((path) => existsSync(path));
  return [only, ...beside.slice(0, 1)];
}

/** Where the settings of a project are asked for. */
export type Settled = Pick<Ui, 'setting' | 'folders'>;

/** The files that one file is used with: those that the settings or COMPOSE_FILE name it among, else what it is laid over comes first. */
export function filesWith(path: string, file: ComposeFile, ui: Settled): readonly string[] {
  const listed = layersAround(path, ui);
  if (listed.length > 1) return listed;
  const name = basename(path).replace(/\.ya?ml$/, '');
  if (name.endsWith('.override') || file.services.some(({ node }) => isFragment(node))) {
    const bases = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'].map((each) => join(dirname(path), each));
    const base = bases.find((each) => each !== path && existsSync(each));
    if (base !== undefined) return [base, path];
  }
  return withOverride([path]);
}

/** As the language side finds them: settings first, then the shell, then `.env`. */
function layersAround(path: string, ui: Settled): readonly string[] {
  const written = (each: string): string => each.replaceAll('\\', '/');
  const given: Readonly<Record<string, string | undefined>> = { ...process.env, ...composeVariables(settingsFor(path, ui)) };
  const root = ui.folders.find((folder) => written(path).startsWith(`${written(folder)}/`));
  const read = (each: string): string | undefined => {
    try {
      return readFileSync(each, 'utf8');
    } catch {
      return undefined;
    }
  };
  const around = { read, variable: (name: string) => given[name], ...(root !== undefined && { directory: written(root) }) };
  const { under, over } = layersOf(written(path), around);
  return [...under, written(path), ...over].map(normalize);
}

const settingsFor = (path: string, ui: Settled) => ({
  'compose.files': ui.setting('compose.files', path),
  'compose.profiles': ui.setting('compose.profiles', path),
});

/** The profiles that the settings switch on; those of COMPOSE_PROFILES the command line finds by itself. */
export const profilesOn = (path: string, ui: Settled): readonly string[] => ui.setting('compose.profiles', path);

/** Whether a service can run only when it is laid over another: nothing says what it runs. */
export const isFragment = (service: MapNode): boolean => !['image', 'build', 'extends', 'provider'].some((key) => entry(service, key));
