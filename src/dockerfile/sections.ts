import type { Dockerfile, Instruction, Stage } from './model.ts';
import { remembered } from '../text/remembered.ts';

/** A stage after its FROM, or what stands in a file before the first FROM. An ONBUILD is passed over for the instruction that it holds back. */
export interface Section {
  readonly stage?: Stage;
  readonly instructions: readonly Instruction[];
}

const unwrapped = (instruction: Instruction): Instruction => instruction.trigger ?? instruction;

/** All sections in file order; a fragment without FROM has one. */
export const sectionsOf = remembered((file: Dockerfile): readonly Section[] => {
  const loose = file.instructions.filter(({ stage }) => stage === undefined).map(unwrapped);
  const stages = file.stages.map((stage) => ({ stage, instructions: stage.instructions.map(unwrapped) }));
  return loose.length ? [{ instructions: loose }, ...stages] : stages;
});

/** A section and those it is built on, the outermost first. */
export function lineageOf(file: Dockerfile, section: Section): readonly Section[] {
  const sections = sectionsOf(file);
  const found = [section];
  for (let base = section.stage?.base; base; base = base.base) {
    const stage = base;
    const below = sections.find((each) => each.stage === stage);
    if (below) found.unshift(below);
  }
  return found;
}

/** The sections that a build may end with: those that no other stage is built on or copies from. Of a fragment without FROM, the fragment. */
export function finalSections(file: Dockerfile): readonly Section[] {
  const used = usedStages(file);
  return sectionsOf(file).filter(({ stage }) => (stage ? !used.has(stage) : !file.stages.length));
}

/** The sections whose files are in the image of a plain build: the last stage and what it is built on. */
export function shippedSections(file: Dockerfile): readonly Section[] {
  const last = sectionsOf(file).at(-1);
  return last ? lineageOf(file, last) : [];
}

/** What is in the image of a plain build, and what ONBUILD in the other stages leaves to whoever builds on them. */
export function leftSections(file: Dockerfile): readonly Section[] {
  const shipped = shippedSections(file);
  const triggers = new Set(file.instructions.flatMap(({ trigger }) => trigger ?? []));
  if (!triggers.size) return shipped;
  const others = sectionsOf(file).filter((each) => !shipped.includes(each));
  return [...shipped, ...others.map((each) => ({ ...each, instructions: each.instructions.filter((one) => triggers.has(one)) }))];
}

function usedStages({ stages, instructions }: Dockerfile): ReadonlySet<Stage> {
  const used = new Set<Stage>();
  const byName = new Map<string, Stage[]>();
  for (const stage of stages) {
    if (stage.base) used.add(stage.base);
    for (const name of [String(stage.index), ...(stage.name ? [stage.name.value.toLowerCase()] : [])])
      byName.set(name, [...(byName.get(name) ?? []), stage]);
  }
  for (const { flags, stage: at = 0 } of instructions)
    for (const { name, value } of flags) {
      const from = name === 'from' ? value?.value : name === 'mount' ? /(?:^|,)from=([^,]+)/.exec(value?.value ?? '')?.[1] : undefined;
      if (from === undefined) continue;
      const stage = byName.get(from.toLowerCase())?.findLast(({ index }) => index < at);
      if (stage) used.add(stage);
    }
  return used;
}
