import type { YAMLError } from 'yaml';
import type { Source } from '../text/text.ts';
import type { Fault } from './model.ts';
import { oddLine } from './oddLine.ts';

/** A mistake as the YAML reader has it. */
export interface Mistake {
  readonly code: YAMLError['code'];
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** What YAML itself cannot read, each mistake once and at the line that is wrong. */
export function yamlFaults(file: Source, errors: readonly Mistake[]): Fault[] {
  const first = indentedTop(file, errors);
  if (first) return [first];
  const faults = new Map<number, Fault>();
  let before: Mistake | undefined;
  for (const error of errors) {
    // The same mistake in other words.
    if (error.code === 'MULTILINE_IMPLICIT_KEY' && before?.code === 'BLOCK_AS_IMPLICIT_KEY' && before.pos[0] === error.pos[0]) continue;
    before = error;
    const found = misplacedBy(file, error) ?? faultOf(file, error);
    const comment = error.code === 'MISSING_CHAR' && error.message.startsWith('Comments');
    const fault = { ...found, yaml: comment ? 'COMMENT_SPACE' : error.code };
    if (!faults.has(fault.span.start)) faults.set(fault.span.start, fault);
  }
  return [...faults.values()];
}

function misplacedBy(file: Source, { code, message, pos }: Mistake): Fault | undefined {
  const at =
    code === 'BAD_INDENT' || (code === 'MISSING_CHAR' && message.startsWith('Sequence item'))
      ? pos[0]
      : code === 'BLOCK_AS_IMPLICIT_KEY'
        ? slipped(file, pos[0])
        : undefined;
  return at === undefined ? undefined : misplaced(file, at);
}

/** YAML complains of every key after the one that is indented wrongly, or that lacks its colon: finds that one. */
function misplaced(file: Source, at: number): Fault | undefined {
  const odd = oddLine(file, at);
  if (!odd) return undefined;
  const { span, deeper, keyless } = odd;
  if (deeper)
    return { span, message: 'This line is indented more than the lines after it that belong with it: all begin in the same column.' };
  return { span, message: sentence(keyless ? 'MULTILINE_IMPLICIT_KEY' : 'BAD_INDENT', '') ?? '' };
}

/** A first line that is indented ends the file for YAML, at the next one that is not. */
function indentedTop({ text }: Source, [first]: readonly Mistake[]): Fault | undefined {
  const [all = '', column = '', line = ''] = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*\r?\n)*( *)([^\s#-].*)/.exec(text) ?? [];
  if (first?.code !== 'UNEXPECTED_TOKEN' || column === '' || /^[ \t]/.test(text.slice(text.lastIndexOf('\n', first.pos[0] - 1) + 1)))
    return undefined;
  const start = all.length - line.length;
  return { span: { start, end: start + line.trimEnd().length }, message: sentence('BAD_INDENT', '') ?? '', yaml: 'BAD_INDENT' };
}

/** A mapping that begins on the line of another key has mostly slipped there: its own line is indented too far. */
function slipped({ text }: Source, at: number): number | undefined {
  const [all] = /^[^\n:]*\n[^:]*:(?=\s|$)/.exec(text.slice(at, at + 2000).replace(/:(?=[^\s])/g, ' ')) ?? [];
  return all === undefined ? undefined : at + all.lastIndexOf('\n') + 1;
}

/** Where the quote begins that has no end: it holds no other one. */
function openQuote(text: string, end: number, quote: string): number {
  if (quote === "'") return text.slice(0, end).replace(/''/g, '  ').lastIndexOf("'");
  return text.slice(0, end).replace(/\\[^]/g, '  ').lastIndexOf('"');
}

function faultOf({ text }: Source, { code, pos, message }: Mistake): Fault {
  const [, quote] = /^Missing closing (["'])/.exec(message) ?? [];
  if (quote !== undefined) {
    const start = openQuote(text, pos[0], quote);
    const [line = ''] = text.slice(start).split('\n', 1);
    return {
      span: { start, end: start + line.trimEnd().length },
      message: `This ${quote} opens a text that ends nowhere: write the second ${quote}.`,
    };
  }
  // Behind a key without a value, YAML has the next one begin at the end of that line.
  const gap = code === 'DUPLICATE_KEY' ? (/^(?:\s|#[^\n]*\n)*/.exec(text.slice(pos[0], pos[0] + 2000))?.[0].length ?? 0) : 0;
  const start = Math.min(pos[0] + gap, text.length);
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
