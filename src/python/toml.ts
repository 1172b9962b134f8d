import { ParseError, parseTOML, type AST } from 'toml-eslint-parser';
import type { Span } from '../text/text.ts';

/** A value of a TOML file and where it stands. */
export type Toml = TomlTable | TomlList | TomlText | TomlOther;
export interface TomlTable {
  readonly kind: 'table';
  readonly span: Span;
  readonly entries: ReadonlyMap<string, TomlEntry>;
}
export interface TomlEntry {
  readonly keySpan: Span;
  readonly value: Toml;
}
export interface TomlList {
  readonly kind: 'list';
  readonly span: Span;
  readonly items: readonly Toml[];
}
export interface TomlText {
  readonly kind: 'text';
  readonly span: Span;
  readonly value: string;
  /** The text between the quotes. */
  readonly inner: Span;
  /** Whether it is written as it is, without escapes. */
  readonly exact: boolean;
}
/** A number, a truth value or a date. */
export interface TomlOther {
  readonly kind: 'other';
  readonly span: Span;
  readonly value: number | boolean | Date;
}

interface GrowingTable extends TomlTable {
  readonly entries: Map<string, { keySpan: Span; value: Toml }>;
}
interface GrowingList extends TomlList {
  readonly items: Toml[];
}

/** What a TOML file holds, tables put together. What cannot be read is left out, line by line, and said once. */
export function parseToml(text: string): {
  readonly root: TomlTable;
  readonly faults: readonly { readonly span: Span; readonly message: string }[];
} {
  const faults: { readonly span: Span; readonly message: string }[] = [];
  let readable = text.replace(/^\uFEFF/, ' ');
  for (let attempt = 0; attempt < 20; attempt++) {
    try {
      return { root: tables(parseTOML(readable, { tomlVersion: '1.0.0' })), faults };
    } catch (error) {
      if (!(error instanceof ParseError)) throw error;
      const line = culprit(readable, error);
      if (!faults.length) faults.push({ span: trimmed(readable, line), message: `This is no TOML: ${lower(error.message)}.` });
      // Without that line the rest may be read; spaces keep every other place where it is.
      const blank = readable.slice(0, line.start) + ' '.repeat(line.end - line.start) + readable.slice(line.end);
      if (blank === readable) break;
      readable = blank;
    }
  }
  return { root: { kind: 'table', span: { start: 0, end: text.length }, entries: new Map() }, faults };
}

const lower = (sentence: string): string => sentence.charAt(0).toLowerCase() + sentence.slice(1).replace(/\.$/, '');

/** The line that is wrong: the one before the place where the parser stopped, when that one is not finished. */
function culprit(text: string, { index, message }: ParseError): Span {
  const line = lineAround(text, index);
  const before = lineAround(text, Math.max(0, line.start - 1));
  const first = !text.slice(line.start, index).trim();
  const open = /=\s*(?:#.*)?$/.test(text.slice(before.start, before.end)) || message.startsWith('The key, equals sign');
  return first && open && before.start < line.start ? before : line;
}

/** The line of a place; the one before when that is empty, as at the end of the file. */
function lineAround(text: string, index: number): Span {
  let at = Math.min(index, text.length);
  while (at > 0 && !text.slice(text.lastIndexOf('\n', at - 1) + 1, endOf(text, at)).trim()) at = text.lastIndexOf('\n', at - 1);
  at = Math.max(0, at);
  return { start: at === 0 ? 0 : text.lastIndexOf('\n', at - 1) + 1, end: endOf(text, at) };
}

const endOf = (text: string, at: number): number => {
  const newline = text.indexOf('\n', at);
  return newline < 0 ? text.length : newline;
};

function trimmed(text: string, { start, end }: Span): Span {
  const line = text.slice(start, end);
  const lead = line.length - line.trimStart().length;
  return { start: start + lead, end: start + lead + line.trim().length };
}

function tables({ body: [top] }: AST.TOMLProgram): TomlTable {
  const root = table(top.range);
  for (const part of top.body) {
    if (part.type === 'TOMLKeyValue') put(root, part);
    else {
      const at = reach(root, part);
      if (at) for (const pair of part.body) put(at, pair);
    }
  }
  return root;
}

const table = ([start, end]: readonly [number, number]): GrowingTable => ({ kind: 'table', span: { start, end }, entries: new Map() });

/** The table that a header opens: `[a.b]`, or a new element of `[[a.b]]`. */
function reach(root: GrowingTable, { resolvedKey, key, range }: AST.TOMLTable): GrowingTable | undefined {
  let at: GrowingTable | GrowingList = root;
  for (const [step, name] of resolvedKey.entries()) {
    const next = resolvedKey[step + 1];
    const make = (): GrowingTable | GrowingList =>
      typeof next === 'number' ? { kind: 'list', span: { start: range[0], end: range[1] }, items: [] } : table(range);
    let found: Toml | undefined;
    if (typeof name === 'number') {
      if (at.kind !== 'list') return undefined;
      found = at.items[name];
      if (!found) at.items.push((found = make()));
    } else {
      if (at.kind !== 'table') return undefined;
      found = at.entries.get(name)?.value;
      if (!found) at.entries.set(name, { keySpan: { start: key.range[0], end: key.range[1] }, value: (found = make()) });
    }
    // Every table and list in the tree was made here.
    if (found.kind !== 'table' && found.kind !== 'list') return undefined;
    at = found as GrowingTable | GrowingList;
  }
  return at.kind === 'table' ? at : undefined;
}

/** Puts `a.b = value` into a table. */
function put(into: GrowingTable, { key, value }: AST.TOMLKeyValue): void {
  let at = into;
  const last = key.keys.length - 1;
  for (const [index, part] of key.keys.entries()) {
    const name = part.type === 'TOMLBare' ? part.name : part.value;
    const keySpan = { start: part.range[0], end: part.range[1] };
    if (index === last) {
      at.entries.set(name, { keySpan, value: read(value) });
      return;
    }
    let next = at.entries.get(name)?.value;
    if (!next) at.entries.set(name, { keySpan, value: (next = table(value.range)) });
    if (next.kind !== 'table') return;
    at = next as GrowingTable;
  }
}

function read(node: AST.TOMLContentNode): Toml {
  const span = { start: node.range[0], end: node.range[1] };
  switch (node.type) {
    case 'TOMLArray':
      return { kind: 'list', span, items: node.elements.map(read) };
    case 'TOMLInlineTable': {
      const inline = table(node.range);
      for (const pair of node.body) put(inline, pair);
      return inline;
    }
    case 'TOMLValue': {
      if (node.kind !== 'string') return { kind: 'other', span, value: node.value };
      const quotes = node.multiline ? 3 : 1;
      const inner = { start: span.start + quotes, end: span.end - quotes };
      return { kind: 'text', span, value: node.value, inner, exact: inner.end - inner.start === node.value.length };
    }
  }
}

/** What stands at a path of keys. */
export function at(from: Toml | undefined, ...path: readonly string[]): Toml | undefined {
  let node = from;
  for (const key of path) node = node?.kind === 'table' ? node.entries.get(key)?.value : undefined;
  return node;
}

/** The entries of a table; none of anything else. */
export const entriesOf = (node: Toml | undefined): readonly (readonly [string, TomlEntry])[] =>
  node?.kind === 'table' ? [...node.entries] : [];

/** The elements of a list; none of anything else. */
export const itemsOf = (node: Toml | undefined): readonly Toml[] => (node?.kind === 'list' ? node.items : []);

/** The text of a string; undefined of anything else. */
export const textOf = (node: Toml | undefined): string | undefined => (node?.kind === 'text' ? node.value : undefined);
