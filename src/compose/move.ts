import { movedSpan } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import type { Entry, Node } from './model.ts';

/** Moves what stands at `from` or after it, and leaves what stands before it as it is. What is shared through anchors stays shared. */
export function moveEntries(from: number, by: number) {
  const done = new Map<Node, Node>();
  const span = (each: Span): Span => movedSpan(each, from, by);
  const node = (each: Node): Node => {
    if (by === 0 || each.span.end < from) return each;
    if (each.kind === 'scalar') return { ...each, span: span(each.span) };
    let moved = done.get(each);
    if (!moved) {
      moved =
        each.kind === 'list'
          ? { ...each, span: span(each.span), items: each.items.map(node) }
          : { ...each, span: span(each.span), entries: entries(each.entries) };
      done.set(each, moved);
    }
    return moved;
  };
  const entries = (list: readonly Entry[]): readonly Entry[] =>
    by === 0 ? list : list.map((each) => ({ ...each, keySpan: span(each.keySpan), value: node(each.value) }));
  return { span, node, entries };
}
