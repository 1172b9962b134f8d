import { existsSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { entry, type ComposeFile, type MapNode } from '../../src/compose/model.ts';

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

/** The files that one file is used with: what it is laid over comes first. */
export function filesWith(path: string, file: ComposeFile): readonly string[] {
  const name = basename(path).replace(/\.ya?ml$/, '');
  if (name.endsWith('.override') || file.services.some(({ node }) => isFragment(node))) {
    const bases = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'].map((each) => join(dirname(path), each));
    const base = bases.find((each) => each !== path && existsSync(each));
    if (base !== undefined) return [base, path];
  }
  return withOverride([path]);
}

/** Whether a service can run only when it is laid over another: nothing says what it runs. */
export const isFragment = (service: MapNode): boolean => !['image', 'build', 'extends', 'provider'].some((key) => entry(service, key));
