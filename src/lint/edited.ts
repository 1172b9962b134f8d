import type { ComposePart } from '../compose/parts.ts';
import { shifted, type Change } from '../text/change.ts';
import { contains, type Span } from '../text/text.ts';
import type { Finding } from './rule.ts';

// Findings of before an edit, where they stand after it.

/** The findings of a rule that sees some pieces, none of which an edit changed; undefined when it has to look again. `parts` are those that changed. */
export function stillThere(
  findings: readonly Finding[],
  names: readonly string[],
  change: Change,
  parts: readonly ComposePart[],
): readonly Finding[] | undefined {
  const seen = ({ pieces, start }: ComposePart, span: Span): boolean => {
    const own = shifted(span, -start);
    return pieces.some((piece) => piece.span && (piece.name === undefined || names.includes(piece.name)) && contains(piece.span, own));
  };
  const still = movedWith(findings, change);
  // What stands in a part that changed, and not in what the rule sees of it, may stand elsewhere now.
  return still?.some((now) => spansOf(now).some((span) => parts.some((part) => part.holds(span) && !seen(part, span)))) ? undefined : still;
}

/** Findings where they stand after a change; undefined when one of them stood in it. What stood at `from` or behind it went to `to` with it. */
export function movedWith(findings: readonly Finding[], change: Change, from = Infinity, to = from): readonly Finding[] | undefined {
  if (!findings.length) return findings;
  const move = (span: Span): Span | undefined => (span.start >= from && from !== to ? shifted(span, to - from) : after(span, change));
  const still: Finding[] = [];
  for (const finding of findings) {
    const now = relocated(finding, move);
    if (!now) return undefined;
    still.push(now);
  }
  return still;
}

/** Where something stands after a change that did not touch it. What would be put in where something was put in may stand before or behind it. */
const after = (span: Span, { start, end, by }: Change): Span | undefined => {
  if (span.start === span.end && span.start === start) return undefined;
  return span.end <= start ? span : span.start >= end ? shifted(span, by) : undefined;
};

/** Whether a finding and all that its fixes change stand in one place. */
export const isWithin = (finding: Finding, holds: (span: Span) => boolean): boolean => spansOf(finding).every(holds);

const spansOf = ({ span, fixes = [] }: Finding): readonly Span[] => [span, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];

export const movedBy = (finding: Finding, by: number): Finding => moved(finding, (span) => shifted(span, by));

/** A finding where it stands now, the same if it has not moved; undefined where one of its places is not known any more. */
export function relocated(finding: Finding, move: (span: Span) => Span | undefined): Finding | undefined {
  let same = true;
  for (const span of spansOf(finding)) {
    const now = move(span);
    if (!now) return undefined;
    if (now !== span) same = false;
  }
  return same ? finding : moved(finding, (span) => move(span) ?? span);
}

/** A finding elsewhere, with all that its fixes change. */
function moved(finding: Finding, move: (span: Span) => Span): Finding {
  const { span, fixes } = finding;
  return {
    ...finding,
    span: move(span),
    ...(fixes && {
      fixes: fixes.map((fix) => ({ ...fix, edits: fix.edits.map((edit) => ({ ...edit, span: move(edit.span) })) })),
    }),
  };
}
