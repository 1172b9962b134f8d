import type { Catalogue } from '../../catalogue/model.ts';
import type { Schema } from '../../catalogue/schema.ts';
import type { World } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { placeAt, siblings, type Place } from '../compose/place.ts';
import { baseImages, serviceImages } from '../images.ts';
import type { Completion } from '../model.ts';
import { about, schemaAt } from './place.ts';

/** What can stand at a place of a project's own rows: keys that are not there yet, and the values that are known. */
export function completeCatalogue({ source }: Catalogue, offset: number, world: World): readonly Completion[] {
  const place = source.path.endsWith('.json') ? undefined : placeAt(source, offset);
  const schema = place && schemaAt(place.path);
  if (!place || !schema) return [];
  if (place.kind === 'value') return values(schema, place, world);
  const newline = lineBreak(source);
  const present = place.present ?? siblings(source, offset, place.column);
  if (schema.type === 'object') return place.quote ? [] : keys(schema, place, newline).filter(({ label }) => !present.has(label));
  if (schema.type !== 'array') return values(schema, place, world);
  // A list that is about to begin: its first entry with the keys that it needs.
  return schema.items?.type === 'object' && !place.quote ? keys(schema.items, place, newline, '- ') : [];
}

function keys({ properties = {}, required = [], anyOf = [] }: Schema, place: Place, newline: string, dash = ''): readonly Completion[] {
  const first = new Set([...required, ...anyOf.flatMap((each) => each.required)]);
  return Object.entries(properties).map(([name, schema], index): Completion => {
    const followed = /^\s*:/.test(place.rest);
    const { text, snippet } = followed ? { text: name } : written(name, schema, place.column + dash.length, newline);
    return {
      label: name,
      kind: 'property',
      span: place.span,
      text: dash + text,
      ...(snippet === undefined ? {} : { snippet: dash + snippet }),
      ...(first.has(name) ? { detail: 'needed' } : schema.type === undefined ? {} : { detail: schema.type }),
      documentation: about(schema),
      sort: `${first.has(name) ? 0 : 1}${String(index).padStart(2, '0')}`,
    };
  });
}

/** A key with what begins its value. */
function written(
  name: string,
  { type, items, enum: words, pattern }: Schema,
  column: number,
  newline: string,
): { text: string; snippet?: string } {
  const indent = `${newline}${' '.repeat(column + 2)}`;
  if (type === 'object') return { text: `${name}:${indent}` };
  if (type === 'array')
    return items?.type === 'object' || items?.enum === undefined
      ? { text: `${name}:${indent}- ` }
      : { text: `${name}: []`, snippet: `${name}: [$1]` };
  if (type === 'boolean') return { text: `${name}: `, snippet: `${name}: \${1|true,false|}` };
  if (words) return { text: `${name}: `, snippet: `${name}: \${1|${words.join(',')}|}` };
  // Versions are texts: 3.10 without quotes is the number 3.1.
  return pattern?.includes('\\d+\\.') ? { text: `${name}: ""`, snippet: `${name}: "$1"` } : { text: `${name}: ` };
}

function values(schema: Schema, place: Place, { knowledge, ...world }: World): readonly Completion[] {
  const item = (value: string, detail?: string): Completion => ({
    label: value,
    kind: schema.enum || schema.type === 'boolean' ? 'enum' : 'value',
    span: place.span,
    text: !place.quote && schema.type === 'string' && /^\d/.test(value) ? `"${value}"` : value,
    ...(detail === undefined ? {} : { detail }),
  });
  if (schema.enum) return schema.enum.map((word) => item(word));
  if (schema.type === 'boolean') return ['true', 'false'].map((word) => item(word));
  switch (place.path.filter((key) => key !== '[]').join('/')) {
    case 'images/basedOn':
      return baseImages({ ...world, knowledge }).map(({ reference, detail }) => item(reference, detail));
    case 'services/images':
      return serviceImages({ ...world, knowledge }).map(({ reference, detail }) => item(reference, detail));
    case 'images/python':
      return [...Object.keys(knowledge.endOfLife['python'] ?? {}).filter((each) => /^3\.\d+$/.test(each)), 'none'].map((word) =>
        item(word),
      );
    case 'indexes/build':
      return [...new Set(knowledge.torch.flatMap(({ wheels }) => wheels.map(({ tag }) => tag)))].toReversed().map((tag) => item(tag));
    case 'gpus/computeCapability':
      return knowledge.gpus.map(({ computeCapability, examples, arch }) => item(computeCapability, examples ?? arch));
    default:
      return [];
  }
}
