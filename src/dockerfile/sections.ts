import type { Dockerfile, Instruction, Stage } from './model.ts';
import { lineage } from './scope.ts';
import { takenStages } from './sources.ts';
import { remembered } from '../text/remembered.ts';

/** A stage after its FROM, or what stands in a file before the first FROM. An ONBUILD is passed over for the instruction that it holds back. */
export interface Section {
  readonly stage?: Stage;
  readonly instructions: readonly Instruction[];
}

const unwrapped = (instruction: Instruction): Instruction => instruction.trigger ?? instruction;

const sectionOf = remembered((stage: Stage): Section => ({ stage, instructions: stage.instructions.map(unwrapped) }));

/** What stands before the first FROM; the whole of a fragment without one. */
const looseSection = remembered(({ instructions }: Dockerfile): Section | undefined => {
  const first = instructions.findIndex(({ stage }) => stage !== undefined);
  const loose = first < 0 ? instructions : instructions.slice(0, first);
  return loose.length ? { instructions: loose.map(unwrapped) } : undefined;
});

/** All sections in file order; a fragment without FROM has one. */
export const sectionsOf = remembered((file: Dockerfile): readonly Section[] => {
  const loose = looseSection(file);
  const stages = file.stages.map(sectionOf);
  return loose ? [loose, ...stages] : stages;
});

/** A section and those it is built on, the outermost first. */
export const lineageOf = (section: Section): readonly Section[] =>
  section.stage?.base ? [...lineage(section.stage.base).map(sectionOf).reverse(), section] : [section];

/** The sections that a build may end with: those that no other stage is built on or copies from. Of a fragment without FROM, the fragment. */
export const finalSections = remembered((file: Dockerfile): readonly Section[] => {
  const used = usedStages(file);
  return sectionsOf(file).filter(({ stage }) => (stage ? !used.has(stage) : !file.stages.length));
});

/** The sections whose files are in the image of a plain build: the last stage and what it is built on. */
export function shippedSections(file: Dockerfile): readonly Section[] {
  const last = file.stages.at(-1);
  const only = last ? sectionOf(last) : looseSection(file);
  return only ? lineageOf(only) : [];
}

/** What is in the image of a plain build, and what ONBUILD in the other stages leaves to whoever builds on them. */
export function leftSections(file: Dockerfile): readonly Section[] {
  const shipped = shippedSections(file);
  const triggers = new Set(file.instructions.flatMap(({ trigger }) => trigger ?? []));
  if (!triggers.size) return shipped;
  const others = sectionsOf(file).filter((each) => !shipped.includes(each));
  return [...shipped, ...others.map((each) => ({ ...each, instructions: each.instructions.filter((one) => triggers.has(one)) }))];
}

/** The stages that others are built on or take files from. */
function usedStages(file: Dockerfile): ReadonlySet<Stage> {
  const used = new Set<Stage>();
  for (const { base } of file.stages) if (base) used.add(base);
  for (const taken of takenStages(file).values()) for (const stage of taken) used.add(stage);
  return used;
}
