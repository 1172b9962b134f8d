import type { YAMLError } from 'yaml';
import { lineAt, lineSpan, type Source, type Span } from '../text/text.ts';
import { root } from './keys/root.ts';
import { service } from './keys/service.ts';
import type { Fault } from './model.ts';
import { oddLine } from './oddLine.ts';

/** A mistake as the YAML reader has it. */
export interface Mistake {
  readonly code: YAMLError['code'];
  readonly message: string;
  readonly pos: readonly [number, number];
}

/** The mistakes of a document. A comment right behind a quote or bracket Compose's reader takes. */
export const mistakesOf = (errors: readonly YAMLError[]): Mistake[] =>
  errors.flatMap(({ code, message, pos }) => (code === 'MISSING_CHAR' && message.startsWith('Comments') ? [] : [{ code, message, pos }]));

/** What YAML itself cannot read, each mistake once and at the line that is wrong. */
export function yamlFaults(file: Source, errors: readonly Mistake[]): Fault[] {
  const first = indentedTop(file, errors);
  if (first) return [first];
  const blank = oddBlank(file, errors) ?? fallenKey(file, errors);
  const faults = new Map<number, Fault>(blank ? [[blank.span.start, blank]] : []);
  let before: Mistake | undefined;
  let fallen = blank && fallenAfter(file, blank.span.start);
  let lost = false;
  for (const error of errors) {
    // What stands below a line that is out of step, and as far to the right, YAML reads wrongly for that alone.
    if (fallen && (structural.has(error.code) || lost) && error.pos[0] >= fallen.start && error.pos[0] <= fallen.end) continue;
    // The same mistake in other words.
    if (error.code === 'MULTILINE_IMPLICIT_KEY' && before?.code === 'BLOCK_AS_IMPLICIT_KEY' && before.pos[0] === error.pos[0]) continue;
    before = error;
    const open = openBracket(file, error);
    const found = open ?? misplacedBy(file, error) ?? faultOf(file, error);
    // With a bracket that is open, or one too many, nothing behind it is what it looks like.
    if (open || error.message.includes('in YAML stream')) {
      lost = true;
      fallen = { start: found.span.end, end: file.text.length };
    } else if ((structural.has(error.code) || error.code === 'TAB_AS_INDENT') && !(fallen && found.span.start < fallen.end))
      fallen = fallenAfter(file, found.span.start);
    const reach = fallen && found.span.start <= fallen.start ? { reach: fallen } : {};
    if (!faults.has(found.span.start)) faults.set(found.span.start, { ...found, ...reach, yaml: error.code });
  }
  return [...faults.values()];
}

/** Mistakes that are about where lines begin and what they belong to. */
const structural: ReadonlySet<string> = new Set([
  ...['BAD_INDENT', 'MULTILINE_IMPLICIT_KEY', 'BLOCK_AS_IMPLICIT_KEY', 'MISSING_CHAR', 'UNEXPECTED_TOKEN', 'BAD_COLLECTION_TYPE'],
  ...['IMPOSSIBLE', 'KEY_OVER_1024_CHARS', 'NON_STRING_KEY'],
]);

/** From a line that is out of step to the next one that begins further to the left than it should. */
function fallenAfter(file: Source, at: number): Span {
  const line = lineAt(file, at);
  const column = (number: number): number => {
    const { start, end } = lineSpan(file, number);
    return file.text.slice(start, end).search(/[^ \t]/);
  };
  let next = line + 1;
  while (next < file.lineStarts.length && column(next) < 0) next++;
  const after = next < file.lineStarts.length ? column(next) : 0;
  // By a line or two more to the right: its neighbours stand as far to the left as the next one.
  const own = after < column(line) && after > indentAbove(file, line) ? after : column(line);
  while (next < file.lineStarts.length && (column(next) < 0 || column(next) >= own)) next++;
  return { start: at + 1, end: next < file.lineStarts.length ? lineSpan(file, next).start : file.text.length };
}

/** Where the nearest line begins that is above a line and further to the left by itself. */
function indentAbove(file: Source, line: number): number {
  for (let number = line - 1; number >= 0; number--) {
    const { start, end } = lineSpan(file, number);
    const text = file.text.slice(start, end);
    if (/^\s*[^\s#]/.test(text)) return /:\s*(?:[&!]\S*\s*)*(?:#.*)?$/.test(text) ? text.search(/\S/) : Infinity;
  }
  return Infinity;
}

/** A service, or a key of one, that has lost its indentation: YAML complains only where the file goes on. */
function fallenKey(file: Source, [first]: readonly Mistake[]): Fault | undefined {
  if (!first || !['BAD_INDENT', 'UNEXPECTED_TOKEN', 'BLOCK_AS_IMPLICIT_KEY'].includes(first.code)) return undefined;
  for (let number = lineAt(file, first.pos[0]); number >= 0; number--) {
    const { start, end } = lineSpan(file, number);
    const text = file.text.slice(start, end);
    if (!/^[^\s#]/.test(text)) continue;
    const key = /^([\w.-]+):/.exec(text)?.[1];
    if (key === undefined || Object.hasOwn(root.keys, key) || key.startsWith('x-')) return undefined;
    if (!Object.hasOwn(service.keys, key) && !isFallen(file, number, lineAt(file, first.pos[0]))) return undefined;
    return { span: { start, end: start + text.trimEnd().length }, message: sentence('BAD_INDENT', '') ?? '', yaml: 'BAD_INDENT' };
  }
  return undefined;
}

/** Whether a line at the left edge belongs with one further down, as what stands before it does. */
function isFallen(file: Source, line: number, wrong: number): boolean {
  const columnOf = (number: number): number => {
    const { start, end } = lineSpan(file, number);
    const text = file.text.slice(start, end);
    return /^\s*[^\s#]/.test(text) ? text.search(/\S/) : Infinity;
  };
  let at = wrong;
  while (at < file.lineStarts.length && columnOf(at) === Infinity) at++;
  const column = at < file.lineStarts.length ? columnOf(at) : 0;
  let before = line - 1;
  while (before >= 0 && columnOf(before) > column) before--;
  return before >= 0 && column > 0 && (columnOf(before) === column || columnOf(before) === 0);
}

/** A list or mapping between brackets that goes on into the next keys: its bracket has no other half. */
function openBracket({ text }: Source, { message, pos }: Mistake): Fault | undefined {
  const [, kind] = /^Flow (sequence|map) in block collection must be/.exec(message) ?? [];
  if (kind === undefined) return undefined;
  const [opening, closing] = kind === 'map' ? (['{', '}'] as const) : (['[', ']'] as const);
  const from = Math.max(0, pos[0] - 4000);
  const bare = text.slice(from, pos[0]).replace(/"(?:\\.|[^"\\\n])*"|'[^'\n]*'/g, (quoted) => ' '.repeat(quoted.length));
  let at = bare.length;
  // Those that are closed again are inside it.
  for (let depth = 1; depth > 0 && at >= 0;) {
    at--;
    depth += bare[at] === closing ? 1 : bare[at] === opening ? -1 : 0;
  }
  if (at < 0) return undefined;
  const start = from + at;
  const [line = ''] = text.slice(start, pos[0]).split('\n', 1);
  return {
    span: { start, end: start + Math.max(1, line.trimEnd().length) },
    message: `This «${opening}» is closed nowhere: write the «${closing}».`,
  };
}

/** A blank in front of a line that is none for YAML, as it comes along from web pages. */
function oddBlank(file: Source, [first]: readonly Mistake[]): Fault | undefined {
  if (!first) return undefined;
  const line = lineAt(file, first.pos[0]);
  for (let number = Math.max(0, line - 3); number <= line; number++) {
    const { start, end } = lineSpan(file, number);
    const [all = '', before = '', odd = ''] =
      /^([ \t]*)([\u00A0\u1680\u2000-\u200B\u202F\u205F\u3000]+)/.exec(file.text.slice(start, end)) ?? [];
    if (odd !== '')
      return {
        span: { start: start + before.length, end: start + all.length },
        message:
          'This blank is no plain space (it is U+' +
          (odd.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0') +
          '), and YAML does not indent with it: write spaces.',
        yaml: 'BAD_INDENT',
      };
  }
  return undefined;
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
  const { span, deeper, keyless, dashed } = odd;
  if (dashed) return { span, message: strayDash };
  if (deeper)
    return { span, message: 'This line is indented more than the lines after it that belong with it: all begin in the same column.' };
  return { span, message: sentence(keyless ? 'MULTILINE_IMPLICIT_KEY' : 'BAD_INDENT', '') ?? '' };
}

const strayDash = 'This line begins an item of a list, and its neighbours are keys: remove the «- ».';

/** A first line that is indented, or an item of a list, ends the file for YAML, at the next one that is not. */
function indentedTop({ text }: Source, [first]: readonly Mistake[]): Fault | undefined {
  if (!first) return undefined;
  const list = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*\r?\n)*- +(?=(?:services|include|name|version|networks|volumes)\s*:)/;
  const dash = list.exec(text)?.[0];
  if (dash !== undefined) return { span: { start: dash.lastIndexOf('-'), end: dash.length }, message: strayDash, yaml: 'BAD_INDENT' };
  const [all = '', column = '', line = ''] = /^\uFEFF?(?:[ \t]*(?:#[^\n]*)?\r?\n|---[ \t]*\r?\n)*( *)([^\s#-].*)/.exec(text) ?? [];
  if (first.code !== 'UNEXPECTED_TOKEN' || column === '' || /^[ \t]/.test(text.slice(text.lastIndexOf('\n', first.pos[0] - 1) + 1)))
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
export function openQuote(text: string, end: number, quote: string): number {
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
    case 'UNEXPECTED_TOKEN':
      return /^[\]}]/.test(written) ? `This «${written[0] ?? ''}» closes nothing: remove it.` : undefined;
    case 'BLOCK_AS_IMPLICIT_KEY':
      return 'A mapping cannot begin on the line of another key: put it on a line of its own.';
    default:
      return undefined;
  }
}
