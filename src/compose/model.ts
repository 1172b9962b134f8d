import type { Source, Span } from '../text/text.ts';

/** A Compose file: the structure found in its YAML. Never throws; what is broken is a fault. */
export interface ComposeFile {
  readonly language: 'compose';
  readonly source: Source;
  /** Whether another program makes the Compose file out of it. */
  readonly template: boolean;
  /** Whether it has mistakes in its YAML. */
  readonly broken: boolean;
  /** Whether it has anchors, so that parts of it may stand in several places. */
  readonly anchored: boolean;
  /** The root mapping of the first document, aliases and merge keys resolved for reading. */
  readonly root?: MapNode;
  /** The root mappings of all documents: the first is `root`, later ones are laid over it. */
  readonly documents: readonly MapNode[];
  readonly services: readonly Service[];
  /** What `docker compose config` would refuse; the rule `syntax` reports it. */
  readonly faults: readonly Fault[];
  /** Where the first of them is, also for a part of the file that has none itself. */
  readonly brokenFrom: number;
}

/** Something Compose refuses, at the place that is wrong. */
export interface Fault {
  readonly span: Span;
  readonly message: string;
  /** The lines below that YAML reads wrongly for it. */
  readonly reach?: Span;
  /** Whether these go on behind the service that it is in. */
  readonly spread?: true;
  /** The YAML reader's own word for it, where any tool that reads YAML would find it. */
  readonly yaml?: string;
}

/** One entry under `services`. */
export interface Service {
  readonly name: string;
  readonly nameSpan: Span;
  readonly span: Span;
  readonly node: MapNode;
}

/** Plain, read-only view of YAML: aliases followed, `<<` merged, every part with its place. */
export type Node = MapNode | ListNode | ScalarNode;

export interface MapNode {
  readonly kind: 'map';
  readonly span: Span;
  readonly entries: readonly Entry[];
  /** Tag such as `!reset` or `!override`, when there is one. */
  readonly tag?: string;
  /** Where the alias stands that brings it here: its own places lie in the anchor. */
  readonly alias?: Span;
  /** The same where it was read: set when an edit before it has moved it since. All that does not depend on places is remembered by it. */
  readonly origin?: MapNode;
}
export interface ListNode {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Node[];
  readonly tag?: string;
  readonly alias?: Span;
}
export interface ScalarNode {
  readonly kind: 'scalar';
  readonly span: Span;
  /** The value YAML gives it. */
  readonly value: string | number | boolean | null;
  /** As written, quotes removed: `"08"` and `08` both give `08`. */
  readonly text: string;
  readonly quoted: boolean;
  /** Compose's YAML takes it for a point in time, which no key wants. */
  readonly date?: true;
  readonly tag?: string;
  readonly alias?: Span;
  /** Set after interpolation when the value depends on something that only the one who starts it knows. */
  readonly unknown?: true;
  /** After interpolation: the variables in it that had neither value nor default, and became nothing. */
  readonly unset?: readonly string[];
}

/** A key and its value in a mapping. */
export interface Entry {
  readonly key: string;
  readonly keySpan: Span;
  readonly value: Node;
  /** Set when the entry came in through `<<`; its spans lie in the anchor. */
  readonly merged?: true;
}

/** A mapping where it was read, for who asks for what it says and not for places: nothing has to be moved for that. */
export const asRead = (map: MapNode): MapNode => map.origin ?? map;
/** How far it has moved since. */
export const movedSince = (map: MapNode): number => map.span.start - asRead(map).span.start;

export function entry(node: Node | undefined, key: string): Entry | undefined {
  if (node?.kind !== 'map') return undefined;
  // Asked more often than anything else: a loop is quickest, and only what is there is moved.
  const { origin } = node;
  let at = 0;
  for (const each of (origin ?? node).entries) {
    if (each.key === key) return origin ? node.entries[at] : each;
    at++;
  }
  return undefined;
}

/** The node at a path of keys: `get(service.node, 'deploy', 'resources')`. */
export function get(node: Node | undefined, ...path: readonly string[]): Node | undefined {
  let at = node;
  for (const key of path) at = entry(at, key)?.value;
  return at;
}

/** The text of a scalar; undefined for anything else and for null. */
export function text(node: Node | undefined): string | undefined {
  return node?.kind === 'scalar' && node.value !== null ? node.text : undefined;
}

/** The keys of a mapping; none of what is no mapping. */
export const keysOf = (node: Node | undefined): readonly string[] => (node?.kind === 'map' ? node.entries.map(({ key }) => key) : []);

/** The items of a list, or a single scalar as a list of one. */
export function items(node: Node | undefined): readonly Node[] {
  if (node?.kind === 'list') return node.items;
  return node?.kind === 'scalar' && node.value !== null ? [node] : [];
}
