import { lineAt, lineSpan, type Source, type Span } from '../../text/text.ts';
import { flowPlace } from './flow.ts';

/**
 * Where in a Compose file a place is, told from the text alone, so that it holds while the YAML is broken.
 * List items are `[]` in paths, as in the table of keys.
 */
export interface Place {
  /** `key`: a key (or a list item that may become one) begins here; `value`: behind `key: `. */
  readonly kind: 'key' | 'value';
  /** The keys above. For a value its own key is the last. */
  readonly path: readonly string[];
  /** Whether the place is directly behind a `- `. */
  readonly item: boolean;
  /** The column at which the key or value begins. */
  readonly column: number;
  /** What is being written, quotes left out, and what of it stands before the cursor. */
  readonly span: Span;
  readonly prefix: string;
  readonly quote: '' | '"' | "'";
  /** What follows on the line behind the word. */
  readonly rest: string;
  /** Inside brackets: the keys that are there. */
  readonly present?: ReadonlySet<string>;
}

type Part = { readonly kind: 'dash' | 'key'; readonly column: number; readonly name: string };

/** A line's dashes and its key, with columns. */
function partsOf(line: string): { readonly parts: readonly Part[]; readonly rest: string; readonly at: number } {
  const parts: Part[] = [];
  let at = /^[ \t]*/.exec(line)?.[0].length ?? 0;
  for (;;) {
    const dash = /^-(?: +|$)/.exec(line.slice(at));
    if (!dash) break;
    parts.push({ kind: 'dash', column: at, name: '[]' });
    at += dash[0].length;
  }
  const key = /^(?:&\S+ +)?("[^"]*"|'[^']*'|[^\s#'"[{&*!|>%@`-][^#]*?|-[^\s#:][^#:]*?)\s*:(?:\s+|$)/.exec(line.slice(at));
  if (key) {
    parts.push({ kind: 'key', column: at, name: (key[1] ?? '').replace(/^["']|["']$/g, '') });
    at += key[0].length;
  }
  return { parts, rest: line.slice(at), at };
}

const textOf = (source: Source, line: number): string => {
  const { start, end } = lineSpan(source, line);
  return source.text.slice(start, end);
};

const empty = (line: string): boolean => /^\s*(?:#.*)?$/.test(line);
const opensBlock = (rest: string): boolean => /^(?:&\S+\s+)?(?:!\S+\s+)?[|>][-+0-9]*\s*(?:#.*)?$/.test(rest);

export const placeAt = (source: Source, offset: number): Place | undefined => inBrackets(source, offset) ?? inBlock(source, offset);

/** How many lines brackets may span for a place in them to be found. */
const longest = 200;

/** A place in `[…]` or `{…}`, which begin on its line or on one above that all lines since are indented more than. */
function inBrackets(source: Source, offset: number): Place | undefined {
  const number = lineAt(source, offset);
  let indent = Infinity;
  for (let line = number; line >= Math.max(0, number - longest); line--) {
    const text = textOf(source, line);
    if (line < number && empty(text)) continue;
    const column = Math.min(text.search(/\S|$/), line < number ? Infinity : offset - lineSpan(source, line).start);
    const { rest, at } = partsOf(text);
    if (column < indent && opensFlow.test(rest)) {
      const from = lineSpan(source, line).start + at + rest.search(/[[{]/);
      const flow = from < offset ? flowPlace(source.text, from, offset) : undefined;
      const outer = flow && inBlock(source, from);
      if (outer) return { ...flow, path: [...outer.path, ...flow.path], column: flow.span.start, rest: lineRest(source, flow.span.end) };
      if (flow || line < number || from < offset) return undefined;
    }
    if (column <= 0 && line < number) return undefined;
    indent = Math.min(indent, column);
  }
  return undefined;
}

const lineRest = (source: Source, from: number): string => source.text.slice(from, lineSpan(source, lineAt(source, from)).end);
const opensFlow = /^(?:[&!]\S+ +)*[[{]/;

function inBlock(source: Source, offset: number): Place | undefined {
  const number = lineAt(source, offset);
  const span = lineSpan(source, number);
  const line = source.text.slice(span.start, span.end);
  const before = source.text.slice(span.start, offset);
  if (/(?:^|\s)#/.test(before.replace(/"[^"]*"|'[^']*'/g, (quoted) => '_'.repeat(quoted.length)))) return undefined;
  const { parts, rest, at } = partsOf(before);
  const last = parts.at(-1);
  const isValue = last?.kind === 'key';
  const column = isValue ? last.column : parts.length || rest ? at : before.length;
  // Behind brackets that have been closed nothing comes.
  if (!isValue && /^[[{\]}]/.test(rest)) return undefined;
  const quote = rest.startsWith('"') ? '"' : rest.startsWith("'") ? "'" : '';
  const prefix = rest.slice(quote.length);
  // Behind a text in quotes nothing comes.
  if (quote !== '' && prefix.replace(quote === '"' ? /\\./g : /''/g, '').includes(quote)) return undefined;
  const behind = line.slice(before.length);
  const tail = quote
    ? (/^[^"']*/.exec(behind)?.[0] ?? '')
    : isValue
      ? behind.replace(/\s+#.*$/, '').trimEnd()
      : (/^[^\s:]*(?=\s*:(?:\s|$))|^[^\s#]*/.exec(behind)?.[0] ?? '');
  const path = above(source, number, parts, column, isValue);
  if (!path) return undefined;
  return {
    kind: isValue ? 'value' : 'key',
    path,
    item: last?.kind === 'dash',
    column,
    span: { start: offset - prefix.length, end: offset + tail.length },
    prefix,
    quote,
    rest: behind.slice(tail.length),
  };
}

/** The keys that enclose a line, outermost first; undefined inside a block scalar. */
function above(source: Source, number: number, own: readonly Part[], column: number, isValue: boolean): readonly string[] | undefined {
  const path: string[] = [];
  // Parents stand left of `keys`, list dashes left of `dashes`: a list may begin in the column of its key.
  let keys = column;
  let dashes = column;
  const take = (part: Part): void => {
    if (part.kind === 'key' ? part.column >= keys : part.column >= dashes) return;
    path.unshift(part.name);
    keys = part.kind === 'dash' ? part.column + 1 : part.column;
    dashes = part.column;
  };
  if (isValue) {
    keys = column + 1;
    dashes = column;
  }
  for (const part of own.toReversed()) take(part);
  for (let line = number - 1; line >= 0 && (keys > 0 || dashes > 0); line--) {
    const text = textOf(source, line);
    if (empty(text)) continue;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) break;
    const { parts, rest } = partsOf(text);
    // A name whose colon is still to come.
    const name = /^(\s*)([A-Za-z][\w.-]*)\s*$/.exec(text);
    if (!parts.length && name && (name[1]?.length ?? 0) < keys && !path.includes('[]')) {
      take({ kind: 'key', column: name[1]?.length ?? 0, name: name[2] ?? '' });
      continue;
    }
    const before = path.length;
    for (const part of parts.toReversed()) take(part);
    // What is indented more than an item that is a text goes on with the text.
    if (path.length > before && parts.at(-1)?.kind === 'dash' && path[path.length - before - 1] === '[]' && /^[^&!#[{]/.test(rest))
      return undefined;
    if (path.length > before && opensBlock(rest) && parts.at(-1)?.name === path[path.length - before - 1]) return undefined;
  }
  return path;
}

/** Whether the next line above or below a place that has ink is a list item in its column. */
export function besideItem(source: Source, offset: number, column: number): boolean {
  const number = lineAt(source, offset);
  const next = (step: number): string => {
    for (let line = number + step; line >= 0 && line < source.lineStarts.length; line += step) {
      const text = textOf(source, line);
      const from = text.search(/\S/);
      if (!empty(text) && (from <= column || step > 0)) return from === column ? text.slice(from) : '';
    }
    return '';
  };
  return [next(-1), next(1)].some((text) => /^-(?: |$)/.test(text));
}

/** Whether the line of a key stands further in than what it would be in, and not as far as what is in that already: nothing can stand there. */
export function isBetween(source: Source, offset: number, { kind, present, column }: Place): boolean {
  if (kind !== 'key' || present) return false;
  const number = lineAt(source, offset);
  const { start } = lineSpan(source, number);
  const own = Math.min(source.text.slice(start, offset).search(/\S|$/), column);
  let child: number | undefined;
  for (let line = number - 1; line >= 0; line--) {
    const text = textOf(source, line);
    if (empty(text)) continue;
    if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) return false;
    const { parts } = partsOf(text);
    const inner = parts.find((part) => part.column >= own);
    if ((parts[0]?.column ?? text.search(/\S/)) < own) return (inner?.column ?? child ?? own) > own;
    child = parts[0]?.column ?? text.search(/\S/);
  }
  return false;
}

/** Whether the lines below a place belong to the key that stands or begins there. */
export function continuesBelow(source: Source, offset: number, { kind, column }: Place): boolean {
  for (let line = lineAt(source, offset) + 1; line < source.lineStarts.length; line++) {
    const text = textOf(source, line);
    const from = text.search(/\S/);
    if (!empty(text)) return from > column || (kind === 'value' && from === column && /^-(?: |$)/.test(text.slice(from)));
  }
  return false;
}

/** The keys that the mapping around a place has already, this line's own left out. */
export function siblings(source: Source, offset: number, column: number): ReadonlySet<string> {
  const number = lineAt(source, offset);
  const found = new Set<string>();
  const dashed = partsOf(textOf(source, number)).parts.some(({ kind }) => kind === 'dash');
  const look = (step: number): void => {
    for (let line = number + step; line >= 0 && line < source.lineStarts.length; line += step) {
      const text = textOf(source, line);
      if (empty(text)) continue;
      if (/^(?:---|\.\.\.)(?:\s|$)/.test(text)) return;
      const { parts } = partsOf(text);
      const first = parts[0]?.column ?? /^[ \t]*/.exec(text)?.[0].length ?? 0;
      const key = parts.find((part) => part.kind === 'key' && part.column === column);
      const isItem = parts[0]?.kind === 'dash' && first < column;
      if (isItem && step > 0) return;
      if (key) found.add(key.name);
      if (first < column) return;
    }
  };
  if (!dashed) look(-1);
  look(1);
  return found;
}
