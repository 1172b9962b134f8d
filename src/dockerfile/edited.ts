import { changeOf } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import type { Comment, Dockerfile, Instruction } from './model.ts';
import { firstWhere } from '../text/search.ts';

/** What an edit made of a file, in the words of its language: only for edits that leave the file's structure as it was. */
export interface DockerfileEdit {
  /** What stood there before, and what stands there now; all else has only moved. */
  readonly before: Span;
  readonly after: Span;
  /** Whether it is of concern to someone who looks at this much of a file (see `looksAt` of a rule). */
  readonly concerns: (looksAt: readonly string[]) => boolean;
}

/** Before what is looked at only beside something else. */
const beside = '&';

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
  const concerned = [...now.instructions, ...users(after, instructions)];
  const others = [
    ...(comments.length ? ['#'] : []),
    ...(before.source.lineStarts.length === after.source.lineStarts.length && before.instructions.length === after.instructions.length
      ? []
      : ['lines']),
  ];
  // Many look at the same.
  const known = new Map(others.map((part) => [part, true]));
  const touches = (part: string): boolean => {
    let touched = known.get(part);
    if (touched === undefined)
      known.set(
        part,
        (touched = old.instructions.some((each) => sees(part, each, before)) || concerned.some((each) => sees(part, each, after))),
      );
    return touched;
  };
  return {
    before: old,
    after: now,
    concerns: (looksAt) => looksAt.some((part) => touches(part.startsWith(beside) ? part.slice(1) : part)),
  };
}

const untouched = (length: number): DockerfileEdit => ({
  before: { start: length, end: length },
  after: { start: length, end: length },
  // Who is asked again about the same text is told something else than before.
  concerns: (looksAt) => looksAt.includes('shellcheck'),
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
      holds = part === '#' ? file.comments.length > 0 : file.instructions.some((each) => sees(part, each, file));
      known.set(part, holds);
    }
    if (holds) return true;
  }
  return false;
}

const held = new WeakMap<Dockerfile, Map<string, boolean>>();

/** `RUN` sees every RUN; `RUN pip` those that have `pip` somewhere; `* pip` all that have. */
function sees(part: string, { keyword, trigger, span, body }: Instruction, { source: { text } }: Dockerfile): boolean {
  const space = part.indexOf(' ');
  const wanted = space < 0 ? part : part.slice(0, space);
  // What waits behind ONBUILD counts, too.
  if (wanted !== '*' && wanted !== keyword && wanted !== trigger?.keyword) return false;
  if (space < 0) return true;
  const word = part.slice(space + 1);
  // As it is written, heredocs included, and with its lines joined: a word may go on in the next line.
  return text.slice(span.start, span.end).includes(word) || body.text.includes(word);
}

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
