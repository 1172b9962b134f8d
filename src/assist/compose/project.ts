import { entry, get, items, text, type ComposeFile } from '../../compose/model.ts';
import { parseCompose } from '../../compose/parse.ts';
import { isMain, layersOf } from '../../compose/project.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';

/** The Compose files around one, and which of them share their names with each other. */
export interface Project {
  /** Every file there is, by path. */
  readonly files: ReadonlyMap<string, ComposeFile>;
  /** The files whose names are one with those of a file: what it includes, what includes it, what is laid over it. */
  related(path: string): ReadonlySet<string>;
  /** The files whose services it extends, and those that extend services of it. */
  readonly bases: (path: string) => readonly string[];
  readonly takers: (path: string) => readonly string[];
}

export function projectOf(file: ComposeFile, { workspace, files, environment }: World): Project {
  const known = new Map<string, ComposeFile>();
  const next = new Map<string, readonly string[]>();
  const bases = new Map<string, readonly string[]>();
  const surroundings = { read: (path: string) => files.read(path), variable: (name: string) => environment?.[name] };

  const add = (each: ComposeFile): void => {
    const path = join('', each.source.path);
    if (known.has(path)) return;
    known.set(path, each);
    const { under, over } = layersOf(each.source.path, surroundings);
    const others = [...included(each), ...under, ...over].map((other) => join('', other));
    next.set(path, others);
    bases.set(path, extended(each));
    for (const other of [...others, ...extended(each)]) open(other);
  };
  const open = (path: string): void => {
    if (known.has(path)) return;
    const written = files.read(path);
    if (written !== undefined) add(parseCompose(path, written));
  };
  add(file);
  workspace.composeFiles().forEach(add);
  // A file with services that run nothing by themselves is laid over the main file beside it, or above it, that has them.
  for (const [path, each] of known) {
    const parts = each.services.filter(({ node }) => !entry(node, 'image') && !entry(node, 'build') && !entry(node, 'extends'));
    if (isMain(path) || !parts.length) continue;
    const folders = [folderOf(path), folderOf(folderOf(path))];
    const mains = [...known].filter(
      ([other, { services }]) =>
        isMain(other) && folders.includes(folderOf(other)) && services.some(({ name }) => parts.some((part) => part.name === name)),
    );
    for (const [base] of mains) {
      next.set(path, [...(next.get(path) ?? []), base]);
      next.set(base, [...(next.get(base) ?? []), path]);
    }
  }
  const down = (from: string, seen = new Set<string>()): Set<string> => {
    if (seen.has(from) || !known.has(from)) return seen;
    seen.add(from);
    for (const other of next.get(from) ?? []) down(other, seen);
    return seen;
  };
  return {
    files: known,
    related(path) {
      const all = down(path);
      for (const other of known.keys()) {
        const below = down(other);
        if (below.has(path)) for (const each of below) all.add(each);
      }
      return all;
    },
    bases: (path) => bases.get(path) ?? [],
    takers: (path) => [...bases].flatMap(([other, taken]) => (taken.includes(path) ? [other] : [])),
  };
}

const local = (path: string): boolean => !/[$]|^(?:[a-z+]+:\/\/|git@|oci:)|\.git(?:#|$)|^~/.test(path);

/** The paths that `include` names, as the file's own folder has them. */
function included({ source, root }: ComposeFile): readonly string[] {
  return items(get(root, 'include'))
    .flatMap((item) => (item.kind === 'map' ? items(get(item, 'path')) : [item]))
    .flatMap((item) => text(item) ?? [])
    .filter(local)
    .map((path) => join(folderOf(source.path), path));
}

function extended({ source, services }: ComposeFile): readonly string[] {
  return services
    .flatMap(({ node }) => text(get(node, 'extends', 'file')) ?? [])
    .filter(local)
    .map((path) => join(folderOf(source.path), path));
}
