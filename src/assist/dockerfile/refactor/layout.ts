import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import { lineAt, lineBreak, lineSpan, type Span } from '../../../text/text.ts';

/** How an instruction is laid out, for text that is written into it. */
export interface Layout {
  readonly newline: string;
  /** The white space before its further lines. */
  readonly indent: string;
  /** Whether `&&` ends lines instead of beginning them. */
  readonly trailing: boolean;
  /** Ends a line and begins the next one of the same instruction. */
  readonly more: string;
}

export function layoutOf(file: Dockerfile, { span, body }: Instruction): Layout {
  const newline = lineBreak(file.source);
  const indent = indentOf(file, span) ?? '    ';
  const text = file.source.text.slice(body.span.start, span.end);
  return { newline, indent, trailing: /(?:&&|\|\|)[ \t]*[\\`][ \t]*\r?\n/.test(text), more: ` ${file.escape}${newline}${indent}` };
}

/** The white space of the first further line of an instruction that is no comment. */
function indentOf({ source }: Dockerfile, span: Span): string | undefined {
  const last = lineAt(source, Math.max(span.start, span.end - 1));
  for (let line = lineAt(source, span.start) + 1; line <= last; line++) {
    const { start, end } = lineSpan(source, line);
    const [, lead = '', first] = /^([ \t]*)(\S)?/.exec(source.text.slice(start, end)) ?? [];
    if (first !== undefined && first !== '#') return lead || undefined;
  }
  return undefined;
}

/** The comments that begin in a part of the text, as written. */
export const commentsIn = ({ comments, source: { text } }: Dockerfile, { start, end }: Span): readonly string[] =>
  comments.filter(({ span }) => start <= span.start && span.start < end).map(({ span }) => text.slice(span.start, span.end));

/** The first flag to the last as written; empty when there is none. */
export function flagText({ source: { text } }: Dockerfile, { flags }: Instruction): string {
  const [first] = flags;
  const last = flags.at(-1);
  return first && last ? text.slice(first.span.start, last.span.end) : '';
}

/** The RUNs (or other instructions) that a selection touches. */
export function touched({ instructions }: Dockerfile, { start, end }: Span): readonly Instruction[] {
  return instructions.filter(({ span }) => span.start <= end && start <= span.end);
}

/** The same for what is changed inside an instruction only: of an ONBUILD what it holds back. */
export const touchedInside = (file: Dockerfile, selection: Span): readonly Instruction[] =>
  touched(file, selection).map((instruction) => instruction.trigger ?? instruction);

/** Where a line above an instruction goes in: above the comments that speak for it. */
export function above(file: Dockerfile, { span }: Instruction): number {
  const { source, comments, directives } = file;
  let line = lineAt(source, span.start);
  const own = lineSpan(source, line).start;
  let remark = false;
  let top = line;
  while (top > 0) {
    const { start, end } = lineSpan(source, top - 1);
    const comment = comments.find((each) => start <= each.span.start && each.span.end <= end);
    if (!comment || directives.some((each) => each.span.start === comment.span.start)) break;
    remark ||= /^(?:hadolint|ml-containers:|check\s*=)/.test(comment.text);
    top--;
  }
  // A block at the very top is more likely about the file, unless it is a remark for a checker.
  const isHead = top === 0 || directives.some((each) => lineAt(source, each.span.start) === top - 1);
  if (top < line && (!isHead || remark)) line = top;
  const at = lineSpan(source, line).start;
  // Before the byte order mark nothing may stand.
  return line === 0 ? Math.max(at, source.text.startsWith('\uFEFF') ? 1 : 0) : Math.min(at, own);
}
