import type { Catalogue } from '../../catalogue/model.ts';
import type { World } from '../../lint/rule.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import { imageCard } from '../cards/imageCard.ts';
import { serviceCard } from '../cards/serviceCard.ts';
import { placeAt } from '../compose/place.ts';
import type { Card } from '../model.ts';
import { about, schemaAt } from './place.ts';

/** What a key of a project's own rows means; on an image, what is known of it with these rows. */
export function hoverCatalogue({ source }: Catalogue, offset: number, world: World): Card | undefined {
  if (source.path.endsWith('.json')) return undefined;
  const { start, end } = lineSpan(source, lineAt(source, offset));
  const line = source.text.slice(start, end);
  const [, lead = '', key = ''] = /^(\s*(?:- +)*)("[^"]*"|'[^']*'|[\w$.-]+)\s*:(?=\s|$)/.exec(line) ?? [];
  const from = start + lead.length;
  if (key && offset >= from && offset <= from + key.length) {
    const behind = from + line.slice(lead.length).indexOf(':', key.length) + 1;
    const schema = schemaAt(placeAt(source, Math.min(end, behind + 1))?.path ?? []);
    const usual = schema && { span: { start: from, end: from + key.length }, markdown: about(schema) };
    return usual?.markdown ? { ...usual, usual: true } : undefined;
  }
  const place = placeAt(source, offset);
  const value = place && source.text.slice(place.span.start, place.span.end).trim();
  const path = place?.path.filter((each) => each !== '[]').join('/');
  if (!value) return undefined;
  const markdown =
    path === 'images/image' || path === 'images/basedOn'
      ? imageCard(value, world)
      : path === 'services/images'
        ? serviceCard(value, world.knowledge)
        : undefined;
  return markdown === undefined ? undefined : { span: place.span, markdown };
}
