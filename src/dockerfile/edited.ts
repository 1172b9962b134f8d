import { changeOf } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import type { Comment, Dockerfile, Instruction } from './model.ts';

/** What an edit made of a file, in the words of its language: only for edits that leave the file's structure as it was. */
export interface DockerfileEdit {
  /** What stood there before, and what stands there now; all else has only moved. */
  readonly before: Span;
  readonly after: Span;
  /** Whether it is of concern to someone who looks at this much of a file (see `looksAt` of a rule). */
  readonly concerns: (looksAt: readonly string[]) => boolean;
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
  const texts = [
    ...old.instructions.map((each) => textOf(before, each)),
    ...[...now.instructions, ...users(after, instructions)].map((each) => textOf(after, each)),
  ];
  if (comments.length) texts.push({ keywords: ['#'], text: '' });
  if (before.source.lineStarts.length !== after.source.lineStarts.length) texts.push({ keywords: ['lines'], text: '' });
  return {
    before: old,
    after: now,
    concerns: (looksAt) =>
      texts.some(({ keywords, text }) => keywords.some((keyword) => looksAt.some((part) => sees(part, keyword, text)))),
  };
}

const untouched = (length: number): DockerfileEdit => ({
  before: { start: length, end: length },
  after: { start: length, end: length },
  concerns: () => false,
});

/** Whether there is something in a file for someone who looks at this much of it. A fragment without FROM may have anything. */
export function dockerfileHolds(file: Dockerfile, looksAt: readonly string[]): boolean {
  if (!file.stages.length) return true;
  const known = held.get(file) ?? new Map<string, boolean>();
  held.set(file, known);
  for (const part of looksAt) {
    let holds = known.get(part);
    if (holds === undefined) {
      holds = file.instructions.some((each) => {
        const { keywords, text } = textOf(file, each);
        return keywords.some((keyword) => sees(part, keyword, text));
      });
      if (part === '#') holds = file.comments.length > 0;
      known.set(part, holds);
    }
    if (holds) return true;
  }
  return false;
}

const held = new WeakMap<Dockerfile, Map<string, boolean>>();

/** `RUN` sees every RUN; `RUN pip` those that have `pip` somewhere; `* pip` all that have. */
function sees(part: string, keyword: string, text: string): boolean {
  if (part.startsWith('* ')) return text.includes(part.slice(2));
  if (!part.startsWith(keyword)) return false;
  return part.length === keyword.length || (part[keyword.length] === ' ' && text.includes(part.slice(keyword.length + 1)));
}

interface Written {
  readonly keywords: readonly string[];
  readonly text: string;
}

const textOf = ({ source }: Dockerfile, { keyword, trigger, span }: Instruction): Written => ({
  keywords: trigger ? [keyword, trigger.keyword] : [keyword],
  text: written(source.text.slice(span.start, span.end)),
});

/** A word may go on in the next line. */
const written = (text: string): string =>
  text.includes('\n') ? `${text}\n${text.replace(/[\\`][ \t]*\r?\n(?:[ \t]*#.*\n)*/g, '')}` : text;

interface Touched {
  readonly start: number;
  readonly end: number;
  readonly instructions: readonly Instruction[];
  readonly comments: readonly Comment[];
}

/** The instructions and comments that a range of the text is in or next to, and the range with all of them in it. */
function touched({ instructions, comments, source }: Dockerfile, start: number, end: number): Touched {
  const found = instructions.slice(
    lowest(instructions, ({ span }) => span.end >= start),
    lowest(instructions, ({ span }) => span.start > end),
  );
  const from = Math.min(start, found[0]?.span.start ?? start);
  const to = Math.max(end, found.at(-1)?.span.end ?? end);
  const said = comments.filter(({ span }) => span.end >= start && span.start <= end);
  const lineStart = source.text.lastIndexOf('\n', Math.min(from, said[0]?.span.start ?? from) - 1) + 1;
  return { start: lineStart, end: Math.max(to, said.at(-1)?.span.end ?? to), instructions: found, comments: said };
}

/** The first index from which on something holds. */
function lowest<T>(items: readonly T[], holds: (item: T) => boolean): number {
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && holds(item)) high = middle;
    else low = middle + 1;
  }
  return low;
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
