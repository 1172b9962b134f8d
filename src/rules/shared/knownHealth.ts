import { get, items, text, type MapNode } from '../../compose/model.ts';
import type { Service } from '../../knowledge/knowledge.ts';

/** Whether a service runs what its image is known for: an image also runs workers, schedulers and jobs, which answer nowhere. */
export function runsKnown(service: MapNode, { health }: Service): boolean {
  const written = ['entrypoint', 'command'].flatMap((key) => items(get(service, key)).flatMap((word) => text(word) ?? []));
  return health?.command === undefined || !written.length || new RegExp(health.command).test(written.join(' '));
}
