import type { Node } from '../../compose/model.ts';
import { lineAt, lineSpan, type Edit, type Source, type Span } from '../../text/text.ts';

/** One entry of a block mapping or list: where its line begins that bears its key or dash, and where its value ends. */
export interface Part {
  readonly start: number;
  readonly end: number;
}

/** The entries of a block mapping that stand in this file, or the items of a block list. */
export function partsOf(node: Node): readonly Part[] {
  if (node.kind === 'map')
    return node.entries
      .filter(({ merged }) => !merged)
      .map(({ keySpan, value }) => ({ start: keySpan.start, end: Math.max(keySpan.end, value.span.end) }));
  return node.kind === 'list' ? node.items.map(({ span }) => span) : [];
}

/** The edit that puts entries in another order, comments above them included. Undefined where they do not each begin a line, or where an anchor could come after its alias. */
export function reorder(file: Source, parts: readonly Part[], order: readonly number[]): Edit | undefined {
  const chunks: Span[] = [];
  let from: number | undefined;
  for (const { start, end } of parts) {
    let line = lineAt(file, start);
    if (!/^\s*(?:-\s+)?$/.test(file.text.slice(lineSpan(file, line).start, start))) return undefined;
    const last = lineSpan(file, lineAt(file, Math.max(start, lastInk(file, end)))).end;
    while (line > 0 && isComment(file, line - 1) && lineSpan(file, line - 1).start >= (from ?? ownLine(file, parts))) line--;
    chunks.push({ start: lineSpan(file, line).start, end: last });
    from = last;
  }
  const [first] = chunks;
  const last = chunks.at(-1);
  if (!first || !last) return undefined;
  const span = { start: first.start, end: last.end };
  const whole = file.text.slice(span.start, span.end);
  if (/(?:^|[\s[{,])[&*][\w-]/m.test(whole)) return undefined;
  const gaps = chunks.slice(1).map(({ start }, index) => file.text.slice(chunks[index]?.end ?? start, start));
  const texts = order.map((index) => file.text.slice(chunks[index]?.start, chunks[index]?.end));
  return { span, text: texts.map((text, index) => text + (gaps[index] ?? '')).join('') };
}

/** A block scalar's span ends after its line break: back to its last character. */
function lastInk({ text }: Source, end: number): number {
  let at = end;
  while (at > 0 && /\s/.test(text[at - 1] ?? '')) at--;
  return Math.max(0, at - 1);
}

const isComment = (file: Source, line: number): boolean => {
  const { start, end } = lineSpan(file, line);
  return /^\s*#/.test(file.text.slice(start, end));
};
const ownLine = (file: Source, parts: readonly Part[]): number => lineSpan(file, lineAt(file, parts[0]?.start ?? 0)).start;

/** The indexes in the order of their keys; equal keys stay as they are. */
export function sortedBy<T>(values: readonly T[], compare: (a: T, b: T) => number): readonly number[] {
  return values
    .map((value, index) => ({ value, index }))
    .sort((a, b) => compare(a.value, b.value) || a.index - b.index)
    .map(({ index }) => index);
}

export const isSorted = (order: readonly number[]): boolean => order.every((index, at) => index === at);
export const byText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
