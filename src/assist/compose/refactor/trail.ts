import type { ComposeFile, Entry, ListNode, MapNode, Node } from '../../../compose/model.ts';
import { lineAt, lineSpan, type Source, type Span } from '../../../text/text.ts';

/** One level on the way to a place: an entry of a mapping or an item of a list. */
export type Step =
  | { readonly kind: 'entry'; readonly path: readonly string[]; readonly entry: Entry; readonly parent: MapNode }
  | { readonly kind: 'item'; readonly path: readonly string[]; readonly item: Node; readonly parent: ListNode };

/** What stands at an offset, outermost first. Being anywhere on the line of a key is being at it. */
export function trailAt(file: ComposeFile, offset: number): readonly Step[] {
  const trail: Step[] = [];
  const visit = (node: Node, path: readonly string[]): void => {
    if (node.kind === 'map') {
      const entry = node.entries.find((each) => !each.merged && holds(extentOf(file.source, each), offset));
      if (!entry) return;
      const below = [...path, entry.key];
      trail.push({ kind: 'entry', path: below, entry, parent: node });
      if (isOwn(entry)) visit(entry.value, below);
    } else if (node.kind === 'list') {
      const item = node.items.find(({ span }) => span.start >= node.span.start && holds(lines(file.source, span), offset));
      if (!item) return;
      const below = [...path, '[]'];
      trail.push({ kind: 'item', path: below, item, parent: node });
      visit(item, below);
    }
  };
  for (const document of file.documents) visit(document, []);
  return trail;
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

/** Whether the value stands behind its key; that of an alias stands at its anchor. */
export const isOwn = ({ keySpan, value }: Entry): boolean => value.span.start >= keySpan.end;

/** From the beginning of the line of a key to the end of the line on which its value ends; a part of a line in `{ }`. */
function extentOf(source: Source, entry: Entry): Span {
  const { keySpan, value } = entry;
  return lines(source, { start: keySpan.start, end: isOwn(entry) ? value.span.end : keySpan.end });
}

/** A part of the text with the rest of its lines, unless something else stands before it there. */
function lines(source: Source, { start, end }: Span): Span {
  const last = inkEnd(source, { start, end });
  const line = lineSpan(source, lineAt(source, start));
  if (!/^[\s-]*$/.test(source.text.slice(line.start, start))) return { start, end: last };
  return { start: line.start, end: lineSpan(source, lineAt(source, last)).end };
}

/** Where a part ends, blank space left out: a block of text ends after its line break. */
export function inkEnd({ text }: Source, { start, end }: Span): number {
  let at = end;
  while (at > start && /\s/.test(text[at - 1] ?? '')) at--;
  return at;
}
