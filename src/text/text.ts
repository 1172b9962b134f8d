import { lastAtMost } from './search.ts';

/**
 * A half-open range of UTF-16 offsets into one file. Never Infinity or NaN: with one such in a single span, the engine makes an object of every
 * number in all of them, for good.
 */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** Replace `span` with `text`. Insertions have an empty span; deletions an empty text. */
export interface Edit {
  readonly span: Span;
  readonly text: string;
}

/** A place as editors count: zero-based line and UTF-16 column. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** One file's path and content, with what is needed to turn offsets into lines. */
export interface Source {
  readonly path: string;
  readonly text: string;
  /** Offsets at which lines start; a line ends after `\n`, `\r\n` or a lone `\r`. */
  readonly lineStarts: readonly number[];
}

export function source(path: string, text: string): Source {
  const lineStarts = [0];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) lineStarts.push(i + 1);
  }
  return { path, text, lineStarts };
}

export function slice({ text }: Source, { start, end }: Span): string {
  return text.slice(start, end);
}

/** The line that holds `offset`, counted from zero. */
export function lineAt({ lineStarts }: Source, offset: number): number {
  return lastAtMost(lineStarts, offset);
}

/** What stands before a place in its line. */
export const textBefore = (source: Source, offset: number): string =>
  source.text.slice(lineSpan(source, lineAt(source, offset)).start, offset);

export function positionAt(file: Source, offset: number): Position {
  const inside = Math.max(0, Math.min(offset, file.text.length));
  const line = lineAt(file, inside);
  return { line, character: inside - (file.lineStarts[line] ?? 0) };
}

/** The offset of a position; a column past the end of its line means the end of the line. */
export function offsetAt(file: Source, { line, character }: Position): number {
  if (line < 0) return 0;
  const start = file.lineStarts[line];
  if (start === undefined) return file.text.length;
  return Math.min(start + Math.max(0, character), lineSpan(file, line).end);
}

/** A line without its line break. */
export function lineSpan({ text, lineStarts }: Source, line: number): Span {
  const start = lineStarts[line] ?? text.length;
  let end = lineStarts[line + 1] ?? text.length;
  while (end > start && (text[end - 1] === '\n' || text[end - 1] === '\r')) end--;
  return { start, end };
}

/** The line break that a file uses: the first one counts, a lone carriage return only where there is no other. */
export function lineBreak({ text }: Pick<Source, 'text'>): string {
  const feed = text.indexOf('\n');
  if (feed < 0) return text.includes('\r') ? '\r' : '\n';
  return text[feed - 1] === '\r' ? '\r\n' : '\n';
}

export function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

/** Whether two edits touch the same text, or insert at the same place. */
export function overlaps(a: Span, b: Span): boolean {
  return a.start < b.end && b.start < a.end ? true : a.start === b.start && (a.end === a.start || b.end === b.start);
}

/** Applies edits that do not overlap. Insertions at one place keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string {
  const order = edits.map((edit, index) => ({ edit, index })).sort((a, b) => a.edit.span.start - b.edit.span.start || a.index - b.index);
  let out = '';
  let at = 0;
  for (const { edit } of order) {
    out += text.slice(at, edit.span.start) + edit.text;
    at = edit.span.end;
  }
  return out + text.slice(at);
}

/** So many characters of a file are checked: nobody writes more by hand, and what a program wrote would keep everything else waiting. */
export const mostText = 500_000;
