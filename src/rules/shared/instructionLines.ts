import { lineAt, lineSpan, type Source, type Span } from '../../text/text.ts';

/** The lines of an instruction, with what ends the last one: taking them out leaves the comments around it. */
export function instructionLines(source: Source, { start, end }: Span): Span {
  const last = lineAt(source, Math.max(start, end - 1));
  return { start: lineSpan(source, lineAt(source, start)).start, end: source.lineStarts[last + 1] ?? source.text.length };
}
