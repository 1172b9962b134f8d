import type { Node, ScalarNode } from '../../compose/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { slice, type Source, type Span } from '../../text/text.ts';

/** A fix that writes another text in place of a scalar, its quotes kept; none where the text does not stand there as it is. */
export function replaceText(file: Source, node: ScalarNode, right: string, safe: boolean, part = node.text): readonly Fix[] {
  const span = placeOf(file, node, part);
  return span ? [{ title: `Write ${right}`, safe, edits: [{ span, text: right }] }] : [];
}

/** Where a part of a node's text is first written; nothing where it does not stand there as it is. */
export function placeOf(file: Source, node: Node, part: string): Span | undefined {
  if (node.span.start < 0 || part === '') return undefined;
  const at = slice(file, node.span).indexOf(part);
  const start = node.span.start + at;
  return at < 0 ? undefined : { start, end: start + part.length };
}
