import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { lineAt, lineSpan, slice, type Span } from '../../text/text.ts';
import { firstWhere } from '../../text/search.ts';

/** What of a Dockerfile is being written at a place. */
export type Place =
  | { readonly kind: 'directive'; readonly span: Span; readonly prefix: string }
  | { readonly kind: 'directiveValue'; readonly name: string; readonly prefix: string }
  /** Comments, heredocs: nothing of ours. */
  | { readonly kind: 'text' }
  /** A heredoc in which variables are put in: by the build, or by the shell of a RUN. */
  | { readonly kind: 'heredoc'; readonly instruction: Instruction; readonly stage: Stage | undefined; readonly word: Typed }
  | { readonly kind: 'keyword'; readonly span: Span; readonly prefix: string; readonly onbuild: boolean }
  | { readonly kind: 'argument'; readonly instruction: Instruction; readonly stage: Stage | undefined; readonly word: Typed };

/** The blank-separated word that is being typed. */
export interface Typed {
  /** All of the word, on both sides of the cursor. */
  readonly span: Span;
  /** What stands before the cursor. */
  readonly prefix: string;
}

export function placeAt(file: Dockerfile, offset: number): Place {
  const { text } = file.source;
  const line = lineSpan(file.source, lineAt(file.source, offset));
  const before = text.slice(line.start, offset).replace(/^\uFEFF/, '');
  const directive = /^[ \t]*#[ \t]*([A-Za-z]*)$/.exec(before);
  if (directive) return directiveAt(file, offset, directive[1] ?? '');
  const value = /^[ \t]*#[ \t]*(syntax|escape|check)[ \t]*=[ \t]*(\S*)$/i.exec(before);
  if (value && lineAt(file.source, offset) <= file.directives.length)
    return { kind: 'directiveValue', name: (value[1] ?? '').toLowerCase(), prefix: value[2] ?? '' };
  const instruction = instructionAt(file, offset);
  // Behind an escape that nothing follows an instruction begins, as without it.
  if (!instruction?.keyword) {
    if (/^\s*#/.test(before)) return { kind: 'text' };
    const start = offset - before.trimStart().length;
    const end = start === offset ? offset : wordEnd(text, offset, line.end);
    return { kind: 'keyword', span: { start, end }, prefix: text.slice(start, offset), onbuild: false };
  }
  return within(file, instruction, offset, line, false);
}

function within(file: Dockerfile, instruction: Instruction, offset: number, line: Span, onbuild: boolean): Place {
  const { text } = file.source;
  const { keyword, keywordSpan } = instruction;
  if (offset < keywordSpan.start) return { kind: 'keyword', span: { start: offset, end: offset }, prefix: '', onbuild };
  // The keyword itself goes on in the next line.
  if (offset > keywordSpan.end && /^[\\`][ \t]*\r?\n$/.test(text.slice(keywordSpan.end, offset))) return { kind: 'text' };
  if (offset > keywordSpan.end && /^[\\`][ \t]*\r?\n(?:[ \t]*[\\`]?[ \t]*\r?\n)+$/.test(text.slice(keywordSpan.end, offset)))
    return { kind: 'keyword', span: { start: keywordSpan.start, end: offset }, prefix: slice(file.source, keywordSpan), onbuild };
  if (offset <= keywordSpan.end)
    return { kind: 'keyword', span: keywordSpan, prefix: text.slice(keywordSpan.start, offset).replace(/[\\`]\s*\n\s*/g, ''), onbuild };
  const stage = stageAround(file, instruction);
  let start = offset;
  while (start > Math.max(line.start, keywordSpan.end) && !/\s/.test(text[start - 1] ?? '')) start--;
  const word = { span: { start, end: wordEnd(text, offset, line.end) }, prefix: text.slice(start, offset) };
  const heredoc = instruction.heredocs.find(({ content, terminator }) => content.start <= offset && offset <= (terminator ?? content).end);
  if (heredoc)
    return offset <= heredoc.content.end && (heredoc.expand || keyword === 'RUN')
      ? { kind: 'heredoc', instruction, stage, word }
      : { kind: 'text' };
  if (file.comments.some(({ span }) => span.start < offset && offset <= span.end)) return { kind: 'text' };
  if (instruction.trigger && instruction.trigger.keywordSpan.start <= offset)
    return onbuild ? { kind: 'text' } : within(file, instruction.trigger, offset, line, true);
  // What ONBUILD holds back cannot be an ONBUILD.
  if (instruction.keyword === 'ONBUILD') return onbuild ? { kind: 'text' } : { kind: 'keyword', ...word, onbuild: true };
  return { kind: 'argument', instruction, stage, word };
}

/** The instruction a place belongs to: also behind its last word on the same line, and on a line that continues it. */
export function instructionAt({ instructions, escape, source: { text } }: Dockerfile, offset: number): Instruction | undefined {
  const found = instructions[firstWhere(instructions.length, (at) => (instructions[at]?.span.start ?? 0) > offset) - 1];
  if (!found) return undefined;
  const last = text[found.span.end - 1];
  // A heredoc's span may end with its last line break: the next line is none of it.
  if (offset >= found.span.end && last === '\n' && found.heredocs.at(-1)?.terminator) return undefined;
  if (offset <= found.span.end || !text.slice(found.span.end, offset).includes('\n')) return found;
  // A line that continues nothing begins an instruction of its own, also when it is continued itself.
  const rest = text.slice(found.span.start, offset);
  const own = text.slice(found.span.start, text.indexOf('\n', Math.max(found.span.start, found.span.end - 1)));
  return own.trimEnd().endsWith(escape) && continues(rest, escape) ? found : undefined;
}

/** Whether the last line of a text continues the one before it; blank and comment lines between them count for nothing. */
function continues(text: string, escape: string): boolean {
  const lines = text.split(/\r?\n/);
  for (let line = lines.length - 2; line >= 0; line--) {
    const written = lines[line] ?? '';
    if (/^\s*(?:#.*)?$/.test(written) && line > 0) continue;
    return written.trimEnd().endsWith(escape);
  }
  return false;
}

function directiveAt(file: Dockerfile, offset: number, prefix: string): Place {
  const { directives, source: file_ } = file;
  // Directives are the first lines, without a blank or a comment between them.
  const above = directives.filter(({ span }) => span.end < offset).length;
  if (lineAt(file_, offset) !== above) return { kind: 'text' };
  return { kind: 'directive', span: { start: offset - prefix.length, end: offset }, prefix };
}

function wordEnd(text: string, offset: number, end: number): number {
  let at = offset;
  while (at < end && !/\s/.test(text[at] ?? '')) at++;
  return at;
}

/** What of a typed word stands inside the quotes or the JSON array that it begins or is part of: the closing quote stays. */
export function unquoted({ source: { text } }: Dockerfile, { span, prefix }: Typed): Typed {
  const offset = span.start + prefix.length;
  let from = prefix.startsWith('[') ? 1 : 0;
  let quote = '';
  for (let at = from; at < prefix.length; at++) {
    const ch = prefix[at] ?? '';
    if (quote === '' && (ch === '"' || ch === "'")) {
      quote = ch;
      from = at + 1;
    } else if (ch === quote) quote = '';
  }
  const close = quote === '' ? -1 : text.slice(offset, span.end).indexOf(quote);
  return { span: { start: span.start + from, end: close < 0 ? span.end : offset + close }, prefix: prefix.slice(from) };
}
