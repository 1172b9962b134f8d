import { overlaps, type Edit } from '../text/text.ts';
import type { Finding } from './rule.ts';

/** The edits of all safe fixes that do not get in each other's way; a fix is taken whole or not at all. */
export function fixAll(findings: readonly Finding[]): readonly Edit[] {
  const taken: (Edit & { readonly rule: string })[] = [];
  for (const { rule, fixes = [] } of findings) {
    const fix = fixes.find(({ safe }) => safe);
    if (!fix) continue;
    const edits = fix.edits.map((edit) => ({ ...edit, rule }));
    if (edits.some((edit) => taken.some((other) => overlaps(edit.span, other.span) && !stack(edit, other)))) continue;
    taken.push(...edits);
  }
  return taken.map(({ span, text }) => ({ span, text }));
}

type OfRule = Edit & { readonly rule: string };

/** Whether two different lines that one rule puts in at one place can stand one below the other. */
const stack = (one: OfRule, other: OfRule): boolean =>
  one.rule === other.rule && one.text !== other.text && isLine(one) && isLine(other) && one.span.start === other.span.start;
const isLine = ({ span, text }: Edit): boolean => span.start === span.end && (/^\r?\n./.test(text) || /.\n$/.test(text));
