import assert from 'node:assert/strict';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { chooseVersions, type Versioned } from '../../../src/plan/versions/chooseVersions.ts';
import type { Combination } from '../../../src/plan/versions/framework.ts';
import { frameworks } from '../../../src/plan/versions/frameworks/index.ts';
import { readRequirements } from '../../../src/python/read.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { tables, type Folder } from '../projects.ts';

/** All that goes together for a version of a framework. */
export const combinations = (id: string, version: string, device: 'cpu' | 'gpu'): readonly Combination[] =>
  frameworks.find((each) => each.id === id)?.combinations(version, device, tables) ?? [];

/** The combination with these; `cpu` and a Python, or a CUDA version and a Python, or an image of its own. */
export function pick(
  id: string,
  version: string,
  what: { readonly cuda?: string; readonly python?: string; readonly from?: Combination['from'] },
): Combination {
  const device = what.cuda === undefined ? 'cpu' : 'gpu';
  const found = combinations(id, version, device).find(
    ({ cuda, python, from }) =>
      (what.cuda === undefined || what.cuda === cuda) &&
      (what.python === undefined || what.python === python) &&
      from === (what.from ?? 'python'),
  );
  assert.ok(found, `${id} ${version} ${JSON.stringify(what)}`);
  return found;
}

/** The files of a folder, as the choice reads them. */
export function read(files: Folder): Versioned {
  const dockerfile = files['Dockerfile'];
  return {
    ...(dockerfile === undefined ? {} : { dockerfile: parseDockerfile('Dockerfile', dockerfile) }),
    requirements: Object.entries(files)
      .filter(([path]) => path !== 'Dockerfile')
      .map(([path, text]) => readRequirements(path, text)),
  };
}

/** The folder after a choice, and what a person has to do. */
export function chosen(combination: Combination, files: Folder): { readonly after: Folder; readonly left: readonly string[] } {
  const { changes, left } = chooseVersions(combination, read(files));
  return {
    after: { ...files, ...Object.fromEntries(changes.map(({ path, edits }) => [path, applyEdits(files[path] ?? '', edits)])) },
    left,
  };
}
