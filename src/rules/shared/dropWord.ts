import { removeItem } from '../../compose/insert.ts';
import { get, type MapNode } from '../../compose/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import type { CommandWord } from './serviceCommand.ts';
import { literal } from '../../text/literal.ts';

/** A fix that takes a word out of the command of a service; none where the text has it otherwise, or more than once. */
export function dropWord(file: Source, service: MapNode, { value, node }: CommandWord, safe: boolean): readonly Fix[] {
  const title = `Leave out ${value}`;
  for (const key of ['entrypoint', 'command']) {
    const list = get(service, key);
    if (list?.kind !== 'list' || !list.items.includes(node) || node.kind !== 'scalar' || node.text !== value) continue;
    const edit = removeItem(file, list, node);
    return edit ? [{ title, safe, edits: [edit] }] : [];
  }
  const written = slice(file, node.span);
  // The shell takes an empty pair of quotes for nothing.
  const found = new RegExp(`\\s${literal(value)}(?:''|"")?(?=["']*(?:\\s|$))`).exec(written);
  if (node.span.start < 0 || !found || written.split(value).length !== 2) return [];
  const start = node.span.start + found.index;
  return [{ title, safe, edits: [{ span: { start, end: start + found[0].length }, text: '' }] }];
}
