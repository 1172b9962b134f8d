import type { ComposeFile } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import type { Refactoring } from '../model.ts';
import { addHealthcheck } from './refactor/addHealthcheck.ts';
import { dependsOnForm } from './refactor/dependsOnForm.ts';
import { gpuForm } from './refactor/gpuForm.ts';
import { moveSecret } from './refactor/moveSecret.ts';
import { pairsForm } from './refactor/pairsForm.ts';
import { pinTag } from './refactor/pinTag.ts';
import { portsForm } from './refactor/portsForm.ts';
import { sortKeys } from './refactor/sortKeys.ts';
import { splitGpu } from './refactor/splitGpu.ts';
import { trailAt } from './refactor/trail.ts';
import { volumesForm } from './refactor/volumesForm.ts';

const all = [addHealthcheck, dependsOnForm, moveSecret, portsForm, volumesForm, pairsForm, pinTag, gpuForm, splitGpu, sortKeys];

/** Other ways to write what the selection begins in. Nothing in a file whose YAML is broken: a change there could mean anything. */
export function refactoringsInCompose(file: ComposeFile, { start }: Span, world: World): readonly Refactoring[] {
  if (file.broken) return [];
  const trail = trailAt(file, start);
  return trail.length ? all.flatMap((refactor) => refactor(file, trail, world)) : [];
}
