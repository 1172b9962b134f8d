import { isScalar, parseDocument } from 'yaml';
import type { Change } from '../text/change.ts';
import { lineAt, type Source } from '../text/text.ts';
import type { Entry, Node, ScalarNode } from './model.ts';
import { moveEntries } from './move.ts';
import { Reader } from './reader.ts';

/**
 * An entry after an edit inside one of its values, in which nothing else is another: most keys are typed there. Undefined where the edit
 * may mean more, or the value is of a kind that has to be read with what stands around it.
 */
export function retyped(entry: Entry | undefined, source: Source, before: Source, change: Change, anchored: boolean): Entry | undefined {
  const { start, end, by } = change;
  const found = entry && valueAt(entry.value, change, before.text);
  if (!found) return undefined;
  const { value, inFlow } = found;
  const { span } = value;
  const was = before.text.slice(span.start, span.end);
  const now = source.text.slice(span.start, span.end + by);
  const quoted = isQuoted(was) && isQuoted(now) && span.start < start && end < span.end;
  const safe = inFlow ? plainInFlow : plain;
  if (!quoted && !(safe.test(was) && safe.test(now))) return undefined;
  // A tag or a block begins before the value.
  if (!onItsLine.test(before.text.slice(before.lineStarts[lineAt(before, span.start)], span.start))) return undefined;
  const { contents, errors } = parseDocument(now, { prettyErrors: false, logLevel: 'silent', stringKeys: false });
  if (!isScalar(contents) || errors.length || contents.range[0] !== 0 || contents.range[1] !== now.length) return undefined;
  const read = new Reader(now.length, () => undefined, span.start).node(contents);
  return { ...entry, value: moveEntries(end, by, anchored, { value, by: read }).node(entry.value) };
}

/** The value that an edit lies in, and whether it stands between brackets. */
function valueAt(node: Node, { start, end }: Change, text: string): { readonly value: ScalarNode; readonly inFlow: boolean } | undefined {
  let inFlow = false;
  for (let at: Node | undefined = node; at;) {
    if (at.kind === 'scalar') return { value: at, inFlow };
    inFlow ||= brackets.has(text.charAt(at.span.start));
    const inside: readonly Node[] = at.kind === 'list' ? at.items : at.entries.flatMap(({ merged, value }) => (merged ? [] : [value]));
    at = inside.find(({ span }) => span.start <= start && end <= span.end);
  }
  return undefined;
}

const brackets: ReadonlySet<string> = new Set(['{', '[']);

/** Texts of one line that YAML ends nowhere else than at their end, whatever stands behind them. */
const plain = /^[\w./$~](?:[^\s:#]|:(?=[^\s])|[ ](?=[^\s#]))*(?<!:)$/;
const plainInFlow = /^[\w./$~](?:[^\s:#,[\]{}?]|[ ](?=[\w./$~-]))*$/;
const isQuoted = (text: string): boolean => /^(?:"[^"\\\n\r]*"|'[^'\n\r]*')$/.test(text);

/** What may stand before a value on its line: keys and dashes, and of a list in brackets what is before. */
const onItsLine = /^ *[\w"'[{-](?:[^!&*|>#\t])*$/;
