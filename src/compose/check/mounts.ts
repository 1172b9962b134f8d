import { unsetIn, type Complaint } from '../complaint.ts';
import { entry, get, text, type MapNode } from '../model.ts';
import { mountOf } from '../short/mount.ts';

/** The mounts of a service: what Compose cannot take apart. */
export function* checkMounts(service: MapNode): Generator<Complaint> {
  const mounts = get(service, 'volumes');
  if (mounts?.kind !== 'list') return;
  for (const item of mounts.items) {
    if (item.kind === 'scalar' && !item.unknown && typeof item.value === 'string') {
      const read = mountOf(item.value);
      if (!read.ok) yield { kind: 'mount', span: item.span, message: unsetIn(item) + read.reason };
    } else if (item.kind === 'map' && get(item, 'type') && !get(item, 'target')) {
      const type = get(item, 'type');
      if (type) yield { kind: 'mount', span: type.span, message: 'A mount needs «target»: the path in the container.' };
    } else if (item.kind === 'map' && text(get(item, 'type')) === 'bind' && text(get(item, 'source')) === undefined) {
      const type = entry(item, 'type');
      const source = get(item, 'source');
      if (type && !(source?.kind === 'scalar' && source.unknown))
        yield { kind: 'mount', span: source?.span ?? type.value.span, message: 'A bind mount needs «source»: the path on the host.' };
    }
  }
}
