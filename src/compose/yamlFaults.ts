import type { YAMLError } from 'yaml';
import { lineAt, lineSpan, type Source } from '../text/text.ts';
import type { Fault } from './model.ts';

/** A mistake as the YAML reader has it. */
export interface Mistake {
  readonly code: YAMLError['code'];
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** What YAML itself cannot read, each mistake once and at the line that is wrong. */
export function yamlFaults(file: Source, errors: readonly Mistake[]): Fault[] {
  const faults = new Map<number, Fault>();
  for (const error of errors) {
    const found = (error.code === 'BAD_INDENT' && misplaced(file, error.pos[0])) || faultOf(file, error);
    const comment = error.code === 'MISSING_CHAR' && error.message.startsWith('Comments');
    const fault = { ...found, yaml: comment ? 'COMMENT_SPACE' : error.code };
    if (!faults.has(fault.span.start)) faults.set(fault.span.start, fault);
  }
  return [...faults.values()];
}

/** YAML complains of every key after the one that is indented wrongly, or that lacks its colon: finds that one. */
function misplaced(file: Source, at: number): Fault | undefined {
  const lines = file.lineStarts.length;
  const textOf = (line: number): string => {
    const { start, end } = lineSpan(file, line);
    return file.text.slice(start, end);
  };
  const says = (line: number): boolean => /^\s*[^\s#]/.test(textOf(line));
  const indentOf = (line: number): number => textOf(line).search(/\S/);
  let wrong = lineAt(file, at);
  while (wrong < lines - 1 && !says(wrong)) wrong++;
  const column = indentOf(wrong);
  let head = wrong;
  for (let line = wrong - 1; line >= 0; line--) {
    if (!says(line)) continue;
    if (indentOf(line) < column) break;
    head = line;
  }
  if (column < 0) return undefined;
  const spanOf = (line: number) => ({ start: lineSpan(file, line).start + indentOf(line), end: lineSpan(file, line).end });
  if (head !== wrong && indentOf(head) > column)
    return {
      span: spanOf(head),
      message: 'This line is indented more than the lines after it that belong with it: all begin in the same column.',
    };
  if (head !== wrong && indentOf(head) === column && !/:(?:\s|$)/.test(textOf(head)) && !textOf(head).trim().startsWith('-'))
    return { span: spanOf(head), message: sentence('MULTILINE_IMPLICIT_KEY', '') ?? '' };
  return { span: spanOf(wrong), message: sentence('BAD_INDENT', '') ?? '' };
}

function faultOf({ text }: Source, { code, pos, message }: Mistake): Fault {
  const start = Math.min(pos[0], text.length);
  let end = Math.min(Math.max(pos[1], start), text.length);
  // YAML may point at everything that follows; the first line says it.
  const newline = text.indexOf('\n', start);
  if (newline >= 0 && end > newline && newline > start) end = newline;
  if (code === 'DUPLICATE_KEY') end = start + (/^(?:"[^"]*"|'[^']*'|[^\s:]+)/.exec(text.slice(start, start + 200))?.[0].length ?? 1);
  if (end === start && text[start] && text[start] !== '\n') end = start + 1;
  return { span: { start, end }, message: sentence(code, text.slice(start, end)) ?? `${message.replace(/\.?$/, '')}.` };
}

/** The usual YAML mistakes in words that say what to do. */
function sentence(code: YAMLError['code'], written: string): string | undefined {
  switch (code) {
    case 'TAB_AS_INDENT':
      return 'YAML cannot be indented with tabs: use spaces.';
    case 'DUPLICATE_KEY':
      return 'This key is in the mapping already. A mapping has each key once: merge the two or remove one.';
    case 'BAD_INDENT':
      return 'This line is indented unlike its neighbours: all keys of one mapping begin in the same column.';
    case 'MULTILINE_IMPLICIT_KEY':
      return 'This line is no «key: value». Is a «:» or the space after it missing?';
    case 'BAD_ALIAS':
      return `Nothing before this line defines an anchor for «${written}».`;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A mapping cannot begin on the line of another key: put it on a line of its own.';
    default:
      return undefined;
  }
}
