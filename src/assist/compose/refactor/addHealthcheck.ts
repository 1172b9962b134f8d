import { addKey } from '../../../compose/insert.ts';
import { entry, type ComposeFile } from '../../../compose/model.ts';
import type { World } from '../../../lint/rule.ts';
import type { Refactoring } from '../../model.ts';
import { healthTest } from './healthTest.ts';
import { isOwn, type Step } from './trail.ts';

/** A health check for the service whose name, image or build the cursor is on. */
export function addHealthcheck(file: ComposeFile, trail: readonly Step[], world: World): readonly Refactoring[] {
  const [section, step, inner] = trail;
  if (section?.path[0] !== 'services' || step?.kind !== 'entry' || step.entry.value.kind !== 'map' || !isOwn(step.entry)) return [];
  if (inner && inner.path[2] !== 'image' && inner.path[2] !== 'build') return [];
  const service = step.entry.value;
  if (entry(service, 'healthcheck') || entry(service, 'extends')) return [];
  const check = healthTest(file, service, world);
  const edit = check && addKey(file.source, service, 'healthcheck', check);
  return edit ? [{ title: 'Add a health check that works in this image', kind: 'rewrite', edits: [edit] }] : [];
}
