import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Heredoc, Instruction, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import type { Span } from '../../text/text.ts';
import type { Named } from '../model.ts';
import { instructionAt } from './place.ts';
import { uses } from './variables.ts';

/** The variable, stage or heredoc name at a place, and everywhere it stands. */
export function namedInDockerfile(file: Dockerfile, offset: number): Named | undefined {
  const instruction =
    instructionAt(file, offset) ?? file.instructions.find(({ heredocs }) => heredocs.some((each) => inHeredoc(each, offset)));
  if (!instruction) return undefined;
  return heredoc(file, instruction, offset) ?? stageName(file, instruction, offset) ?? variable(file, instruction, offset);
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;
const inHeredoc = ({ opener, terminator }: Heredoc, offset: number): boolean =>
  holds(opener, offset) || (terminator !== undefined && holds(terminator, offset));

function heredoc({ source: { text } }: Dockerfile, { heredocs }: Instruction, offset: number): Named | undefined {
  const nameIn = (name: string, within: Span): Span => {
    const start = text.indexOf(name, within.start);
    return { start, end: start + name.length };
  };
  for (const { name, opener, terminator } of heredocs) {
    if (!name) continue;
    const places = [{ span: nameIn(name, opener), write: true }, ...(terminator ? [{ span: nameIn(name, terminator), write: false }] : [])];
    const here = places.find(({ span }) => holds(span, offset));
    if (here) return { kind: 'heredoc', name, span: here.span, places };
  }
  return undefined;
}

/** Where stages are named: `AS name`, a later `FROM name`, `--from=name` of COPY and of mounts. */
function stageName(file: Dockerfile, instruction: Instruction, offset: number): Named | undefined {
  const own = stagesNamed(instruction, file).find(({ span }) => holds(span, offset));
  if (!own) return undefined;
  const name = own.name.toLowerCase();
  const places = file.instructions
    .flatMap((each) => stagesNamed(each, file))
    .filter((each) => each.name.toLowerCase() === name)
    .map(({ span, write }) => ({ span, write }));
  return { kind: 'stage', name: own.name, span: own.span, places };
}

interface StageUse {
  readonly name: string;
  readonly span: Span;
  readonly write: boolean;
}

function stagesNamed(outer: Instruction, file: Dockerfile): readonly StageUse[] {
  const stage = stageAround(file, outer);
  const names: StageUse[] = [];
  if (stage?.from === outer) {
    if (stage.name) names.push({ name: stage.name.value, span: stage.name.span, write: true });
    if (stage.image && earlier(file, stage).has(stage.image.value.toLowerCase()))
      names.push({ name: stage.image.value, span: stage.image.span, write: false });
    return names;
  }
  const instruction = outer.trigger ?? outer;
  const known = stage ? earlier(file, stage) : new Set<string>();
  for (const { name, value } of instruction.flags)
    if (name === 'from' && value && /^[A-Za-z][\w.-]*$/.test(value.value))
      names.push({ name: value.value, span: value.span, write: false });
  for (const { fields } of mountsOf(instruction))
    for (const { name, value, span } of fields)
      if (name === 'from' && known.has(value.toLowerCase()))
        names.push({ name: value, span: { start: span.end - value.length, end: span.end }, write: false });
  return names;
}

/** The names of the stages above one, in lower case. */
const earlier = ({ stages }: Dockerfile, { index }: Stage): ReadonlySet<string> =>
  new Set(stages.slice(0, index).flatMap(({ name }) => name?.value.toLowerCase() ?? []));

function variable(file: Dockerfile, instruction: Instruction, offset: number): Named | undefined {
  const here = mentions(file, instruction).find(({ span }) => holds(span, offset));
  if (!here) return undefined;
  const scope = scopeOf(instruction, file);
  // FROM sees the ARGs above it and no ENV.
  const isFrom = instruction.keyword === 'FROM';
  const isEnv = here.write && instruction.keyword === 'ENV';
  const apart = (keyword: string): boolean =>
    scope === -1 && ((isFrom && keyword !== 'FROM' && keyword !== 'ARG') || (isEnv && keyword === 'FROM'));
  const places = file.instructions
    .filter((each) => scopeOf(each, file) === scope && !apart(each.keyword))
    .flatMap((each) => mentions(file, each))
    .filter(({ name }) => name === here.name)
    .map(({ span, write }) => ({ span, write }));
  return { kind: 'variable', name: here.name, span: here.span, places };
}

/** FROM lines see what stands before the first of them; each stage sees its own. */
const scopeOf = (instruction: Instruction, { stages }: Dockerfile): number =>
  instruction.stage === undefined || stages[instruction.stage]?.from === instruction ? -1 : instruction.stage;

function mentions(
  file: Dockerfile,
  outer: Instruction,
): readonly { readonly name: string; readonly span: Span; readonly write: boolean }[] {
  const instruction = outer.trigger ?? outer;
  const declared =
    instruction.keyword === 'ENV' || instruction.keyword === 'ARG'
      ? (instruction.pairs ?? []).map(({ name }) => ({ name: name.value, span: name.span, write: true }))
      : [];
  const read = uses(file, instruction).map(({ name, span }) => ({ name, span, write: false }));
  return [...declared, ...read].sort((a, b) => a.span.start - b.span.start);
}
