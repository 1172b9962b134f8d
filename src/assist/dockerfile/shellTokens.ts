import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { Span } from '../../text/text.ts';
import type { Token, TokenType } from '../model.ts';

/** A part of a shell text that is more than an argument. */
export interface Mark {
  readonly span: Span;
  readonly type: TokenType;
}

const between =
  /&&|\|\|?|;;?|(?<!\d)&(?!\d)|[(){}]|(?<![\w-])(?:if|then|elif|else|fi|for|while|until|do|done|case|esac|select|function|in|time)(?![\w-])|(?<=^|\s)!(?=\s)/g;

/** The programs, operators, redirections, assignments and reserved words of what a shell runs for an instruction, in file order. */
export function shellMarks(file: Dockerfile, instruction: Instruction): readonly Mark[] {
  if (instruction.json) return [];
  const end = instruction.heredocs.at(-1)?.content.end ?? instruction.body.span.end;
  const start = instruction.heredocs.length ? (instruction.heredocs[0]?.content.start ?? 0) : instruction.body.span.start;
  return scriptMarks(file.source.text, commandsOf(file, instruction), { start, end });
}

/** The same of a script that stands at a place of the text. */
export function scriptMarks(text: string, commands: readonly Command[], { start, end }: Span): readonly Mark[] {
  const [first] = commands;
  if (!first) return [];
  const marks: Mark[] = commands.flatMap(marksOf);
  let at = Math.min(start, first.span.start);
  const gap = (to: number): void => {
    for (const match of text.slice(at, to).matchAll(between))
      marks.push({
        span: { start: at + match.index, end: at + match.index + match[0].length },
        type: /^[a-z]/.test(match[0]) ? 'keyword' : 'operator',
      });
  };
  for (const { span } of commands.filter(({ substituted }) => !substituted).toSorted((a, b) => a.span.start - b.span.start)) {
    if (span.start > at) gap(span.start);
    at = Math.max(at, span.end);
  }
  if (end > at) gap(end);
  return marks.sort((a, b) => a.span.start - b.span.start || b.span.end - a.span.end);
}

function marksOf(command: Command): readonly Mark[] {
  const [head] = command.words;
  const [program] = programOf(command);
  const heads = [...new Set([head, program])].flatMap((word): Mark[] =>
    word && !word.dynamic && !word.quoted ? [{ span: word.span, type: 'function' }] : [],
  );
  const assigned = command.assignments.map(({ text, span }): Mark => ({
    span: { start: span.start, end: span.start + text.indexOf('=') },
    type: 'variable',
  }));
  const redirects = command.redirects.map(({ operator, span }): Mark => ({
    span: { start: span.start, end: Math.min(span.end, span.start + operator.length) },
    type: 'operator',
  }));
  return [...heads, ...assigned, ...redirects];
}

/** Cuts plain argument tokens where marks begin and end; strings, variables and comments stay what they are. */
export function marked(tokens: readonly Token[], marks: readonly Mark[]): readonly Token[] {
  if (!marks.length) return tokens;
  let first = 0;
  return tokens.flatMap((token) => {
    if (token.type !== 'parameter') return [token];
    while ((marks[first]?.span.end ?? Infinity) <= token.start) first++;
    const parts: Token[] = [];
    let at = token.start;
    for (let index = first; index < marks.length; index++) {
      const mark = marks[index];
      if (!mark || mark.span.start >= token.end) break;
      const start = Math.max(mark.span.start, at);
      const end = Math.min(mark.span.end, token.end);
      if (end <= start) continue;
      if (start > at) parts.push({ ...token, start: at, end: start });
      parts.push({ start, end, type: mark.type });
      at = end;
    }
    return at === token.start ? [token] : at < token.end ? [...parts, { ...token, start: at }] : parts;
  });
}
