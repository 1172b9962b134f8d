import type { Span } from '../text/text.ts';
import { lastAtMost } from '../text/search.ts';

/** One logical line: continuations joined, comments between its lines dropped, and the way back to the file. */
export interface Logical {
  readonly text: string;
  /** Indices into `text` at which a physical line's part begins, and that part's offset in the file. */
  readonly starts: readonly number[];
  readonly offsets: readonly number[];
}

/** The file offset of an index into a logical line's text. */
export function offsetIn({ starts, offsets }: Logical, index: number): number {
  const piece = starts.length === 1 ? 0 : lastAtMost(starts, index);
  return (offsets[piece] ?? 0) + index - (starts[piece] ?? 0);
}

/** The index in a logical line of a file offset inside it. */
export function indexIn({ starts, offsets, text }: Logical, offset: number): number {
  const piece = offsets.length === 1 ? 0 : lastAtMost(offsets, offset);
  return Math.min((starts[piece] ?? 0) + offset - (offsets[piece] ?? 0), text.length);
}

/** The file span of `[start, end)` in a logical line; it ends after its last character, not at the next line's first. */
export function spanIn(line: Logical, start: number, end: number): Span {
  const from = offsetIn(line, start);
  return { start: from, end: end > start ? offsetIn(line, end - 1) + 1 : from };
}

/** The end of the line that starts at `at`, without its break. */
export function lineEnd(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  let end = newline < 0 ? text.length : newline;
  while (end > at && text.charCodeAt(end - 1) === 13) end--;
  return end;
}

/** The start of the line after the one that holds `at`. */
export function nextLine(text: string, at: number): number {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline + 1;
}

/** White space where a build looks at bytes: behind a keyword and between flags. */
export const isBlank = (code: number): boolean => code === 32 || (code >= 9 && code <= 13);

/** White space as Go sees it: a byte order mark, which JavaScript counts too, is none. */
export const isSpace = (code: number): boolean =>
  isBlank(code) || code === 0x85 || code === 0xa0 || (code >= 0x1680 && code !== 0xfeff && /\s/.test(String.fromCharCode(code)));

export function skipSpace(text: string, at: number, end: number): number {
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

export function trimEnd(text: string, start: number, end: number): number {
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  return end;
}

/** Where a line's continuation character stands (the text before it counts); -1 when the line ends there. */
export function continuation(text: string, start: number, end: number, escape: number): number {
  let at = end;
  while (at > start && (text.charCodeAt(at - 1) === 32 || text.charCodeAt(at - 1) === 9)) at--;
  if (at === start || text.charCodeAt(at - 1) !== escape) return -1;
  if (at - 1 > start && text.charCodeAt(at - 2) === escape) return -1;
  return at - 1;
}
