import type { ComposeFile, Entry, Node } from '../../../compose/model.ts';
import { stepOf } from '../../../compose/step.ts';
import { lineAt, lineBreak, lineSpan, slice, type Edit, type Source, type Span } from '../../../text/text.ts';
import { inkEnd, isOwn } from './trail.ts';

// How new lines are laid out among those that are there, so that comments and indentation stay.

/** A part of a list or mapping, and the lines that take its place. */
export interface Part {
  /** From its dash or key to its end. */
  readonly span: Span;
  readonly lines: readonly string[];
}

const columnOf = (source: Source, offset: number): number => offset - lineSpan(source, lineAt(source, offset)).start;

export const isFlow = ({ text }: Source, { span }: Node): boolean => /[[{]/.test(text[span.start] ?? '');

/** Whether an alias elsewhere may lead to a value: then it cannot become another kind of thing. */
export function isShared({ text }: Source, each: Entry): boolean {
  return !isOwn(each) || /(?:^|\s)[&!]\S/.test(text.slice(each.keySpan.end, each.value.span.start));
}

/** The items of a list with their dashes; undefined where one does not begin its line or is an alias. */
export function itemSpans({ text }: Source, list: Node): readonly Span[] | undefined {
  if (list.kind !== 'list') return undefined;
  const spans = list.items.map(({ span }): Span | undefined => {
    const dash = text.lastIndexOf('-', span.start - 1);
    return span.start > list.span.start && dash >= list.span.start && /^-[ ]+$/.test(text.slice(dash, span.start))
      ? { start: dash, end: span.end }
      : undefined;
  });
  return spans.every((span) => span !== undefined) ? spans : undefined;
}

/** The entries of a block mapping; undefined where one came through `<<` or is an alias. */
export function entrySpans(map: Node): readonly Span[] | undefined {
  if (map.kind !== 'map' || map.entries.some((each) => each.merged === true || !isOwn(each))) return undefined;
  return map.entries.map(({ keySpan, value }) => ({ start: keySpan.start, end: Math.max(keySpan.end, value.span.end) }));
}

/** Writes parts anew, as items (`dash`) or entries; the comments between and behind them stay. Undefined where they do not each begin a line or hold comments themselves. */
export function rewrite(file: ComposeFile, key: Entry, parts: readonly Part[], style: 'item' | 'entry'): readonly Edit[] | undefined {
  const { source } = file;
  const newline = lineBreak(source);
  const [first] = parts;
  const last = parts.at(-1);
  if (!first || !last) return undefined;
  const from = columnOf(source, first.span.start);
  const keyColumn = columnOf(source, key.keySpan.start);
  const to = style === 'entry' && from <= keyColumn ? keyColumn + stepOf(source) : from;
  const edits: Edit[] = [];
  for (const { span, lines } of parts) {
    const end = inkEnd(source, span);
    const begin = lineSpan(source, lineAt(source, span.start)).start;
    const written = slice(source, { start: span.start, end });
    const single = lineAt(source, span.start) === lineAt(source, end);
    if (source.text.slice(begin, span.start).trim() !== '' || (!single && /(?:^|\s)#/.test(written))) return undefined;
    const lineEnd = lineSpan(source, lineAt(source, end)).end;
    const behind = source.text.slice(end, lineEnd);
    const inner = ' '.repeat(to + (style === 'item' ? 2 : 0));
    const [head = '', ...rest] = lines;
    const text = [`${' '.repeat(to)}${style === 'item' ? '- ' : ''}${head}${behind}`, ...rest.map((line) => inner + line)].join(newline);
    edits.push({ span: { start: begin, end: lineEnd }, text });
  }
  if (to !== from)
    for (let line = lineAt(source, key.keySpan.start) + 1; line <= lineAt(source, last.span.end); line++) {
      const { start, end } = lineSpan(source, line);
      const lead = /^(\s*)#/.exec(source.text.slice(start, end))?.[1];
      if (lead !== undefined) edits.push({ span: { start, end: start + lead.length }, text: ' '.repeat(to) });
    }
  return edits;
}

/** Replaces a value written in brackets by lines below its key. */
export function unfold(file: ComposeFile, key: Entry, lines: readonly string[]): Edit {
  const { source } = file;
  const indent = ' '.repeat(columnOf(source, key.keySpan.start) + stepOf(source));
  const newline = lineBreak(source);
  const start = source.text.indexOf(':', key.keySpan.end) + 1;
  return { span: { start, end: key.value.span.end }, text: lines.map((line) => newline + indent + line).join('') };
}

const words = /^(?:true|false|null|yes|no|on|off|y|n|~)$/i;

/** A text as YAML, without quotes where it is read as itself. Whole numbers stay bare with `numbers`. */
export function scalar(value: string, options: { readonly flow?: boolean; readonly numbers?: boolean } = {}): string {
  if (options.numbers && /^(?:0|[1-9]\d{0,14})$/.test(value)) return value;
  const plain =
    /^[A-Za-z_/.$~][^\n\r\t]*$/.test(value) &&
    !/\s#|:\s|:$|\s$|^\.\d|^\.(?:inf|nan)$/i.test(value) &&
    !words.test(value) &&
    !(options.flow && /[,[\]{}]/.test(value));
  return plain ? value : JSON.stringify(value);
}
