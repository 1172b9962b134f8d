import type { Complaint } from '../complaint.ts';
import { get, type MapNode } from '../model.ts';
import { referencesOf, type Reference } from './references.ts';

/** Services that wait for each other in a circle. */
export function* checkCycles(root: MapNode): Generator<Complaint> {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return;
  const links = new Map<string, readonly Reference[]>();
  for (const { key, value } of services.entries)
    if (value.kind === 'map')
      links.set(
        key,
        referencesOf(value).filter(({ section, under }) => section === 'services' && under !== 'build.additional_contexts'),
      );
  const done = new Set<string>();
  const found: Complaint[] = [];
  const walk = (name: string, chain: readonly string[]): void => {
    for (const link of links.get(name) ?? []) {
      const at = chain.indexOf(link.name);
      if (at >= 0)
        found.push({
          kind: 'cycle',
          span: link.span,
          message:
            chain.length - at > 1
              ? `These services wait for each other, so none can start: ${[...chain.slice(at), link.name].join(' → ')}.`
              : `«${link.name}» waits for itself, so it cannot start.`,
        });
      else if (!done.has(link.name)) walk(link.name, [...chain, link.name]);
    }
    done.add(name);
  };
  for (const name of links.keys()) if (!done.has(name)) walk(name, [name]);
  yield* found;
}
