import { remembered } from '../text/remembered.ts';
import type { Span } from '../text/text.ts';
import { asRead, type Entry, type ListNode, type MapNode, type Node, type ScalarNode } from './model.ts';

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

/** Whether Compose takes a node as it is written: it has no variable and no tag in it. */
export const isAsWritten = (node: Node): boolean =>
  node.tag === undefined &&
  (node.kind === 'scalar'
    ? typeof node.value !== 'string' || !node.value.includes('$')
    : node.kind === 'list'
      ? node.items.every(isAsWritten)
      : isMapAsWritten(asRead(node)));

/** The same wherever the mapping has moved to. */
const isMapAsWritten = remembered(({ entries }: MapNode): boolean => entries.every(({ value }) => isAsWritten(value)));

/** Replaces scalars that are not as written, unless `!reset` takes them out. What has nothing to replace stays the same object. */
export function mapScalars(node: Node, change: (node: ScalarNode) => Node): Node {
  if (isAsWritten(node) || node.tag === '!reset') return node;
  switch (node.kind) {
    case 'scalar':
      return change(node);
    case 'list': {
      const items = mapSame(node.items, (item) => mapScalars(item, change));
      return items === node.items ? node : { ...node, items };
    }
    case 'map': {
      const entries = mapSame(node.entries, (each) => {
        const value = mapScalars(each.value, change);
        return value === each.value ? each : { ...each, value };
      });
      return entries === node.entries ? node : { ...node, entries };
    }
  }
}

/** A list with each item changed; the same list when none is another. */
export function mapSame<T>(list: readonly T[], change: (item: T) => T): readonly T[] {
  let out: T[] | undefined;
  for (const [at, item] of list.entries()) {
    const now = change(item);
    if (now !== item) (out ??= [...list])[at] = now;
  }
  return out ?? list;
}

/** The node as if all of it stood at one place: for what comes from another file. */
export function placedAt(node: Node, span: Span): Node {
  const alias = node.alias && { alias: span };
  switch (node.kind) {
    case 'scalar':
      return { ...node, span, ...alias };
    case 'list':
      return { ...node, span, ...alias, items: node.items.map((item) => placedAt(item, span)) };
    case 'map':
      return {
        ...node,
        span,
        ...alias,
        entries: node.entries.map((each) => ({ ...each, keySpan: span, value: placedAt(each.value, span) })),
      };
  }
}

/** A value as JSON has it; an unknown scalar is its template. */
export function plainOf(node: Node): unknown {
  switch (node.kind) {
    case 'scalar':
      return typeof node.value === 'number' &&
        Number.isInteger(node.value) &&
        !Number.isSafeInteger(node.value) &&
        /^[+-]?\d+$/.test(node.text)
        ? node.text
        : node.value;
    case 'list':
      return node.items.map(plainOf);
    case 'map':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, plainOf(value)]));
  }
}
