import { gpuForms } from '../../../compose/gpuForms.ts';
import type { ComposeFile } from '../../../compose/model.ts';
import type { Refactoring } from '../../model.ts';
import type { Step } from './trail.ts';

/** The GPU request of a service in its other forms: `gpus`, a device reservation, CDI devices, `runtime: nvidia`. */
export function gpuForm({ source, services }: ComposeFile, trail: readonly Step[]): readonly Refactoring[] {
  const [section, name, key] = trail.at(-1)?.path ?? [];
  if (section !== 'services' || !['gpus', 'runtime', 'devices', 'deploy'].includes(key ?? '')) return [];
  const service = services.find((each) => each.name === name);
  return service ? gpuForms(source, service.node).map(({ title, edits }) => ({ title, kind: 'rewrite', edits })) : [];
}
