import type { ComposeFile } from '../../../compose/model.ts';
import { byText, isSorted, partsOf, reorder, sortedBy } from '../../../rules/shared/reorder.ts';
import { serviceKeyPlace } from '../../../rules/shared/serviceKeys.ts';
import type { Refactoring } from '../../model.ts';
import { isFlow } from './layout.ts';
import { isOwn, type Step } from './trail.ts';

const byName = new Set([
  'services',
  'networks',
  'volumes',
  'secrets',
  'configs',
  'models',
  'environment',
  'labels',
  'args',
  'annotations',
  'sysctls',
]);

/** Sorts the keys of a service as they usually stand, and names by the alphabet. The cursor is on the key above them. */
export function sortKeys(file: ComposeFile, trail: readonly Step[]): readonly Refactoring[] {
  const step = trail.at(-1);
  if (step?.kind !== 'entry' || step.entry.value.kind !== 'map' || !isOwn(step.entry) || isFlow(file.source, step.entry.value)) return [];
  const { key, value } = step.entry;
  const keys = value.entries.filter(({ merged }) => !merged).map((each) => each.key);
  const service = step.path.length === 2 && step.path[0] === 'services';
  if (!service && !byName.has(key)) return [];
  const order = service ? sortedBy(keys, (a, b) => serviceKeyPlace(a) - serviceKeyPlace(b)) : sortedBy(keys, byText);
  if (isSorted(order)) return [];
  const edit = reorder(file.source, partsOf(value), order);
  return edit
    ? [{ title: service ? `Put the keys of ${key} in the usual order` : `Sort ${key} by name`, kind: 'rewrite', edits: [edit] }]
    : [];
}
