import { shifted, type Change } from '../text/change.ts';
import { firstWhere } from '../text/search.ts';
import type { Source } from '../text/text.ts';
import type { Comment, Dockerfile, Instruction } from './model.ts';
import { firstLineOf, moved } from './move.ts';
import { Reader } from './read.ts';
import { stagesOf } from './stages.ts';

// After an edit inside a stage, only the instructions that it touched are read again. Those before it are the same, so that what was worked
// out about them holds; those behind it are moved. Whatever makes other stages is left to a reading of the whole file.

/** A file after an edit, and the instructions that are others: as they were, and as they are. */
export interface Reread {
  readonly file: Dockerfile;
  readonly gone: readonly Instruction[];
  readonly now: readonly Instruction[];
}

/** A file after an edit, from what it was before; undefined when it has to be read as a whole. */
export function reread(before: Dockerfile, source: Source, change: Change): Reread | undefined {
  const { instructions, comments, stages, escape, directives } = before;
  if (before.template) return undefined;
  const { text } = source;
  const { by } = change;
  const touched = firstWhere(instructions.length, (at) => (instructions[at]?.span.end ?? 0) >= change.start);
  const prior = instructions[touched - 1];
  if (prior?.stage === undefined) return undefined;
  // An instruction that ended where another followed ends there still. Behind the last one, what is written may continue it.
  const end = before.source.text.indexOf('\n', prior.span.end);
  const isOver = touched < instructions.length && end >= 0 && end < change.start;
  const first = isOver ? touched : touched - 1;
  const inside = !isOver && isFrom(prior) ? prior.stage - 1 : prior.stage;
  const at = isOver ? end + 1 : text.lastIndexOf('\n', startOf(prior) - 1) + 1;
  if (at > change.start) return undefined;
  const reader = new Reader(text, { at, escape, ...(inside < 0 ? {} : { stage: inside }) });
  let next = instructions.length;
  let from = Infinity;
  reader.read((lineStart) => {
    if (lineStart < change.end + by) return false;
    const old = lineStart - by;
    if (before.source.text[old - 1] !== '\n') return false;
    const index = firstWhere(instructions.length, (each) => startOf(instructions[each]) >= old);
    if (index === instructions.length || (instructions[index - 1]?.span.end ?? 0) >= old) return false;
    next = index;
    from = old;
    return true;
  });
  const now = reader.instructions;
  // The one that was read again only because the next may have continued it may be a FROM.
  if (!isOver && isFrom(prior) !== isFrom(now[0])) return undefined;
  if ([...instructions.slice(touched, next), ...now.slice(touched - first)].some(isFrom)) return undefined;
  const behind = instructions.slice(next).map((each) => moved(each, by));
  const all = [...instructions.slice(0, first), ...now, ...behind];
  const commentAt = (offset: number): number => firstWhere(comments.length, (each) => (comments[each]?.span.start ?? 0) >= offset);
  const later = comments.slice(commentAt(from)).map((comment): Comment => ({ ...comment, span: shifted(comment.span, by) }));
  const file: Dockerfile = {
    language: 'dockerfile',
    source,
    escape,
    directives,
    comments: [...comments.slice(0, commentAt(at)), ...reader.comments, ...later],
    instructions: all,
    stages: stagesOf(text, escape, all, stages.slice(0, prior.stage)),
    faults: [],
  };
  const alike = !isOver && prior.span.end === now[0]?.span.end && prior.span.end < change.start ? 1 : 0;
  return { file, gone: instructions.slice(first + alike, next), now: now.slice(alike) };
}

const isFrom = (instruction: Instruction | undefined): boolean => instruction?.keyword === 'FROM';

const startOf = (instruction: Instruction | undefined): number => (instruction ? firstLineOf(instruction) : 0);
