import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { shippedSections } from '../../dockerfile/sections.ts';
import { shippedStages } from './shipped.ts';
import { textOf } from './stageText.ts';
import { usersAdded, type UserAdded } from './users.ts';

/** Variables that put home or the caches below it elsewhere. */
export const homeVariables: readonly string[] = [
  'HOME',
  'HF_HOME',
  'XDG_CACHE_HOME',
  'TRANSFORMERS_CACHE',
  'HF_HUB_CACHE',
  'MPLCONFIGDIR',
  'TORCH_HOME',
  'NUMBA_CACHE_DIR',
];

/** The user whom the shipped image runs as, where the file makes that user without a home folder and nothing else makes one. */
export function homeless(file: Dockerfile): readonly { readonly stage: Stage; readonly user: UserAdded }[] {
  const [stage] = shippedStages(file);
  const name = stage && lastUser(stage);
  if (!stage || name === undefined || name === 'root' || name === '0') return [];
  const user = usersAdded(file, shippedSections(file)).find((each) => each.name === name || (/^\d+$/.test(name) && each.uid === name));
  if (!user || user.home) return [];
  const home = user.folder ?? `/home/${user.name ?? name}`;
  // A folder that a RUN mentions is made or handed over there.
  const touched = allInstructions(stage).some(
    (instruction) =>
      (instruction.keyword === 'RUN' && instruction !== user.call.instruction && textOf(instruction).includes(home)) ||
      (instruction === user.call.instruction && /\b(?:mkdir|chown|mkhomedir)\b|(?:^|[;&|])\s*install\s/.test(textOf(instruction))) ||
      ((instruction.keyword === 'COPY' || instruction.keyword === 'ADD' || instruction.keyword === 'WORKDIR') &&
        (instruction.args.at(-1)?.value ?? '').startsWith(home)),
  );
  return touched ? [] : [{ stage, user }];
}

/** The user that the last USER of a stage names, when it is a plain name other than root. */
export function runsAs(stage: Stage): string | undefined {
  const word = lastUser(stage);
  return word === undefined || word === '' || word === 'root' || /^\d+$|\$/.test(word) ? undefined : word;
}

const lastUser = (stage: Stage): string | undefined =>
  allInstructions(stage)
    .findLast(({ keyword }) => keyword === 'USER')
    ?.args[0]?.value.split(':')[0];
