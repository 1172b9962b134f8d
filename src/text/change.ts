import { firstWhere } from './search.ts';
import type { Source, Span } from './text.ts';

/** Where two texts differ: what is before and after it is equal in both. `by`: how much longer the second is. */
export interface Change extends Span {
  readonly by: number;
}

let last: { readonly before: string; readonly after: string; readonly change: Change } | undefined;

/** The one stretch of the first text that became another in the second. Who reads a file again and who checks it ask the same. */
export function changeOf(before: string, after: string): Change {
  if (last?.before !== before || last.after !== after) last = { before, after, change: compared(before, after) };
  return last.change;
}

function compared(before: string, after: string): Change {
  const least = Math.min(before.length, after.length);
  let start = 0;
  // Long equal stretches at once, then shorter ones.
  for (const stretch of stretches)
    while (start + stretch <= least && before.slice(start, start + stretch) === after.slice(start, start + stretch)) start += stretch;
  const most = least - start;
  let same = 0;
  for (const stretch of stretches)
    while (same + stretch <= most && tail(before, same, stretch) === tail(after, same, stretch)) same += stretch;
  return { start, end: before.length - same, by: after.length - before.length };
}

const stretches: readonly number[] = [4096, 64, 1];
const tail = (text: string, skip: number, length: number): string => text.slice(text.length - skip - length, text.length - skip);

/** So much further on. */
export const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

/** Moves what stands at `from` or after it. */
export const movedSpan = (span: Span, from: number, by: number): Span =>
  span.start >= from ? shifted(span, by) : span.end >= from ? { start: span.start, end: span.end + by } : span;

/** A source after a change, its lines taken over from before. */
export function editedSource({ path, lineStarts: before }: Source, text: string, { start, end, by }: Change): Source {
  // Whether a line starts is told by the characters on both sides.
  const same = firstWhere(before.length, (line) => (before[line] ?? 0) >= start && line > 0);
  const lineStarts = before.slice(0, same);
  for (let at = Math.max(start, 1); at <= end + by; at++) {
    const last = text.charCodeAt(at - 1);
    if (last === 10 || (last === 13 && text.charCodeAt(at) !== 10)) lineStarts.push(at);
  }
  for (let line = firstWhere(before.length, (line) => (before[line] ?? 0) > end); line < before.length; line++)
    lineStarts.push((before[line] ?? 0) + by);
  return { path, text, lineStarts };
}
