import { lineAt, lineSpan, type Source, type Span } from '../text/text.ts';

/** A line that begins in another column than those it belongs with. */
export interface OddLine {
  readonly span: Span;
  /** Whether it looks like the rest of a text rather than a key: it has no colon. */
  readonly keyless: boolean;
  /** Whether the lines after it that belong with it begin further to the left. */
  readonly deeper: boolean;
}

/** Of the lines around a place where YAML fell out of step: the one whose column is unlike its neighbours'. */
export function oddLine(file: Source, at: number): OddLine | undefined {
  const textOf = (line: number): string => {
    const { start, end } = lineSpan(file, line);
    return file.text.slice(start, end);
  };
  const indentOf = (line: number): number => textOf(line).search(/\S/);
  const says = (line: number): boolean => /^\s*[^\s#]/.test(textOf(line));
  const step = (line: number, by: 1 | -1): number => {
    let next = line + by;
    while (next >= 0 && next < file.lineStarts.length && !says(next)) next += by;
    return next < file.lineStarts.length ? next : -1;
  };
  /** The nearest line before that begins left of a column. */
  const above = (line: number, column: number): number => {
    let found = step(line, -1);
    while (found >= 0 && indentOf(found) >= column) found = step(found, -1);
    return found;
  };
  const result = (line: number, deeper = false, keyless = false): OddLine => ({
    span: { start: lineSpan(file, line).start + indentOf(line), end: lineSpan(file, line).end },
    keyless,
    deeper,
  });

  const here = lineAt(file, at);
  const wrong = says(here) ? here : step(here, 1);
  if (wrong < 0) return undefined;
  const column = indentOf(wrong);
  const before = above(wrong, column);
  const head = step(before, 1);
  const unit = unitOf(file, textOf);
  const siblings = (line: number): number => {
    let count = 0;
    const own = indentOf(line);
    for (let next = line; next >= 0 && indentOf(next) >= own; next = step(next, 1)) if (indentOf(next) === own) count++;
    return count;
  };
  /** Of two lines below one parent, the one that is out of step; the first when nothing tells. */
  const odd = (first: number, second: number, parent: number): number => {
    const from = parent < 0 ? 0 : indentOf(parent);
    const regular = (line: number): boolean => (indentOf(line) - from) % unit === 0;
    if (regular(first) !== regular(second)) return regular(first) ? second : first;
    return siblings(second) >= siblings(first) ? first : second;
  };

  if (indentOf(head) > column) {
    const found = before >= 0 && !opens(textOf(before)) ? head : odd(head, wrong, before);
    return result(found, found === head);
  }
  if (head !== wrong && !/:(?:\s|$)/.test(textOf(head)) && !textOf(head).trim().startsWith('-')) return result(head, false, true);
  if (before >= 0 && !opens(textOf(before)) && indentOf(before) > 0 && !textOf(head).trim().startsWith('-')) {
    const top = above(before, indentOf(before));
    return result(odd(before, head, top));
  }
  return result(wrong);
}

/** Whether lines below a line may begin further to the right. */
const opens = (line: string): boolean => /^\s*-(?:\s|$)|:\s*(?:[&!]\S*\s*)*(?:#.*)?$|[|>][-+\d]*\s*$/.test(line);

/** By how many columns the lines below a key mostly begin further to the right. */
function unitOf(file: Source, textOf: (line: number) => string): number {
  const counts = new Map<number, number>();
  let from = -1;
  for (let line = 0; line < file.lineStarts.length; line++) {
    const text = textOf(line);
    if (!/^\s*[^\s#]/.test(text)) continue;
    const indent = text.search(/\S/);
    if (from >= 0 && indent > from && !text.trim().startsWith('-')) counts.set(indent - from, (counts.get(indent - from) ?? 0) + 1);
    from = /:\s*(?:#.*)?$/.test(text) ? indent : -1;
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 2;
}
