import type { ComposeFile, Node } from '../../compose/model.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Fold } from '../model.ts';

/** Every key and list item that takes several lines, the outer one where two begin in a line, and runs of comment lines. */
export function foldsInCompose({ source, documents }: ComposeFile): readonly Fold[] {
  const folds: Fold[] = [];
  const begun = new Set<number>();
  const fold = (start: number, end: number): void => {
    const to = start + source.text.slice(start, end).trimEnd().length;
    const [first, last] = [lineAt(source, start), lineAt(source, to)];
    if (last <= first || begun.has(first)) return;
    begun.add(first);
    folds.push({ start: lineSpan(source, first).end, end: lineSpan(source, last).end });
  };
  const visit = (node: Node): void => {
    // What an alias brings folds where it is written.
    if (node.alias) return;
    if (node.kind === 'map')
      for (const { keySpan, value, merged } of node.entries) {
        if (merged) continue;
        if (!value.alias) fold(keySpan.start, value.span.end);
        visit(value);
      }
    else if (node.kind === 'list')
      for (const item of node.items) {
        if (!item.alias) fold(item.span.start, item.span.end);
        visit(item);
      }
  };
  documents.forEach(visit);
  let first = -1;
  for (let line = 0; line <= source.lineStarts.length; line++) {
    const { start, end } = lineSpan(source, line);
    const comment = line < source.lineStarts.length && /^\s*#/.test(source.text.slice(start, end));
    if (comment && first < 0) first = line;
    if (comment || first < 0) continue;
    if (line - first > 1) folds.push({ start: lineSpan(source, first).end, end: lineSpan(source, line - 1).end, kind: 'comment' });
    first = -1;
  }
  return folds;
}
