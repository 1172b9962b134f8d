import { remembered } from '../text/remembered.ts';
import type { Dockerfile, Instruction, Stage } from './model.ts';
import { mountsOf } from './mounts.ts';
import { asRead } from './move.ts';

/** What an instruction names to take files from, in lower case: stages, images or build contexts. */
export interface Origins {
  readonly copied?: string | undefined;
  readonly mounted: readonly string[];
}

const nothing: Origins = { mounted: [] };

const read = remembered(({ keyword, flags }: Instruction): Origins => {
  if (!flags.length) return nothing;
  if (keyword === 'COPY') return { copied: flags.find(({ name }) => name === 'from')?.value?.value.toLowerCase(), mounted: [] };
  if (keyword !== 'RUN') return nothing;
  const fields = mountsOf({ flags }).flatMap((mount) => mount.fields);
  return { mounted: fields.flatMap(({ name, value }) => (name === 'from' ? value.toLowerCase() : [])) };
});

/** What `COPY --from=` and `RUN --mount=from=` name. */
export const originsOf = (instruction: Instruction): Origins => read(asRead(instruction));

/** The stage that a COPY takes its files from; undefined when that is an image or the build context. */
export function copiedStage(file: Dockerfile, instruction: Instruction): Stage | undefined {
  const { copied } = originsOf(instruction);
  return copied === undefined ? undefined : (stageCalled(file, copied, instruction) ?? stageCounted(file, copied, instruction));
}

/** The stages that each stage takes files from by itself: by COPY and by mounts. None for one that takes nothing. */
export const takenStages = remembered((file: Dockerfile): ReadonlyMap<Stage, readonly Stage[]> => {
  const found = new Map<Stage, readonly Stage[]>();
  for (const stage of file.stages) {
    const taken: Stage[] = [];
    for (const outer of stage.instructions) {
      const each = outer.trigger ?? outer;
      const { copied, mounted } = originsOf(each);
      const source = copied === undefined ? undefined : copiedStage(file, each);
      if (source) taken.push(source);
      for (const name of mounted) {
        const stage = stageCalled(file, name, each);
        if (stage) taken.push(stage);
      }
    }
    if (taken.length) found.set(stage, taken);
  }
  return found;
});

/** The last stage of a name that begins before an instruction. */
const stageCalled = (file: Dockerfile, name: string, { stage = 0 }: Instruction): Stage | undefined =>
  stagesByName(file)
    .get(name)
    ?.findLast(({ index }) => index < stage);

/** A COPY may count stages, a mount may not. */
const stageCounted = ({ stages }: Dockerfile, name: string, { stage = 0 }: Instruction): Stage | undefined =>
  /^\d+$/.test(name) ? stages.find(({ index }) => index < stage && String(index) === name) : undefined;

const stagesByName = remembered(({ stages }: Dockerfile): ReadonlyMap<string, readonly Stage[]> => {
  const found = new Map<string, Stage[]>();
  for (const stage of stages) {
    if (!stage.name) continue;
    const name = stage.name.value.toLowerCase();
    const same = found.get(name);
    if (same) same.push(stage);
    else found.set(name, [stage]);
  }
  return found;
});
