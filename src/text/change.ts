import type { Span } from './text.ts';

/** Where two texts differ: what is before and after it is equal in both. `by`: how much longer the second is. */
export interface Change extends Span {
  readonly by: number;
}

/** The one stretch of the first text that became another in the second. */
export function changeOf(before: string, after: string): Change {
  const least = Math.min(before.length, after.length);
  let start = 0;
  // Long equal stretches at once, then one by one.
  while (start + stretch <= least && before.slice(start, start + stretch) === after.slice(start, start + stretch)) start += stretch;
  while (start < least && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  const most = least - start;
  let same = 0;
  while (same + stretch <= most && tail(before, same) === tail(after, same)) same += stretch;
  while (same < most && before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)) same++;
  return { start, end: before.length - same, by: after.length - before.length };
}

const stretch = 4096;
const tail = (text: string, skip: number): string => text.slice(text.length - skip - stretch, text.length - skip);

/** Moves what stands at `from` or after it. */
export const movedSpan = (span: Span, from: number, by: number): Span =>
  span.start >= from ? { start: span.start + by, end: span.end + by } : span.end >= from ? { start: span.start, end: span.end + by } : span;
