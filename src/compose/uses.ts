import { remembered } from '../text/remembered.ts';
import { substitute } from './interpolate.ts';
import { entry, get, items, text, type ComposeFile, type MapNode, type Node } from './model.ts';
import { folderOf, join } from '../text/paths.ts';

/** How a file takes another one in. */
export interface Use {
  readonly by: ComposeFile;
  readonly kind: 'include' | 'extends';
  readonly path: string;
  /** The folder that relative paths begin in, the files that fill it in, and of an `include` those of the same item before and after it. */
  readonly folder: string;
  readonly envFiles: readonly string[];
  readonly under: readonly string[];
  readonly over: readonly string[];
}

const remote = /^(?:[a-z+]+:\/\/|git@|oci:)|\.git(?:#|$)|^~/;

/** A path with nothing set but what has a default. */
const local = (node: Node | undefined): string | undefined => {
  const written = text(node);
  if (written === undefined) return undefined;
  const filled = written.includes('$') ? substitute(written, () => undefined) : undefined;
  const path = filled?.ok === false ? undefined : (filled?.text ?? written);
  return path === undefined || path === '' || remote.test(path) ? undefined : path;
};

/** The files that a file takes in by `include` and `extends`, remote ones left out. */
const takenIn = remembered((by: ComposeFile): readonly Use[] => {
  const here = folderOf(by.source.path);
  const at = (path: string): string => join(here, path);
  const included = items(get(by.root, 'include')).flatMap((item): readonly Use[] => {
    const paths = (item.kind === 'map' ? items(get(item, 'path')) : [item]).flatMap((node) => local(node) ?? []).map(at);
    const directory = local(get(item, 'project_directory'));
    const folder = directory === undefined ? folderOf(paths[0] ?? '') : at(directory);
    const env = items(get(item, 'env_file')).flatMap((node) => local(node) ?? []);
    // What the including project sets counts for more.
    const envFiles = [...(env.length ? env.map(at) : [join(folder, '.env')]), at('.env')];
    return paths.map((path, index) => ({
      ...{ by, kind: 'include', path, folder, envFiles },
      under: paths.slice(0, index),
      over: paths.slice(index + 1),
    }));
  });
  const extended = by.services.flatMap(({ node }): readonly Use[] => {
    const file = entry(node, 'extends') && local(get(node, 'extends', 'file'));
    return file === undefined
      ? []
      : [{ by, kind: 'extends', path: at(file), folder: folderOf(at(file)), envFiles: [at('.env')], under: [], over: [] }];
  });
  return [...included, ...extended];
});

/** How other files take a file in, themselves or through one that they take in. */
export function usesOf({ source }: ComposeFile, others: readonly ComposeFile[]): readonly Use[] {
  const found: Use[] = [];
  const seen = new Set([join('', source.path)]);
  for (const path of seen)
    for (const other of others)
      for (const use of takenIn(other)) {
        if (use.path !== path || other.source.path === source.path) continue;
        found.push(use);
        seen.add(join('', other.source.path));
      }
  return found;
}

/** The roots of files that a file goes with, such as those that take it in, and of all that these include beside it. */
export function companionsOf(file: ComposeFile, takers: readonly ComposeFile[], others: readonly ComposeFile[]): readonly MapNode[] {
  const known = new Map(others.map((other) => [join('', other.source.path), other]));
  const all = new Set(takers);
  for (const each of all)
    for (const use of takenIn(each)) {
      const other = use.kind === 'include' ? known.get(use.path) : undefined;
      if (other && other.source.path !== file.source.path) all.add(other);
    }
  return [...all].flatMap(({ root }) => root ?? []);
}
