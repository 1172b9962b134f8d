import type { ComposeFile, Node } from '../../compose/model.ts';
import { lineAt, lineSpan } from '../../text/text.ts';

/** A mapping or list as its lines show it: all its keys, or all its dashes, stand in one column. */
export interface Level {
  /** What it is in; undefined at the top of a document. */
  readonly parent: Level | undefined;
  readonly list: boolean;
  /** Whether it begins behind a dash. */
  readonly inline: boolean;
  readonly column: number;
  /** The lines that it reaches over. */
  readonly first: number;
  last: number;
}

/** Where a line stands: in the column of a level, or so much beside it. */
export interface Line {
  readonly line: number;
  readonly column: number;
  readonly level: Level | undefined;
  readonly beside: number;
  /** The level behind whose column it has to stay, when it goes on with a value. */
  readonly inside?: Level;
  /** For a comment: whether it looks like an item, and the levels that it may stand with. */
  readonly comment?: { readonly item: boolean; readonly near: readonly Level[] };
}

/** The levels of a file, parents first, and its lines that have a place in them. */
export interface Levels {
  readonly levels: readonly Level[];
  readonly lines: readonly Line[];
}

/** A value that goes on in lines below the one it begins in: a text with or without quotes, a block of text, `[…]` or `{…}`. */
interface LongValue {
  readonly start: number;
  readonly last: number;
}

/** A comment that is one column off what is there is meant to stand with it; an item among the items, which stand further in. */
export function meantColumn(column: number, item: boolean, near: readonly Level[], columnOf: (level: Level) => number): number {
  const aside = item ? 1 : -1;
  return [column, column + aside, column - aside].find((each) => near.some((level) => columnOf(level) === each)) ?? column;
}

/** Nothing but anchors and tags. */
const onlyProperties = /^(?:[&!]\S*(?:\s+|$))+(?:#|$)/;

/**
 * The levels of a file. YAML tells them by columns alone: a file whose levels move as wholes, each inside its parent, says the same. Undefined
 * for mistakes in the YAML, and for what is too seldom to know about: `? key`, tabs behind dashes, a document that is no mapping, a long value
 * behind its anchor or tag in a line of their own.
 */
export function levelsOf({ source, documents, broken }: ComposeFile): Levels | undefined {
  const { text, lineStarts } = source;
  if (!documents.length || broken || /\r(?!\n)/.test(text)) return undefined;
  const longValues = new Map<number, LongValue>();
  for (const document of documents) findLong(document);
  const levels: Level[] = [];
  const lines: Line[] = [];
  let comments: { readonly line: number; readonly column: number }[] = [];
  let open: Level[] = [];
  let roots = 0;
  let block: Level | undefined;

  for (let line = 0; line < lineStarts.length; line++) {
    const { start, end } = lineSpan(source, line);
    const column = leadOf(start);
    const written = text.slice(start + column, end).trimEnd();
    if (written === '') {
      // Spaces behind a block of text may belong to it.
      if (block && column) lines.push({ line, column, level: block, beside: column - block.column });
      continue;
    }
    block = undefined;
    if (written.startsWith('#')) {
      comments.push({ line, column });
      continue;
    }
    const long = longValues.get(line);
    if (column === 0 && /^(?:---(?!\S)|\.\.\.(?!\S)|%)/.test(written)) {
      if (long) return undefined;
      placeComments();
      open = [];
      continue;
    }
    const dashes = written.startsWith('-') ? (/^(?:- +)*(?:-$)?/.exec(written)?.[0] ?? '') : '';
    const content = written.slice(dashes.length);
    if (/^(?:\t|-\t|[?:](?!\S))/.test(content) || (long && /^[&!]/.test(content))) return undefined;

    const above = comments.length ? [...open] : open;
    let around = open.at(-1);
    while (around && (around.column > column || (around.column === column && around.list && !dashes))) {
      open.pop();
      around = open.at(-1);
    }
    if (!around && ++roots > documents.length) return undefined;
    const level = around?.column === column && (around.list || !dashes) ? around : begin(line, column, dashes !== '', false);
    placeComments({ column, level, begins: level !== around }, above);
    lines.push({ line, column, level, beside: 0 });
    let at = column;
    for (const dash of dashes.match(/- +/g) ?? []) {
      at += dash.length;
      const rest = written.slice(at - column);
      if (rest !== '' && !rest.startsWith('#')) begin(line, at, /^-(?!\S)/.test(rest), true);
    }
    // A value that begins in a column begins no level there, nor does an anchor or tag above what it is for.
    const top = open.at(-1);
    if (top && (top.column === (long && long.start - start) || onlyProperties.test(content))) open.pop();
    if (long) {
      const owner = open.at(-1);
      if (!owner) return undefined;
      if (text[long.start] === '|' || text[long.start] === '>') block = owner;
      while (line < long.last) {
        const { start, end } = lineSpan(source, ++line);
        const column = leadOf(start);
        if (start + column === end && !(block && column)) continue;
        if (block || column <= owner.column) lines.push({ line, column, level: owner, beside: column - owner.column });
        else lines.push({ line, column, level, beside: column - level.column, inside: owner });
      }
      level.last = line;
    }
    for (const each of open) each.last = line;
  }
  placeComments();
  return { levels, lines };

  function begin(line: number, column: number, list: boolean, inline: boolean): Level {
    const level: Level = { parent: open.at(-1), list, inline, column, first: line, last: line };
    levels.push(level);
    open.push(level);
    return level;
  }

  /** Comments stand where what they are about stands: what follows, or what ends above it when they are further in. */
  function placeComments(next?: { readonly column: number; readonly level: Level; readonly begins: boolean }, above = open): void {
    if (!comments.length) return;
    const near = next && !above.includes(next.level) ? [...above, next.level] : [...above];
    for (const { line, column } of comments) {
      const item = /^#\s*-\s/.test(text.slice((lineStarts[line] ?? 0) + column, lineSpan(source, line).end));
      const meant = meantColumn(column, item, near, (each) => each.column);
      const follows = next && (next.begins || meant <= next.column);
      const level = follows ? next.level : above.findLast((each) => each.column <= meant);
      lines.push({ line, column, level, beside: follows ? 0 : meant - (level?.column ?? meant), comment: { item, near } });
    }
    comments = [];
  }

  function leadOf(start: number): number {
    let end = start;
    while (text[end] === ' ') end++;
    return end - start;
  }

  function findLong(node: Node): void {
    const { start, end } = node.span;
    if (node.kind === 'scalar' || text[start] === '{' || text[start] === '[') {
      const feed = text.indexOf('\n', start);
      if (feed >= 0 && feed < end - 1) longValues.set(lineAt(source, start), { start, last: lineAt(source, end - 1) });
    } else if (node.alias)
      return; // It has its place elsewhere.
    else if (node.kind === 'map') for (const { value } of node.entries) findLong(value);
    else for (const item of node.items) findLong(item);
  }
}
