import type { Span } from '../text/text.ts';
import { unsetIn, type Complaint } from './complaint.ts';
import { entry, get, items, text, type MapNode, type Node } from './model.ts';
import { mapOf, plainOf, withEntry } from './nodes.ts';
import { sectionNames } from './sections.ts';
import { folderOf, join } from '../text/paths.ts';

/** Loads what one `include` names; a sentence when it cannot be read. */
export type LoadIncluded = (
  paths: readonly string[],
  project: string,
  envFiles: readonly string[] | undefined,
  chain: readonly string[],
  span: Span,
) => MapNode | NotIncluded;

/** Why a file is not included, and the key of the `include` that is to blame. */
export interface NotIncluded {
  readonly refused: string;
  readonly key: 'path' | 'env_file' | 'project_directory';
}

/** Brings the services and all else of included files in. Their paths begin in the folder of the project. */
export function includeFiles(
  root: MapNode,
  folder: string,
  complain: (complaint: Complaint) => void,
  load: LoadIncluded,
  chain: readonly string[],
): MapNode {
  const included = get(root, 'include');
  if (included?.kind !== 'list') return root;
  let result = withEntry(root, 'include', undefined);
  const imported = new Set<Node>();
  for (const item of included.items) {
    if (item.tag === '!reset') continue;
    const named = item.kind === 'map' ? items(get(item, 'path')) : [item];
    const names = named.flatMap((node) =>
      node.kind === 'scalar' && !node.unknown && !node.date && node.tag !== '!reset' ? (text(node) ?? []) : [],
    );
    const given = entry(item, 'env_file')?.value;
    const envFiles =
      given && given.tag !== '!reset' ? items(given).flatMap((node) => (node.tag === '!reset' ? [] : (text(node) ?? []))) : undefined;
    if ((!names.length && !envFiles?.length) || names.some((name) => /^(?:[a-z+]+:\/\/|git@|oci:)|\.git(?:#|$)/.test(name))) continue;
    const paths = names.map((name) => join(folder, name));
    const cycle = paths.find((each) => chain.includes(each));
    if (cycle !== undefined) {
      complain({
        kind: 'include',
        span: item.span,
        message: `The files include each other in a circle: ${[...chain, cycle].join(' → ')}.`,
      });
      continue;
    }
    const directory = text(get(item, 'project_directory'));
    const project = directory === undefined ? folderOf(paths[0] ?? '') : join(folder, directory);
    const local = envFiles?.map((file) => join(folder, file));
    const loaded = load(paths, project, local, [...chain, paths[0] ?? ''], item.span);
    if ('refused' in loaded) {
      const blamed = get(item, loaded.key) ?? item;
      const unset = unsetIn({
        unset: (loaded.key === 'path' ? named : [blamed]).flatMap((node) => (node.kind === 'scalar' ? (node.unset ?? []) : [])),
      });
      complain({ kind: 'include', span: blamed.span, message: unset + loaded.refused });
    } else result = importAll(result, loaded, complain, item.span, imported);
  }
  return result;
}

function importAll(root: MapNode, from: MapNode, complain: (complaint: Complaint) => void, span: Span, imported: Set<Node>): MapNode {
  let result = root;
  for (const section of sectionNames) {
    const theirs = get(from, section);
    if (theirs?.kind !== 'map' || !theirs.entries.length) continue;
    const ours = get(result, section);
    const merged = new Map((ours?.kind === 'map' ? ours.entries : []).map((each) => [each.key, each]));
    for (const each of theirs.entries) {
      imported.add(each.value);
      const old = merged.get(each.key);
      if (!old) merged.set(each.key, each);
      // What is included has its paths made absolute by now, so that it is not the same as what is written here.
      else if (!same(old.value, each.value) || (!imported.has(old.value) && hasPath(each.value)))
        complain({
          kind: 'include',
          span,
          message: `This file brings a ${section.slice(0, -1)} «${each.key}», and there is another one of that name.`,
        });
    }
    result = withEntry(result, section, mapOf([...merged.values()], ours?.span ?? span));
  }
  return result;
}

const hasPath = (resource: Node): boolean =>
  get(resource, 'file') !== undefined ||
  (text(get(resource, 'driver')) === 'local' &&
    text(get(resource, 'driver_opts', 'o')) === 'bind' &&
    get(resource, 'driver_opts', 'device') !== undefined);

const same = (a: Node, b: Node): boolean => plain(a) === plain(b);
/** A name with nothing said about it is one with an empty mapping. */
const plain = (node: Node): string => (node.kind === 'scalar' && node.value === null ? '{}' : JSON.stringify(plainOf(node)));
