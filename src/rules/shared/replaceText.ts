import type { ScalarNode } from '../../compose/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';

/** A fix that writes another text in place of a scalar, its quotes kept; none where the text does not stand there as it is. */
export function replaceText(file: Source, node: ScalarNode, right: string, safe: boolean, part = node.text): readonly Fix[] {
  const written = slice(file, node.span);
  const at = part === '' ? -1 : written.indexOf(part);
  if (node.span.start < 0 || at < 0) return [];
  const start = node.span.start + at;
  return [{ title: `Write ${right}`, safe, edits: [{ span: { start, end: start + part.length }, text: right }] }];
}
