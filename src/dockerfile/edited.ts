import { changeOf } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import { instructionSpec } from './instructions.ts';
import type { Comment, Dockerfile, Instruction, Stage } from './model.ts';
import { firstWhere } from '../text/search.ts';
import { Attached } from '../text/attached.ts';

/** What an edit made of a file, in the words of its language: only for edits that leave the file's structure as it was. */
export interface DockerfileEdit {
  /** What stood there before, and what stands there now; all else has only moved. */
  readonly before: Span;
  readonly after: Span;
  /** Whether it can have touched one of some stages: what it changed stands in one, or anywhere and is an ARG or no instruction. */
  readonly touches: (stages: readonly Stage[]) => boolean;
  /** Those that it is of concern to, and whether there surely is something in the file for them (else see `dockerfileHolds`). */
  readonly concerned: <T extends Looker>(lookers: Lookers<T>) => Map<T, boolean>;
}

/** Someone who looks at so much of a file (see `looksAt` of a rule); at all of it when that is left out. */
export interface Looker {
  readonly looksAt?: readonly string[];
}

/** Lookers by what they look at, so that an edit finds those that it is of concern to without asking each. */
export interface Lookers<T extends Looker> {
  /** Who looks at everything. */
  readonly always: readonly T[];
  /** By keyword, or what else stands there first. */
  readonly by: ReadonlyMap<string, Behind<T>>;
}

interface Wanted<T> {
  readonly who: readonly T[];
  /** Those among them who look at it only beside something else. */
  readonly beside: readonly T[];
}

/** Who looks at what stands behind one keyword: at all of it, and at what has a word. */
interface Behind<T> {
  readonly all: Wanted<T> | undefined;
  /** By word, with those that it begins with. */
  readonly words: ReadonlyMap<string, readonly Wanted<T>[]>;
  /** Finds the longest word at every place; undefined where there are none. */
  readonly find: RegExp | undefined;
}

/** Before what is looked at only beside something else. */
const beside = '&';
/** Whatever has a word. */
const any = '*';
/** How the instructions are called, as it is written. */
const keywords = 'keywords';

export function lookersOf<T extends Looker>(all: readonly T[]): Lookers<T> {
  const by = new Map<string, Map<string | undefined, { readonly who: T[]; readonly beside: T[] }>>();
  for (const each of all)
    for (const part of each.looksAt ?? []) {
      const isBeside = part.startsWith(beside);
      const { first, word } = wordsOf(isBeside ? part.slice(1) : part);
      const words = by.get(first) ?? new Map<string | undefined, { readonly who: T[]; readonly beside: T[] }>();
      by.set(first, words);
      const wanted = words.get(word) ?? { who: [], beside: [] };
      words.set(word, wanted);
      (isBeside ? wanted.beside : wanted.who).push(each);
    }
  return {
    always: all.filter(({ looksAt }) => !looksAt),
    by: new Map([...by].map(([first, words]) => [first, behind(words)])),
  };
}

function behind<T>(wanted: ReadonlyMap<string | undefined, Wanted<T>>): Behind<T> {
  const words = [...wanted].flatMap(([word, each]) => (word === undefined ? [] : [{ word, each }]));
  const longest = words.map(({ word }) => word).sort((a, b) => b.length - a.length);
  return {
    all: wanted.get(undefined),
    words: new Map(longest.map((word) => [word, words.filter((other) => word.startsWith(other.word)).map(({ each }) => each)])),
    find: longest.length ? new RegExp(`(?=(${longest.map((word) => word.replace(/[^\w ]/g, '\\$&')).join('|')}))`, 'g') : undefined,
  };
}

/** `RUN pip` is a keyword and a word. */
function wordsOf(part: string): { readonly first: string; readonly word: string | undefined } {
  const space = part.indexOf(' ');
  return space < 0 ? { first: part, word: undefined } : { first: part.slice(0, space), word: part.slice(space + 1) };
}

/** Instructions that decide how others are read: with another one, everything may be another. */
const decisive = new Set(['FROM', 'SHELL']);
/** Comments that say how instructions are checked. */
const directing = /^(?:hadolint|shellcheck|check|ml-containers)\b/;

/**
 * What an edit changed between two states of a file: the instructions and comments that are no longer what they were, and the instructions
 * that use a variable which one of those sets. Undefined when it reached further: the stages, what stands before the first, how lines are read.
 */
export function dockerfileEdit(before: Dockerfile, after: Dockerfile): DockerfileEdit | undefined {
  const [first] = after.stages;
  const same =
    before.source.path === after.source.path &&
    before.stages.length === after.stages.length &&
    before.template === after.template &&
    before.escape === after.escape;
  if (!first || !same) return undefined;
  if (before.source.text === after.source.text) return untouched(after.source.text.length);
  const { start, end, by } = changeOf(before.source.text, after.source.text);
  const old = touched(before, start, end);
  const now = touched(after, start, end + by);
  if (old.start !== now.start || old.end + by !== now.end) return undefined;
  if (now.start < first.from.span.end) return undefined;
  const instructions = [...old.instructions, ...now.instructions];
  if (instructions.some(({ keyword, trigger }) => decisive.has(keyword) || (trigger && decisive.has(trigger.keyword)))) return undefined;
  const comments = [...old.comments, ...now.comments];
  if (comments.some(({ text }) => directing.test(text))) return undefined;
  const changed = [
    ...[...now.instructions, ...users(after, instructions)].map((each) => ({
      keys: keysOf(each),
      texts: textsOf(each, after),
      file: after,
    })),
    ...old.instructions.map((each) => ({ keys: keysOf(each), texts: textsOf(each, before), file: before })),
  ];
  const others = [
    ...(comments.length ? ['#'] : []),
    ...(keywordsIn(old, before) === keywordsIn(now, after) ? [] : [keywords]),
    ...(before.source.lineStarts.length === after.source.lineStarts.length && before.instructions.length === after.instructions.length
      ? []
      : ['lines']),
  ];
  return {
    before: old,
    after: now,
    touches: (stages) =>
      !instructions.length || instructions.some(({ keyword, stage }) => keyword === 'ARG' || stages.some(({ index }) => index === stage)),
    concerned: <T extends Looker>({ always, by }: Lookers<T>) => {
      const found = new Map<T, boolean>();
      for (const each of always) found.set(each, true);
      const tell = ({ who, beside }: Wanted<T>, file: Dockerfile): void => {
        for (const each of who) if (file === after || !found.has(each)) found.set(each, file === after);
        for (const each of beside) if (!found.has(each)) found.set(each, false);
      };
      const hear = (key: string, texts: readonly string[], file: Dockerfile): void => {
        const here = by.get(key);
        if (!here) return;
        if (here.all) tell(here.all, file);
        const { find } = here;
        // Most say none of the words.
        if (!find || !texts.some((text) => text.search(find) >= 0)) return;
        const said = new Set(texts.flatMap((text) => Array.from(text.matchAll(find), ([, word = '']) => word)));
        for (const word of said) for (const wanted of here.words.get(word) ?? []) tell(wanted, file);
      };
      for (const { keys, texts, file } of changed) {
        for (const key of keys) hear(key, texts, file);
        hear(any, texts, file);
      }
      for (const each of others) hear(each, [], each === keywords || (each === '#' && now.comments.length) ? after : before);
      return found;
    },
  };
}

const untouched = (length: number): DockerfileEdit => ({
  before: { start: length, end: length },
  after: { start: length, end: length },
  touches: () => true,
  // Who is asked again about the same text is told something else than before.
  concerned: ({ always, by }) => new Map([...always, ...(by.get('shellcheck')?.all?.who ?? [])].map((each) => [each, false])),
});

/** Whether there is something in a file for someone who looks at this much of it. A fragment without FROM may have anything. */
export function dockerfileHolds(file: Dockerfile, looksAt: readonly string[]): boolean {
  if (!file.stages.length) return true;
  const known = held.get(file) ?? new Map<string, boolean>();
  held.set(file, known);
  for (const part of looksAt) {
    if (part.startsWith(beside)) continue;
    let holds = known.get(part);
    if (holds === undefined) {
      holds = part === keywords || (part === '#' ? file.comments.length > 0 : isThere(part, file));
      known.set(part, holds);
    }
    if (holds) return true;
  }
  return false;
}

const held = new Attached<Dockerfile, Map<string, boolean>>();

/** `RUN` sees every RUN; `RUN pip` those that have `pip` somewhere; `* pip` all that have. */
function isThere(part: string, file: Dockerfile): boolean {
  const { first, word } = wordsOf(part);
  return file.instructions.some(
    (each) =>
      (first === any || each.keyword === first || each.trigger?.keyword === first) &&
      (word === undefined || textsOf(each, file).some((text) => text.includes(word))),
  );
}

/** What waits behind ONBUILD counts, too. */
const keysOf = ({ keyword, trigger }: Instruction): readonly string[] => (trigger ? [keyword, trigger.keyword] : [keyword]);

/** What is written behind a known keyword, heredocs included, and with its lines joined: a word may go on in the next line. */
function textsOf({ keyword, span, body }: Instruction, { source: { text } }: Dockerfile): readonly string[] {
  const written = text.slice(span.start + (instructionSpec(keyword) ? keyword.length : 0), span.end);
  return written.includes('\n') ? [written, body.text] : [written];
}

const keywordsIn = ({ instructions }: Touched, { source: { text } }: Dockerfile): string =>
  instructions.map(({ keywordSpan }) => text.slice(keywordSpan.start, keywordSpan.end)).join(' ');

interface Touched {
  readonly start: number;
  readonly end: number;
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Comment[];
}

/** The instructions and comments that a range of the text is in or next to, and the range with all of them in it. */
function touched({ instructions, comments, source }: Dockerfile, start: number, end: number): Touched {
  const found = instructions.slice(
    firstWhere(instructions.length, (at) => (instructions[at]?.span.end ?? 0) >= start),
    firstWhere(instructions.length, (at) => (instructions[at]?.span.start ?? 0) > end),
  );
  const from = Math.min(start, found[0]?.span.start ?? start);
  const to = Math.max(end, found.at(-1)?.span.end ?? end);
  const said = comments.filter(({ span }) => span.end >= start && span.start <= end);
  const lineStart = source.text.lastIndexOf('\n', Math.min(from, said[0]?.span.start ?? from) - 1) + 1;
  return { start: lineStart, end: Math.max(to, said.at(-1)?.span.end ?? to), instructions: found, comments: said };
}

/** The instructions that use a variable which some others set, and those that use what they set in turn. */
function users({ instructions, source: { text } }: Dockerfile, setters: readonly Instruction[]): readonly Instruction[] {
  const found = new Set<Instruction>();
  const open = [...setters];
  const seen = new Set<string>();
  for (let setter = open.pop(); setter; setter = open.pop()) {
    if (setter.keyword !== 'ENV' && setter.keyword !== 'ARG') continue;
    for (const { name } of setter.pairs ?? []) {
      if (seen.has(name.value)) continue;
      seen.add(name.value);
      const uses = [`$${name.value}`, `\${${name.value}`];
      if (!uses.some((use) => text.includes(use))) continue;
      for (const each of instructions) {
        if (found.has(each)) continue;
        if (!uses.some((use) => text.slice(each.span.start, each.span.end).includes(use))) continue;
        found.add(each);
        open.push(each);
      }
    }
  }
  return [...found];
}
