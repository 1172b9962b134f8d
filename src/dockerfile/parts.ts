import type { Part } from '../text/part.ts';
import { remembered } from '../text/remembered.ts';
import { lineAt, type Source, type Span } from '../text/text.ts';
import type { Comment, Dockerfile, Stage } from './model.ts';
import { firstLineOf } from './move.ts';
import { lineage } from './scope.ts';
import { takenStages } from './sources.ts';

/** With fewer stages, or when they stand on each other in long chains, the whole file is as quickly looked at. */
const fewest = 3;
const mostRepeated = 3;

/** A stage with others that it needs, in file order. */
export interface StagePart extends Part<Dockerfile> {
  /** Equal for parts that say the same, wherever they stand. */
  readonly key: string;
  readonly stages: readonly Stage[];
  /** All stretches of the file that it is made of. */
  readonly stretches: readonly Span[];
}

/**
 * The stages of a file, each with the stages that it is built on and the ARGs before the first FROM. The first has what stands
 * before it. None for a file that is better looked at as a whole.
 */
export function dockerfileParts(file: Dockerfile): readonly StagePart[] {
  if (file.stages.length < fewest || file.template) return [];
  return partsOf(file, (stage) => lineage(stage).toReversed());
}

/** The same parts, each with the stages that it takes files from, and what these need in turn. */
export const jointParts = (file: Dockerfile, parts: readonly StagePart[]): readonly StagePart[] =>
  parts.length ? partsOf(file, (stage) => neededBy(file, stage), parts) : [];

function neededBy(file: Dockerfile, stage: Stage): readonly Stage[] {
  const taken = takenStages(file);
  if (!stage.base && !taken.has(stage)) return [stage];
  const found = new Set<Stage>();
  const open = [stage];
  for (let each = open.pop(); each; each = open.pop()) {
    if (found.has(each)) continue;
    found.add(each);
    if (each.base) open.push(each.base);
    open.push(...(taken.get(each) ?? []));
  }
  return [...found].sort((a, b) => a.index - b.index);
}

/** Parts of some stages each; those that are made of the same stages as others are these. */
function partsOf(file: Dockerfile, stagesOf: (stage: Stage) => readonly Stage[], others: readonly StagePart[] = []): readonly StagePart[] {
  const { stages, source } = file;
  const starts = startsOf(file);
  const textOf = ({ index }: Stage): string => source.text.slice(starts[index], starts[index + 1]);
  const head = source.text.slice(0, stages[0]?.from.span.start);
  const shells = file.comments.filter(({ text }) => /^hadolint\s+shell\s*=/.test(text));
  let length = 0;
  const parts: StagePart[] = [];
  for (const stage of stages) {
    const { index } = stage;
    const line = stagesOf(stage);
    const other = others[index]?.stages.length === line.length ? others[index] : undefined;
    const stretches =
      other?.stretches ?? line.map((each): Span => ({ start: starts[each.index] ?? 0, end: starts[each.index + 1] ?? source.text.length }));
    for (const each of stretches) length += each.end - each.start;
    if (length > source.text.length * mostRepeated) return [];
    if (other) {
      parts.push(other);
      continue;
    }
    const start = index === 0 ? 0 : (starts[index] ?? 0);
    const end = starts[index + 1] ?? source.text.length + 1;
    const told = shells.filter((comment) => comment.span.start < start);
    const write = (): string => [index === 0 ? 'first' : '', head, ...told.map(({ text }) => text), ...line.map(textOf)].join('\0');
    parts.push(new Stages(start, end, line, stretches, write, () => alone(file, line, told, starts)));
  }
  return parts;
}

// A literal with a getter would be of a class of its own each time, which keeps the whole file until the next full collection.
class Stages implements StagePart {
  readonly start: number;
  readonly stages: readonly Stage[];
  readonly stretches: readonly Span[];
  readonly document: () => Dockerfile;
  readonly #end: number;
  readonly #write: () => string;
  #key: string | undefined;

  constructor(
    start: number,
    end: number,
    stages: readonly Stage[],
    stretches: readonly Span[],
    write: () => string,
    document: () => Dockerfile,
  ) {
    this.start = start;
    this.#end = end;
    this.stages = stages;
    this.stretches = stretches;
    this.#write = write;
    this.document = document;
  }

  get key(): string {
    return (this.#key ??= this.#write());
  }

  readonly holds = ({ start }: Span): boolean => start >= this.start && start < this.#end;
}

/** Where each stage begins: at its FROM, or at the comments right above it. */
const startsOf = remembered(({ stages, comments, instructions, source }: Dockerfile): readonly number[] => {
  let comment = 0;
  let at = 0;
  return stages.map(({ from, index }) => {
    if (index === 0) return firstLineOf(from);
    at = instructions.indexOf(from, at);
    const before = instructions[at - 1]?.span.end ?? 0;
    let start = firstLineOf(from);
    while ((comments[comment]?.span.start ?? Infinity) < start) comment++;
    for (
      let above = comments[comment - 1], next = comment;
      above && isRightAbove(source, above, start, before);
      above = comments[--next - 1]
    )
      start = above.span.start;
    return start;
  });
});

const isRightAbove = (source: Source, { span }: Comment, start: number, before: number): boolean =>
  span.start >= before && lineAt(source, span.start) + 1 === lineAt(source, start);

/** The file with some stages alone. They are the same ones, so that what was worked out about them holds. */
function alone(file: Dockerfile, line: readonly Stage[], told: readonly Comment[], starts: readonly number[]): Dockerfile {
  const loose = file.instructions.slice(
    0,
    file.instructions.findIndex(({ stage }) => stage !== undefined),
  );
  const reach = line.map(({ index }) => ({ start: starts[index] ?? 0, end: starts[index + 1] ?? file.source.text.length + 1 }));
  const comments = file.comments.filter(
    (comment) =>
      told.includes(comment) ||
      comment.span.start < (starts[0] ?? 0) ||
      reach.some(({ start, end }) => comment.span.start >= start && comment.span.start < end),
  );
  const instructions = [...loose, ...line.flatMap(({ from, instructions: rest }) => [from, ...rest])];
  return { ...file, comments, instructions, stages: line, faults: [] };
}
