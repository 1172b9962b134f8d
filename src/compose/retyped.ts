import { isScalar, parseDocument } from 'yaml';
import type { Change } from '../text/change.ts';
import { lineAt, type Source, type Span } from '../text/text.ts';
import type { ComposeFile, MapNode, Node, ScalarNode } from './model.ts';
import { moveEntries } from './move.ts';
import { Reader } from './reader.ts';
import type { Memory, Parsed } from './reparse.ts';

/**
 * A file after an edit inside one of its values, in which nothing else is another: most keys are typed there. Undefined where the edit
 * may mean more, or the value is of a kind that has to be read with what stands around it.
 */
export function retyped(source: Source, before: ComposeFile, memory: Memory, change: Change): Parsed | undefined {
  const { root } = before;
  if (!root || before.documents.length !== 1 || memory.mistakes.length || memory.complaints.length) return undefined;
  const { start, end, by } = change;
  const text = before.source.text;
  const found = valueAt(root, change, text);
  if (!found) return undefined;
  const { span, inFlow } = found;
  const was = text.slice(span.start, span.end);
  const now = source.text.slice(span.start, span.end + by);
  const quoted = isQuoted(was) && isQuoted(now) && span.start < start && end < span.end;
  const safe = inFlow ? plainInFlow : plain;
  if (!quoted && !(safe.test(was) && safe.test(now))) return undefined;
  // A tag or a block begins before the value.
  if (!onItsLine.test(text.slice(before.source.lineStarts[lineAt(before.source, span.start)], span.start))) return undefined;
  const read = quoted || isWord(now) ? textAt(span.start, now, quoted) : readAt(span.start, now);
  if (!read) return undefined;
  const move = moveEntries(end, by, before.anchored, { at: span, by: read });
  const whole = { ...root, span: { start: root.span.start, end: root.span.end + by }, entries: move.entries(root.entries) };
  return {
    language: 'compose',
    source,
    broken: false,
    anchored: before.anchored,
    root: whole,
    documents: [whole],
    faults: [],
    memory: { anchors: move.anchors(memory.anchors), mistakes: [], complaints: [] },
  };
}

/** Whether a text without quotes is one for YAML too: no number, nothing, or truth value. */
const isWord = (text: string): boolean => /^[A-Za-z_/$]/.test(text) && !/^(?:true|false|null)$/i.test(text);

const textAt = (start: number, written: string, quoted: boolean): ScalarNode => {
  const value = quoted ? written.slice(1, -1) : written;
  return { kind: 'scalar', span: { start, end: start + written.length }, value, text: value, quoted };
};

/** A value as YAML reads it; undefined when it is more than one. */
function readAt(start: number, written: string): Node | undefined {
  const { contents, errors } = parseDocument(written, { prettyErrors: false, logLevel: 'silent', stringKeys: false });
  if (!isScalar(contents) || errors.length || contents.range[0] !== 0 || contents.range[1] !== written.length) return undefined;
  return new Reader(written.length, () => undefined, start).node(contents);
}

/** Where the value stands that an edit lies in, and whether it stands between brackets. */
function valueAt(root: MapNode, { start, end }: Change, text: string): { readonly span: Span; readonly inFlow: boolean } | undefined {
  let inFlow = false;
  for (let at: Node | undefined = root; at;) {
    // What an alias brings stands where its anchor does.
    if (at.alias) return undefined;
    if (at.kind === 'scalar') return { span: at.span, inFlow };
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
