import { nearest } from '../text/nearest.ts';
import { expand } from './expand.ts';
import { flagFaults } from './flagFaults.ts';
import { instructionFaults } from './instructionFaults.ts';
import { instructions, instructionSpec } from './instructions.ts';
import type { Dockerfile, Fault, Instruction, Stage } from './model.ts';
import { globalArgs, predefinedArgs } from './scope.ts';

/** What a build refuses although each line can be read: unknown instructions and flags, missing arguments, impossible values. */
export function faultsOf(file: Dockerfile): Fault[] {
  return [
    ...(function* () {
      yield* structure(file);
      for (const instruction of file.instructions) yield* faultsIn(instruction, file);
      yield* stageFaults(file);
    })(),
  ];
}

function* structure({ source, instructions: all, stages }: Dockerfile): Generator<Fault> {
  if (!all.length) {
    yield { span: { start: 0, end: source.text.length }, message: 'The Dockerfile has no instruction: it has to begin with FROM.' };
    return;
  }
  for (const { stage, keyword, keywordSpan } of all)
    if (stage === undefined && keyword !== 'ARG' && instructionSpec(keyword))
      yield { span: keywordSpan, message: `${keyword} comes before the first FROM; only ARG may.` };
  const last = all.at(-1);
  if (!stages.length && last && all.every(({ keyword }) => keyword === 'ARG'))
    yield { span: last.keywordSpan, message: 'The Dockerfile has no FROM, so there is no stage to build.' };
}

function* faultsIn(instruction: Instruction, file: Dockerfile): Generator<Fault> {
  const { keyword, keywordSpan, trigger } = instruction;
  const spec = instructionSpec(keyword);
  if (!spec) {
    const meant = nearest(
      keyword,
      instructions.map((row) => row.keyword),
    );
    yield { span: keywordSpan, message: `«${keyword}» is no Dockerfile instruction.${meant ? ` Did you mean ${meant}?` : ''}` };
    return;
  }
  // A build passes over the flags of ARG, and over what stands behind ONBUILD.
  if (keyword !== 'ARG') yield* flagFaults(instruction, spec, file);
  if (trigger && ['ONBUILD', 'FROM', 'MAINTAINER'].includes(trigger.keyword))
    yield { span: trigger.keywordSpan, message: `${trigger.keyword} cannot wait behind ONBUILD.` };
  yield* instructionFaults(instruction);
  yield* expansionFaults(instruction, file.escape);
}

const expanded = new Set(['ADD', 'ARG', 'COPY', 'ENV', 'EXPOSE', 'FROM', 'LABEL', 'STOPSIGNAL', 'USER', 'VOLUME', 'WORKDIR']);

/** Quotes that never close and substitutions that are none, wherever a build expands variables. */
function* expansionFaults({ keyword, args, json, pairs }: Instruction, escape: string): Generator<Fault> {
  if (!expanded.has(keyword)) return;
  const words = pairs ? pairs.flatMap(({ name, value }) => (value ? [name, value] : [name])) : args;
  for (const word of words) {
    const text = json ? word.value : word.text;
    if (!/["'$]/.test(text)) continue;
    const result = expand(text, () => 'x', { escape });
    if (!result.ok) yield { span: word.span, message: `${result.error} (in «${word.text}»)` };
  }
}

function* stageFaults(file: Dockerfile): Generator<Fault> {
  const { stages } = file;
  for (const stage of stages) yield* imageFaults(stage, file);
  // A stage that copies from one that, in the end, copies from it.
  const needs = stages.map((stage) => stage.instructions.flatMap((instruction) => sourceStages(instruction, stage, stages)));
  for (const stage of stages)
    for (const { target, span } of needs[stage.index] ?? [])
      if (reaches(target, stage.index, needs, stages)) {
        const what =
          target === stage.index ? 'from itself' : `from stage «${stages[target]?.name?.value ?? target}», which in turn needs it`;
        yield { span, message: `Stage «${stage.name?.value ?? stage.index}» copies ${what}.` };
      }
}

type Need = { readonly target: number; readonly span: Instruction['span'] };

function sourceStages(instruction: Instruction, stage: Stage, stages: readonly Stage[]): Need[] {
  const named = instruction.flags.flatMap(({ name, value }) => {
    if (!value) return [];
    if (name === 'from') return [{ value: value.value, span: value.span }];
    const from = name === 'mount' ? /(?:^|,)from=([^,]*)/.exec(value.value)?.[1] : undefined;
    return from === undefined ? [] : [{ value: from, span: value.span }];
  });
  return named.flatMap(({ value, span }) => {
    const byName = stages.find(({ name }) => name?.value.toLowerCase() === value.toLowerCase())?.index;
    const target = byName ?? (/^\d+$/.test(value) && Number(value) < stages.length ? Number(value) : undefined);
    return target === undefined || (target !== stage.index && byName === undefined && target > stage.index) ? [] : [{ target, span }];
  });
}

function reaches(from: number, goal: number, needs: readonly (readonly Need[])[], stages: readonly Stage[]): boolean {
  const seen = new Set<number>();
  const rest = [from];
  for (let at = rest.pop(); at !== undefined; at = rest.pop()) {
    if (at === goal) return true;
    if (seen.has(at)) continue;
    seen.add(at);
    const base = stages[at]?.base;
    rest.push(...(needs[at] ?? []).map(({ target }) => target), ...(base ? [base.index] : []));
  }
  return false;
}

const reference =
  /^(?:(?:[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*|\[[0-9a-fA-F:]+\])(?::[0-9]+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::[\w][\w.-]{0,127})?(?:@[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,})?$/;

function* imageFaults({ image, base }: Stage, file: Dockerfile): Generator<Fault> {
  if (!image || base) return;
  const args = globalArgs(file);
  const open = new Set<string>();
  const result = expand(
    image.text,
    (name) => {
      const arg = args.get(name);
      // Declared without a value: the person who builds gives it.
      if ((arg && arg.value === undefined) || (!arg && predefinedArgs.has(name))) open.add(name);
      return arg?.value;
    },
    { escape: file.escape },
  );
  if (!result.ok || open.size) return;
  if (!result.text.trim()) {
    const why = result.unset.size
      ? `, because nothing sets ${[...result.unset].map((name) => `«${name}»`).join(' and ')} before the first FROM`
      : '';
    yield { span: image.span, message: `The base image «${image.text}» is empty${why}.` };
  } else if (!reference.test(result.text)) {
    const lower = result.text.toLowerCase();
    const hint = reference.test(lower) ? ` Image names are in lower case: «${lower}».` : '';
    yield {
      span: image.span,
      message: `«${result.text}» is no image reference.${hint || ' It is written [registry/]name[:tag][@digest].'}`,
    };
  }
}
