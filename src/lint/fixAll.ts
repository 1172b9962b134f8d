import { overlaps, type Edit } from '../text/text.ts';
import type { Finding } from './rule.ts';

/** The edits of all safe fixes that do not get in each other's way; a fix is taken whole or not at all. */
export function fixAll(findings: readonly Finding[]): readonly Edit[] {
  const taken: Edit[] = [];
  for (const { fixes = [] } of findings) {
    const fix = fixes.find(({ safe }) => safe);
    if (!fix || fix.edits.some((edit) => taken.some((other) => overlaps(edit.span, other.span)))) continue;
    taken.push(...fix.edits);
  }
  return taken;
}
