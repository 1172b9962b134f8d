import { changeOf } from './change.ts';
import type { Edit } from './text.ts';

/** What differs between two texts as edits of the first: what is equal at both ends stays untouched. */
export function difference(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  const change = changeOf(before, after);
  let { start } = change;
  let same = before.length - change.end;
  // A pair of UTF-16 surrogates and a line break stay whole.
  while (start > 0 && /[\uD800-\uDBFF\r]/.test(before[start - 1] ?? '')) start--;
  while (same > 0 && /[\uDC00-\uDFFF\n]/.test(before[before.length - same] ?? '')) same--;
  return [{ span: { start, end: before.length - same }, text: after.slice(start, after.length - same) }];
}
