import { isMap, isScalar, parseDocument } from 'yaml';
import type { Change } from '../text/change.ts';
import { lineAt, type Source, type Span } from '../text/text.ts';
import { isLoose } from './looseFlow.ts';
import { entry, type ComposeFile, type Entry, type Fault, type MapNode } from './model.ts';
import { moveEntries } from './move.ts';
import { retyped } from './retyped.ts';
import { Reader, type Anchor } from './reader.ts';
import { tabFaults } from './tabLines.ts';
import { mistakesOf, yamlFaults, type Mistake } from './yamlFaults.ts';

// After an edit inside `services`, only the services that it touched are read again; all else moves. Whatever could reach
// further (anchors, a line in the wrong column, a mistake at the edge) is left to a reading of the whole file.

/** What the reading of a file leaves for that of its next state. */
export interface Memory {
  readonly anchors: ReadonlyMap<string, Anchor>;
  /** What YAML cannot read. */
  readonly mistakes: readonly Mistake[];
  /** What can be read and makes no sense. */
  readonly complaints: readonly Fault[];
}

/** A file without what is derived from its root. */
export type Parsed = Omit<ComposeFile, 'services' | 'template' | 'brokenFrom'> & { readonly memory: Memory };

/** Stands in for `services:` above the services that are read again. */
const parent = 's:\n';
const definesAnchor = /(?:^|[\s[{,:"'\]}-])&(?!&?(?:\s|$))[^\s[\]{},]/m;
const endsDocument = /^(?:---|\.\.\.|%)/m;

/** The file after an edit, from what it was before; undefined when it has to be read as a whole. */
export const reparse = (source: Source, before: ComposeFile, memory: Memory, change: Change): Parsed | undefined =>
  retyped(source, before, memory, change) ?? reread(source, before, memory, change);

/** With the services read again that the edit touched. */
function reread(source: Source, before: ComposeFile, memory: Memory, change: Change): Parsed | undefined {
  const { root } = before;
  const section = entry(root, 'services');
  const services = section?.value;
  if (!root || !section || section.merged || services?.kind !== 'map' || before.documents.length !== 1) return undefined;
  // Between brackets, and behind a tag, a service is read with all that is around it.
  if (before.source.text.startsWith('{', root.span.start) || services.tag !== undefined) return undefined;
  const region = regionOf(before, root, section, services, change);
  if (!region) return undefined;
  const { start, end, first, last } = region;
  const { by } = change;
  const now = source.text.slice(start, end + by);
  if (definesAnchor.test(now) || definesAnchor.test(before.source.text.slice(start, end)) || endsDocument.test(now)) return undefined;

  const complaints: Fault[] = [];
  const known = new Map([...memory.anchors].filter(([, { node }]) => node && node.span.end <= start));
  const inside = [...memory.anchors.values()].some(({ node }) => !node || (node.span.end > start && node.span.start < end));
  const reader = new Reader(source.text.length, (fault) => complaints.push(fault), start - parent.length, known);
  const read = readServices(now, region, reader);
  // A line in the wrong column is spoken of by all lines after it.
  if (!read || [...memory.mistakes, ...read.mistakes].some(({ code }) => code === 'BAD_INDENT')) return undefined;
  // `a: && b` defines one called «&»: most often that is a command.
  if (inside || reader.anchors.size > known.size) return undefined;
  if (read.mistakes.some((mistake) => isLoose(source.text, mistake))) return undefined;
  // And one elsewhere may go with how all that stands around it is read; only a key that is there twice surely does not.
  // While no key of a service is another.
  const were = services.entries.slice(first, last + 1);
  const sameKeys = were.length === read.entries.length && were.every(({ key }, at) => key === read.entries[at]?.key);
  if (memory.mistakes.some(({ code, pos }) => (code !== 'DUPLICATE_KEY' || !sameKeys) && (pos[0] < start || pos[0] >= end)))
    return undefined;
  const names = new Set(services.entries.flatMap(({ key }, at) => (at < first || at > last ? [key] : [])));
  for (const { key } of read.entries) {
    // Where a key that is not written stands depends on what is before it.
    if (key === '' || names.has(key)) return undefined;
    names.add(key);
  }
  const touches = (from: number, to: number): boolean => (from < start && to >= start) || (from <= end && to >= end);
  if (memory.mistakes.some(({ pos }) => touches(...pos)) || memory.complaints.some(({ span }) => touches(span.start, span.end)))
    return undefined;
  // Of an alias it is told at its anchor, by whichever service has it.
  const anchored = [...known.values()].flatMap(({ node }) => node?.span ?? []);
  if (memory.complaints.some(({ span }) => anchored.some(({ start, end }) => start <= span.start && span.end <= end))) return undefined;

  const move = moveEntries(end, by, before.anchored);
  const endsServices = last === services.entries.length - 1;
  const map: MapNode = {
    ...services,
    span: { start: services.span.start, end: endsServices ? read.end : services.span.end + by },
    entries: [...services.entries.slice(0, first), ...read.entries, ...move.entries(services.entries.slice(last + 1))],
  };
  const at = root.entries.indexOf(section);
  const endsRoot = endsServices && at === root.entries.length - 1;
  const whole: MapNode = {
    ...root,
    span: { start: root.span.start, end: endsRoot ? read.nodeEnd : root.span.end + by },
    entries: [...root.entries.slice(0, at), { ...section, value: map }, ...move.entries(root.entries.slice(at + 1))],
  };
  const mistakes = [
    ...memory.mistakes.filter(({ pos }) => pos[0] < start),
    ...read.mistakes,
    ...memory.mistakes.filter(({ pos }) => pos[0] >= end).map((mistake) => moved(mistake, by)),
  ];
  const elsewhere = memory.complaints.filter(({ span }) => span.start < start || span.start >= end);
  const others = [...elsewhere.map((fault) => ({ ...fault, span: move.span(fault.span) })), ...complaints, ...read.tabs];
  return {
    language: 'compose',
    source,
    broken: mistakes.length > 0,
    anchored: before.anchored,
    root: whole,
    documents: [whole],
    faults: [...yamlFaults(source, mistakes), ...others],
    memory: {
      anchors: move.anchors(memory.anchors),
      mistakes,
      complaints: others,
    },
  };
}

/** The lines of the services that an edit touched, and which those are. */
interface Region extends Span {
  readonly first: number;
  readonly last: number;
  readonly column: number;
  /** What comes after them. */
  readonly after: 'service' | 'section' | 'end';
}

function regionOf({ source }: ComposeFile, root: MapNode, section: Entry, { entries }: MapNode, change: Change): Region | undefined {
  const [one] = entries;
  const next = root.entries.find(({ keySpan, merged }) => !merged && keySpan.start > section.keySpan.start);
  if (!one || entries.some(unclear) || root.entries.some(unclear)) return undefined;
  const lineOf = (offset: number): number => source.lineStarts[lineAt(source, offset)] ?? 0;
  const column = one.keySpan.start - lineOf(one.keySpan.start);
  const startOf = (at: number): number => {
    const begin = entries[at]?.keySpan.start ?? next?.keySpan.start;
    return begin === undefined ? source.text.length : lineOf(begin);
  };
  const first = entries.findLastIndex((_, at) => startOf(at) <= change.start);
  if (first < 0 || column === 0) return undefined;
  let last = first;
  while (last < entries.length - 1 && startOf(last + 1) <= change.end) last++;
  const [start, end] = [startOf(first), startOf(last + 1)];
  const written = source.text.slice(start, start + column);
  const after = last < entries.length - 1 ? 'service' : next ? 'section' : 'end';
  const closed = change.end < end || after === 'end';
  return closed && /^ +$/.test(written) && startOf(first) > section.keySpan.end ? { start, end, first, last, column, after } : undefined;
}

/**
 * Reads services that stand by themselves, with what comes after them in the file shown by one key: when that is not read as such a
 * key, what was written reaches further, and the answer is undefined.
 */
function readServices(text: string, { start, column, after }: Region, reader: Reader) {
  const written = parent + text;
  const next = after === 'end' ? '' : `${after === 'service' ? ' '.repeat(column) : ''}next: 0\n`;
  const document = parseDocument(written + next, { prettyErrors: false, logLevel: 'silent', stringKeys: false });
  const offset = start - parent.length;
  const { contents, errors } = document;
  const [only, ...more] = isMap(contents) ? contents.items : [];
  if (!isMap(only?.value) || only.value.flow || errors.some(({ pos }) => pos[1] >= written.length)) return undefined;
  const inner = after === 'service' ? only.value.items.pop() : undefined;
  const [follower, ...others] = inner ? [inner, ...more] : more;
  const place = isScalar(follower?.key) ? follower.key.range[0] : undefined;
  if (others.length || (next === '' ? follower : place !== written.length + next.length - 'next: 0\n'.length)) return undefined;
  const { range, items } = only.value;
  const [from, to, nodeEnd] = range;
  if (from - parent.length !== column || !items.length) return undefined;
  const node = reader.node(only.value);
  if (node.kind !== 'map' || node.entries.length !== items.length || node.entries.some(unclear)) return undefined;
  // A first line without a colon would take the next one with it, which it does not behind others.
  const [head] = node.entries;
  if (!head || text.slice(0, head.keySpan.end - start).includes('\n')) return undefined;
  return {
    entries: node.entries,
    end: to + offset,
    nodeEnd: nodeEnd + offset,
    mistakes: mistakesOf(errors).map((error) => moved(error, offset)),
    tabs: tabFaults(written, [document], offset),
  };
}

/** What came from elsewhere, and a key that is not there: it has its place where YAML saw that it was missing. */
const unclear = ({ merged, key }: Entry): boolean => merged === true || key === '';

const moved = ({ code, message, pos }: Mistake, by: number): Mistake => ({ code, message, pos: [pos[0] + by, pos[1] + by] });
