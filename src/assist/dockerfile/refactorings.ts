import type { Dockerfile } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import type { Refactoring } from '../model.ts';
import { cacheMounts } from './refactor/cacheMounts.ts';
import { chainForm } from './refactor/chainForm.ts';
import { extractArg } from './refactor/extractArg.ts';
import { heredocForm } from './refactor/heredocForm.ts';
import { jsonForm } from './refactor/jsonForm.ts';
import { mergeRuns } from './refactor/mergeRuns.ts';
import { sortPackages } from './refactor/sortPackages.ts';
import { splitRun } from './refactor/splitRun.ts';
import { wrapRun } from './refactor/wrapRun.ts';

const all = [extractArg, mergeRuns, splitRun, wrapRun, heredocForm, chainForm, jsonForm, cacheMounts, sortPackages];

/** Other ways to write what is selected, or what the cursor is in. */
export function refactoringsInDockerfile(file: Dockerfile, selection: Span, world: World): readonly Refactoring[] {
  return file.template ? [] : all.flatMap((refactor) => refactor(file, selection, world));
}
