import type { Document } from '../document.ts';
import type { Change } from '../text/change.ts';
import type { Part } from '../text/part.ts';
import { contains, type Span } from '../text/text.ts';
import type { Finding } from './rule.ts';

// Findings of before an edit, where they stand after it.

/** What an edit changed: where, in which parts, and the names of their pieces. */
export interface Edited {
  readonly change: Change;
  readonly parts: readonly Part<Document>[];
  readonly pieces: ReadonlySet<string>;
}

/** The findings of a rule that sees some pieces, none of which an edit changed; undefined when it has to look again. */
export function stillThere(
  findings: readonly Finding[],
  names: readonly string[],
  { change, parts, pieces }: Edited,
): Finding[] | undefined {
  if (names.some((name) => pieces.has(name))) return undefined;
  const seen = ({ pieces = [] }: Part<Document>, span: Span): boolean =>
    pieces.some((piece) => piece.span && (piece.name === undefined || names.includes(piece.name)) && contains(piece.span, span));
  const still: Finding[] = [];
  for (const finding of findings) {
    const now = relocated(finding, (span) => after(span, change));
    // What stands in a part that changed, and not in what the rule sees of it, may stand elsewhere now.
    if (!now || spansOf(now).some((span) => parts.some((part) => part.holds(span) && !seen(part, span)))) return undefined;
    still.push(change.by === 0 ? finding : now);
  }
  return still;
}

/** Where something stands after a change that did not touch it. */
const after = (span: Span, { start, end, by }: Change): Span | undefined =>
  span.end <= start ? span : span.start >= end ? shifted(span, by) : undefined;

/** Whether a finding and all that its fixes change stand in one place. */
export const isWithin = (finding: Finding, holds: (span: Span) => boolean): boolean => spansOf(finding).every(holds);

const spansOf = ({ span, fixes = [] }: Finding): readonly Span[] => [span, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))];

const shifted = ({ start, end }: Span, by: number): Span => ({ start: start + by, end: end + by });

export const movedBy = (finding: Finding, by: number): Finding => moved(finding, (span) => shifted(span, by));

/** A finding where it stands now; undefined where one of its places is not known any more. */
export const relocated = (finding: Finding, move: (span: Span) => Span | undefined): Finding | undefined =>
  isWithin(finding, (span) => move(span) !== undefined) ? moved(finding, (span) => move(span) ?? span) : undefined;

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
