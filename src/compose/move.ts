import { movedSpan, shifted } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import { remembered } from '../text/remembered.ts';
import type { Anchor } from './reader.ts';
import { asRead, movedSince, type Entry, type MapNode, type Node, type ScalarNode } from './model.ts';

/**
 * Moves what stands at `from` or after it, and leaves what stands before it as it is. Where nothing is `shared` through anchors, what is in
 * a mapping is moved when it is first asked for, which for most services it never is; what is shared stays shared. With `retyped`, the value
 * at that place becomes another one.
 */
export function moveEntries(from: number, by: number, shared: boolean, retyped?: { readonly at: Span; readonly by: Node }) {
  const done = new Map<Node, Node>();
  const span = (each: Span): Span => movedSpan(each, from, by);
  // By its place: what an anchor brings elsewhere is a copy of it once it has moved.
  const isRetyped = ({ kind, span: { start, end }, alias }: Node): boolean =>
    retyped !== undefined && kind === 'scalar' && !alias && start === retyped.at.start && end === retyped.at.end;
  const node = (each: Node): Node => {
    if (retyped && isRetyped(each)) return retyped.by;
    if (by === 0 && !retyped) return each;
    // An anchor stands before its aliases.
    const alias = each.alias && { alias: span(each.alias) };
    if (each.span.end < from) return alias ? { ...each, ...alias } : each;
    if (each.kind === 'scalar') return { ...each, span: span(each.span), ...alias };
    if (!shared && each.kind === 'map' && each.span.start >= from) return movedMap(each, by);
    let moved = done.get(each);
    if (!moved) {
      moved =
        each.kind === 'list'
          ? { ...each, span: span(each.span), ...alias, items: each.items.map(node) }
          : { ...each, span: span(each.span), ...alias, entries: entries(each.entries) };
      done.set(each, moved);
    }
    return moved;
  };
  const stays = ({ keySpan, value }: Entry): boolean => keySpan.end < from && value.span.end < from && !value.alias;
  const entries = (list: readonly Entry[]): readonly Entry[] =>
    by === 0 && !retyped
      ? list
      : list.map((each) => (stays(each) ? each : { ...each, keySpan: span(each.keySpan), value: node(each.value) }));
  const anchors = (all: ReadonlyMap<string, Anchor>): ReadonlyMap<string, Anchor> =>
    new Map([...all].map(([name, anchor]) => [name, anchor.node ? { ...anchor, node: node(anchor.node) } : anchor]));
  return { span, node, entries, anchors };
}

/** A mapping of which nothing is shared, so much further on. */
export const movedMap = (map: MapNode, by: number): MapNode => (by === 0 ? map : new Moved(map, by));

/** What a mapping says at some places of it: worked out where it was read, and moved to where it stands. */
export function rememberedPlaces<P extends { readonly node: ScalarNode }>(work: (map: MapNode) => readonly P[]) {
  const there = remembered(work);
  return remembered((map: MapNode): readonly P[] => {
    const by = movedSince(map);
    const found = there(asRead(map));
    return by === 0 ? found : found.map((each) => ({ ...each, node: { ...each.node, span: shifted(each.node.span, by) } }));
  });
}

/** A mapping that stands elsewhere than it was read, with all that is in it. A copy with other entries is none: only what is copied is its own. */
class Moved implements MapNode {
  readonly kind = 'map';
  readonly span: Span;
  readonly tag?: string;
  readonly #origin: MapNode;
  readonly #by: number;
  #entries: readonly Entry[] | undefined;

  constructor(of: MapNode, by: number) {
    this.#origin = asRead(of);
    this.#by = of instanceof Moved ? of.#by + by : by;
    const { span, tag } = this.#origin;
    this.span = shifted(span, this.#by);
    if (tag !== undefined) this.tag = tag;
  }

  get origin(): MapNode {
    return this.#origin;
  }

  get entries(): readonly Entry[] {
    return (this.#entries ??= moveEntries(this.#origin.span.start, this.#by, false).entries(this.#origin.entries));
  }
}
