import { catalogueSchema, type Schema } from '../../catalogue/schema.ts';

/** What the schema says of a path of keys; list items are `[]`. */
export function schemaAt(path: readonly string[]): Schema | undefined {
  return path.reduce<Schema | undefined>((schema, key) => {
    if (key === '[]') return schema?.items;
    const others = schema?.additionalProperties;
    return schema?.properties?.[key] ?? (typeof others === 'object' ? others : undefined);
  }, catalogueSchema);
}

/** A key in Markdown: what it is, what it takes. */
export function about({ description = '', type, enum: words, patternErrorMessage, minimum, maximum, required }: Schema): string {
  return [
    description,
    ...(words ? [`One of ${words.map((word) => `\`${word}\``).join(', ')}.`] : []),
    ...(patternErrorMessage === undefined ? [] : [`It is ${patternErrorMessage}.`]),
    ...(maximum === undefined ? [] : [`From ${minimum ?? 0} to ${maximum}.`]),
    ...(type === 'boolean' ? ['`true` or `false`.'] : []),
    ...(required?.length ? [`It needs ${required.map((name) => `\`${name}\``).join(' and ')}.`] : []),
  ].join('\n\n');
}
