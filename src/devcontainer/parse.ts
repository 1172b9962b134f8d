import { parseTree, type Node } from 'jsonc-parser';
import { source } from '../text/text.ts';
import type { Devcontainer, Json } from './model.ts';

/** Reads a `devcontainer.json`, comments and trailing commas included. Never fails: what is no JSON is left out, as editors say so themselves. */
export function parseDevcontainer(path: string, text: string): Devcontainer {
  const tree = parseTree(text, [], { allowTrailingComma: true });
  const root = tree && read(tree);
  return { language: 'devcontainer', source: source(path, text), ...(root?.kind === 'object' ? { root } : {}) };
}

function read(node: Node): Json {
  const span = { start: node.offset, end: node.offset + node.length };
  const children = node.children ?? [];
  if (node.type === 'array') return { kind: 'list', span, items: children.map(read) };
  if (node.type !== 'object') return { kind: 'scalar', span, value: node.value as string | number | boolean | null };
  const entries = children.flatMap(({ children: [key, value] = [] }) =>
    key && value ? [{ key: String(key.value), keySpan: { start: key.offset, end: key.offset + key.length }, value: read(value) }] : [],
  );
  return { kind: 'object', span, entries };
}

/** The entry at a path of keys. */
export function entryAt(root: Json | undefined, ...path: readonly string[]): { readonly key: string; readonly value: Json } | undefined {
  let found: { readonly key: string; readonly value: Json } | undefined;
  let node = root;
  for (const key of path) {
    found = node?.kind === 'object' ? node.entries.find((entry) => entry.key === key) : undefined;
    node = found?.value;
  }
  return found;
}

/** The value at a path of keys. */
export const valueAt = (root: Json | undefined, ...path: readonly string[]): Json | undefined => entryAt(root, ...path)?.value;

/** The strings of a list, or a string alone, each with its place. */
export function stringsIn(node: Json | undefined): readonly { readonly text: string; readonly node: Json }[] {
  const nodes = node?.kind === 'list' ? node.items : node ? [node] : [];
  return nodes.flatMap((each) => (each.kind === 'scalar' && typeof each.value === 'string' ? [{ text: each.value, node: each }] : []));
}
