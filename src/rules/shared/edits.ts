import type { Dockerfile, Instruction, Word } from '../../dockerfile/model.ts';
import type { RunCommand } from '../../dockerfile/shell/commands.ts';
import { commandsOf, scriptsOf } from '../../dockerfile/shell/scripts.ts';
import { type Edit, lineAt, lineBreak, lineSpan, type Span, textBefore } from '../../text/text.ts';
import { instructionLines } from './instructionLines.ts';

// What fixes of Dockerfile rules are made of. Each keeps comments, indentation and line ends, or is not offered.

/** Puts a line of its own before an instruction, as far in as it stands. None before what an ONBUILD holds back. */
export function lineBefore(file: Dockerfile, { span: { start } }: Pick<Instruction, 'span'>, text: string): Edit | undefined {
  const indent = textBefore(file.source, start);
  return indent.trim() === '' ? { span: { start, end: start }, text: `${text}${lineBreak(file.source)}${indent}` } : undefined;
}

/** Takes an instruction out with its lines; none where comments stand between them, or an ONBUILD before it. */
export function withoutInstruction({ source }: Dockerfile, { span }: Pick<Instruction, 'span'>): Edit | undefined {
  const lines = instructionLines(source, span);
  const text = source.text.slice(lines.start, lines.end);
  return source.text.slice(lines.start, span.start).trim() !== '' || /^\s*#/m.test(text) ? undefined : { span: lines, text: '' };
}

/** Takes one argument out: in JSON form with its comma, and the whole instruction with its last one. */
export function withoutArgument(file: Dockerfile, instruction: Instruction, word: Pick<Word, 'span'>, needed = 1): Edit | undefined {
  const words = instruction.json ?? instruction.args;
  const at = words.findIndex(({ span }) => span.start === word.span.start);
  if (at < 0) return undefined;
  if (words.length <= needed) return withoutInstruction(file, instruction);
  const span = gapless(words, at);
  return span && !/[\r\n]/.test(file.source.text.slice(span.start, span.end)) ? { span, text: '' } : undefined;
}

/** One of several with what separates it from the one before, or from the next. */
function gapless(all: readonly { readonly span: Span }[], at: number): Span | undefined {
  const [before, one, after] = [all[at - 1], all[at], all[at + 1]];
  if (!one) return undefined;
  return before ? { start: before.span.end, end: one.span.end } : after && { start: one.span.start, end: after.span.start };
}

/** Whether a command is all that its RUN does, written in the shell form without a heredoc. */
export const isWholeRun = (file: Dockerfile, { instruction, command }: Pick<RunCommand, 'instruction' | 'command'>): boolean =>
  !instruction.json &&
  !instruction.heredocs.length &&
  commandsOf(file, instruction).length === 1 &&
  command.span.start === instruction.body.span.start &&
  command.span.end === instruction.body.span.end;

/** Takes a command out of the `&&` chain of its RUN, or the RUN out with its only command; none where it is not that simple. */
export function withoutCommand(file: Dockerfile, { instruction, command }: Pick<RunCommand, 'instruction' | 'command'>): Edit | undefined {
  if (isWholeRun(file, { instruction, command })) return withoutInstruction(file, instruction);
  const [script, ...more] = scriptsOf(file, instruction);
  if (!script || more.length || instruction.json || instruction.heredocs.length || script.operators.some(({ joint }) => joint !== '&&'))
    return undefined;
  if (command.depth > 0 || command.substituted || script.commands.some(({ joint }) => joint !== 'first' && joint !== '&&'))
    return undefined;
  const span = gapless(script.commands, script.commands.indexOf(command));
  return span && !/^\s*#/m.test(file.source.text.slice(span.start, span.end)) ? { span, text: '' } : undefined;
}

/** Joins a RUN to the one right before it with `&&`; none where a comment stands between, or where either is more than a plain script. */
export function joinRuns(file: Dockerfile, before: Instruction, after: Instruction): Edit | undefined {
  const plain = (run: Instruction): boolean =>
    run.keyword === 'RUN' &&
    !run.json &&
    !run.heredocs.length &&
    !/#|[;&|]\s*$/.test(run.body.text) &&
    scriptsOf(file, run).every(({ complete, operators }) => complete && operators.every(({ joint }) => joint === '&&' || joint === '|'));
  const span = { start: before.body.span.end, end: after.body.span.start };
  const between = file.source.text.slice(before.body.span.end, after.span.start);
  if (!plain(before) || !plain(after) || between.trim() !== '' || !scriptsOf(file, after).length || !scriptsOf(file, before).length)
    return undefined;
  const { text } = file.source;
  const flags = ({ span: whole, body }: Instruction): string =>
    text
      .slice(whole.start, body.span.start)
      .replace(/^\s*run\s+/i, '')
      .trim();
  if (flags(before) !== flags(after)) return undefined;
  const written = text.slice(before.span.start, before.span.end) + text.slice(after.body.span.start, after.body.span.end);
  const short = !/[\r\n]/.test(written) && written.length < 100;
  const indent = textBefore(file.source, before.span.start);
  return { span, text: short ? ' && ' : ` ${file.escape}${lineBreak(file.source)}${indent}    && ` };
}

/** Takes one word of a command out, of the JSON form with its comma; never the program. */
export function withoutWord(file: Dockerfile, words: readonly { readonly span: Span }[], word: { readonly span: Span }): Edit | undefined {
  const before = words[words.findIndex(({ span }) => span.start === word.span.start) - 1];
  const span = before && { start: before.span.end, end: word.span.end };
  return span && !/[\r\n]/.test(file.source.text.slice(span.start, span.end)) ? { span, text: '' } : undefined;
}

/** Takes a word of a shell command out; a line that holds nothing else goes with it. */
export function withoutShellWord({ source, escape }: Dockerfile, { start, end }: Span): Edit {
  const line = lineSpan(source, lineAt(source, start));
  const { text } = source;
  const rest = text.slice(end, line.end).trim();
  if (text.slice(line.start, start).trim() === '' && rest === escape) return { span: instructionLines(source, line), text: '' };
  let from = start;
  while (from > line.start && /[ \t]/.test(text[from - 1] ?? '')) from--;
  return { span: { start: from, end }, text: '' };
}

/** Puts a line of its own below an instruction, as far in as that stands. None below what an ONBUILD holds back. */
export function lineAfter(file: Dockerfile, { span: { start, end } }: Pick<Instruction, 'span'>, text: string): Edit | undefined {
  const indent = textBefore(file.source, start);
  const at = lineSpan(file.source, lineAt(file.source, Math.max(start, end - 1))).end;
  return indent.trim() === '' ? { span: { start: at, end: at }, text: `${lineBreak(file.source)}${indent}${text}` } : undefined;
}

/** Takes a variable out of its ENV or ARG, the instruction with its only one. */
export function withoutPair(file: Dockerfile, instruction: Instruction, pair: { readonly span: Span }): Edit | undefined {
  const { pairs = [] } = instruction;
  if (pairs.length <= 1) return withoutInstruction(file, instruction);
  const span = gapless(
    pairs,
    pairs.findIndex((each) => each.span.start === pair.span.start),
  );
  return span && !/^\s*#/m.test(file.source.text.slice(span.start, span.end)) ? { span, text: '' } : undefined;
}

/** Whether quotes may be written into a command: it stands in no JSON and in no string that another shell reads. */
export const takesQuotes = (file: Dockerfile, { instruction, command }: Pick<RunCommand, 'instruction' | 'command'>): boolean =>
  !instruction.json && commandsOf(file, instruction).includes(command);
