import type { Span } from '../text/text.ts';
import type { Entry, ListNode, MapNode, Node, ScalarNode } from './model.ts';

// Making new nodes out of others, places kept.

export const nowhere: Span = { start: -1, end: -1 };

export const scalarOf = (text: string, span: Span): ScalarNode => ({ kind: 'scalar', span, value: text, text, quoted: true });
export const listOf = (items: readonly Node[], span: Span): ListNode => ({ kind: 'list', span, items });
export const mapOf = (entries: readonly Entry[], span: Span): MapNode => ({ kind: 'map', span, entries });
export const entryOf = (key: string, value: Node, keySpan = value.span): Entry => ({ key, keySpan, value });

/** The mapping with one entry replaced, added or (undefined) taken out. */
export function withEntry(map: MapNode, key: string, value: Node | undefined): MapNode {
  const at = map.entries.findIndex((each) => each.key === key);
  const old = map.entries[at];
  if (!old) return value ? { ...map, entries: [...map.entries, entryOf(key, value)] } : map;
  return { ...map, entries: value ? map.entries.with(at, { ...old, value }) : map.entries.toSpliced(at, 1) };
}

/** Replaces scalars, deepest first; the path has keys, and `[]` for items. */
export function mapScalars(node: Node, path: readonly string[], change: (node: ScalarNode, path: readonly string[]) => Node): Node {
  switch (node.kind) {
    case 'scalar':
      return change(node, path);
    case 'list':
      return { ...node, items: node.items.map((item) => mapScalars(item, [...path, '[]'], change)) };
    case 'map':
      return { ...node, entries: node.entries.map((each) => ({ ...each, value: mapScalars(each.value, [...path, each.key], change) })) };
  }
}

/** The node as if all of it stood at one place: for what comes from another file. */
export function placedAt(node: Node, span: Span): Node {
  switch (node.kind) {
    case 'scalar':
      return { ...node, span };
    case 'list':
      return { ...node, span, items: node.items.map((item) => placedAt(item, span)) };
    case 'map':
      return { ...node, span, entries: node.entries.map((each) => ({ ...each, keySpan: span, value: placedAt(each.value, span) })) };
  }
}

/** A value as JSON has it; an unknown scalar is its template. */
export function plainOf(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
  }
}
