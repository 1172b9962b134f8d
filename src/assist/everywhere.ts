import { get, text } from '../compose/model.ts';
import type { Document } from '../document.ts';
import type { World } from '../lint/rule.ts';
import { builtServices } from '../rules/shared/builtServices.ts';
import { everywhereInCompose } from './compose/everywhere.ts';
import type { FilePlace, NamedEverywhere } from './model.ts';
import { named } from './named.ts';

/** The name at a place, and everywhere this file and those around it have it. */
export function everywhere(document: Document, offset: number, world: World): NamedEverywhere | undefined {
  if (document.language === 'compose') return everywhereInCompose(document, offset, world);
  const found = named(document, offset);
  if (!found) return undefined;
  const places: FilePlace[] = found.places.map((place) => ({ ...place, document }));
  if (document.language === 'dockerfile' && found.kind === 'stage')
    for (const { file, service } of builtServices(document, world)) {
      const target = get(service.node, 'build', 'target');
      if (target?.kind !== 'scalar' || text(target)?.toLowerCase() !== found.name.toLowerCase()) continue;
      const start = target.span.start + (target.quoted ? 1 : 0);
      places.push({ span: { start, end: start + target.text.length }, write: false, document: file });
    }
  return { ...found, places };
}
