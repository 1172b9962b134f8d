import type { Edit } from './text.ts';

/** The lines that differ between two texts as edits of the first: what is equal at both ends stays untouched. */
export function difference(before: string, after: string): readonly Edit[] {
  if (before === after) return [];
  let start = 0;
  const least = Math.min(before.length, after.length);
  while (start < least && before[start] === after[start]) start++;
  let same = 0;
  while (same < least - start && before[before.length - 1 - same] === after[after.length - 1 - same]) same++;
  // A pair of UTF-16 surrogates and a line break stay whole.
  while (start > 0 && /[\uD800-\uDBFF\r]/.test(before[start - 1] ?? '')) start--;
  while (same > 0 && /[\uDC00-\uDFFF\n]/.test(before[before.length - same] ?? '')) same--;
  return [{ span: { start, end: before.length - same }, text: after.slice(start, after.length - same) }];
}
