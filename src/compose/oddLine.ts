import { lineAt, lineSpan, type Source, type Span } from '../text/text.ts';
import type { Keys } from './keys/key.ts';
import { alternatives } from './keys/lookup.ts';
import { service } from './keys/service.ts';

/** A line that begins in another column than those it belongs with. */
export interface OddLine {
  readonly span: Span;
  /** Whether it looks like the rest of a text rather than a key: it has no colon. */
  readonly keyless: boolean;
  /** Whether the lines after it that belong with it begin further to the left. */
  readonly deeper: boolean;
  /** Whether it begins an item of a list where its neighbours are keys. */
  readonly dashed: boolean;
}

/** Of the lines around a place where YAML fell out of step: the one whose column is unlike its neighbours'. */
export function oddLine(file: Source, at: number): OddLine | undefined {
  const textOf = (line: number): string => {
    const { start, end } = lineSpan(file, line);
    return file.text.slice(start, end);
  };
  const indentOf = (line: number): number => textOf(line).search(/\S/);
  const says = (line: number): boolean => /^\s*[^\s#]/.test(textOf(line));
  const step = (line: number, by: 1 | -1): number => {
    let next = line + by;
    while (next >= 0 && next < file.lineStarts.length && !says(next)) next += by;
    return next < file.lineStarts.length ? next : -1;
  };
  /** The nearest line before that begins left of a column. */
  const above = (line: number, column: number): number => {
    let found = step(line, -1);
    while (found >= 0 && indentOf(found) >= column) found = step(found, -1);
    return found;
  };
  const result = (line: number, more: Partial<OddLine> = {}): OddLine => ({
    span: { start: lineSpan(file, line).start + indentOf(line), end: lineSpan(file, line).end },
    ...{ keyless: false, deeper: false, dashed: false, ...more },
  });

  const here = lineAt(file, at);
  const wrong = says(here) ? here : step(here, 1);
  if (wrong < 0) return undefined;
  const column = indentOf(wrong);
  const before = above(wrong, column);
  const head = step(before, 1);
  const outer = before < 0 ? -1 : above(before, indentOf(before));
  const unit = unitOf(file, textOf);
  const siblings = (line: number): number => {
    let count = 0;
    const own = indentOf(line);
    for (let next = line; next >= 0 && indentOf(next) >= own; next = step(next, 1)) if (indentOf(next) === own) count++;
    return count;
  };
  /** Of two lines below one parent, the one that is out of step; the first when nothing tells. */
  const odd = (first: number, second: number, parent: number): number => {
    const from = parent < 0 ? 0 : indentOf(parent);
    const regular = (line: number): boolean => (indentOf(line) - from) % unit === 0;
    if (regular(first) !== regular(second)) return regular(first) ? second : first;
    return siblings(second) >= siblings(first) ? first : second;
  };

  const isItem = (line: number): boolean => textOf(line).trim().startsWith('-');
  const areServices = (parent: number): boolean => parent >= 0 && /^services\s*:/.test(textOf(parent));
  const ofService = (line: number): boolean => Object.hasOwn(serviceKeys, keyOf(textOf(line)) ?? '');
  const belowIt = (line: number): boolean => {
    const own = indentOf(line);
    for (let next = line; next >= 0 && indentOf(next) >= own; next = step(next, 1))
      if (indentOf(next) === own && ofService(next)) return true;
    return false;
  };

  // A key of a service that stands further to the left than those before and after it, maybe as far as the services.
  const first = outer < 0 ? -1 : step(outer, 1);
  if (before >= 0 && ofService(before) && ofService(wrong) && (areServices(outer) || (first !== before && indentOf(first) === column)))
    return result(before);
  // A dash before a key whose neighbours have none, below a key that takes no list.
  if (head !== wrong && isItem(head) && !isItem(wrong) && keyOf(textOf(head)) !== undefined && indentOf(head) === column) {
    let items = 0;
    for (let line = head; line >= 0 && line < wrong; line = step(line, 1)) if (indentOf(line) === column && isItem(line)) items++;
    const key = before < 0 ? '' : (keyOf(textOf(before)) ?? '');
    if (items === 1 && (before < 0 || areServices(outer) || (indentOf(before) === 0 ? key !== 'include' : takesNoList(key))))
      return result(head, { dashed: true });
  }
  // The first item of a list, out of step with all others.
  if (before >= 0 && isItem(before) && isItem(wrong) && keyOf(textOf(before)) === undefined) return result(odd(before, wrong, outer));
  if (indentOf(head) > column) {
    const found = (before >= 0 && !opens(textOf(before))) || (areServices(before) && belowIt(head)) ? head : odd(head, wrong, before);
    return result(found, { deeper: found === head });
  }
  if (head !== wrong && !/:(?:\s|$)/.test(textOf(head)) && !isItem(head)) return result(head, { keyless: true });
  if (before >= 0 && !opens(textOf(before)) && indentOf(before) > 0 && !isItem(head)) return result(odd(before, head, outer));
  return result(wrong);
}

const serviceKeys = Object.assign({}, ...alternatives(service).map((shape) => (shape.kind === 'map' ? shape.keys : {}))) as Keys;

/** Whether a key of a service, or of the whole file, takes no list. */
const takesNoList = (key: string): boolean => {
  const known = Object.hasOwn(serviceKeys, key) ? serviceKeys[key] : undefined;
  return known !== undefined && !alternatives(known.shape).some(({ kind }) => kind === 'list');
};

/** The key that a line begins with, behind the dash of an item. */
const keyOf = (line: string): string | undefined => /^\s*(?:-\s+)?["']?([\w.-]+)["']?\s*:(?:\s|$)/.exec(line)?.[1];

/** Whether lines below a line may begin further to the right. */
const opens = (line: string): boolean => /^\s*-(?:\s|$)|:\s*(?:[&!]\S*\s*)*(?:#.*)?$|[|>][-+\d]*\s*$/.test(line);

/** By how many columns the lines below a key mostly begin further to the right. */
function unitOf(file: Source, textOf: (line: number) => string): number {
  const counts = new Map<number, number>();
  let from = -1;
  for (let line = 0; line < file.lineStarts.length; line++) {
    const text = textOf(line);
    if (!/^\s*[^\s#]/.test(text)) continue;
    const indent = text.search(/\S/);
    if (from >= 0 && indent > from && !text.trim().startsWith('-')) counts.set(indent - from, (counts.get(indent - from) ?? 0) + 1);
    from = /:\s*(?:#.*)?$/.test(text) ? indent : -1;
  }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? 2;
}
