import { keysAt, shapesAt, valuesAt, alternatives } from '../../compose/keys/lookup.ts';
import type { Key } from '../../compose/keys/key.ts';
import type { ComposeFile } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { about } from './about.ts';
import { placeAt, siblings, type Place } from './place.ts';
import { references } from './references.ts';
import { suggestions } from './suggestions.ts';

export function completeCompose(file: ComposeFile, offset: number, world: World): readonly Completion[] {
  const place = placeAt(file.source, offset);
  if (!place) return [];
  const items = place.kind === 'key' ? [...keys(file, place, offset), ...listItems(file, place, world)] : values(file, place, world);
  const seen = new Set<string>();
  return items.filter(({ label, text }) => {
    if (
      seen.has(label) ||
      !(text.toLowerCase().startsWith(place.prefix.toLowerCase()) || label.toLowerCase().startsWith(place.prefix.toLowerCase()))
    )
      return false;
    seen.add(label);
    return true;
  });
}

/** The keys that may stand here and do not yet. */
function keys(file: ComposeFile, place: Place, offset: number): readonly Completion[] {
  if (place.quote) return [];
  const present = siblings(file.source, offset, place.column);
  const followed = /^\s*:/.test(place.rest);
  return Object.entries(keysAt(place.path).keys)
    .filter(([name]) => !present.has(name))
    .map(([name, key]): Completion => {
      const { text, snippet } = followed ? { text: name, snippet: undefined } : written(name, key, place.column, lineBreak(file.source));
      return {
        label: name,
        kind: 'property',
        span: place.span,
        text,
        ...(snippet !== undefined && { snippet }),
        detail: kindOf(key),
        documentation: about(name, key),
        ...(key.deprecated !== undefined && { deprecated: true }),
      };
    });
}

/** A key with what begins its value: a space, a new level, a first list item, or the values to choose from. */
function written(name: string, { shape }: Key, column: number, newline: string): { readonly text: string; readonly snippet: string } {
  const kinds = alternatives(shape);
  const indent = `${newline}${' '.repeat(column + 2)}`;
  const choices =
    kinds.length === 1 && kinds[0]?.kind === 'string'
      ? (kinds[0].values ?? [])
      : kinds.length === 1 && kinds[0]?.kind === 'boolean'
        ? ['true', 'false']
        : [];
  if (choices.length) return { text: `${name}: `, snippet: `${name}: \${1|${choices.join(',')}|}` };
  const block = kinds.filter(({ kind }) => kind !== 'null');
  const text = block.every(({ kind }) => kind === 'list')
    ? `${name}:${indent}- `
    : block.every(({ kind }) => kind === 'map')
      ? `${name}:${indent}`
      : `${name}: `;
  return { text, snippet: text };
}

const words: Readonly<Record<string, string>> = { map: 'object', list: 'array', null: 'null' };
const kindOf = ({ shape }: Key): string => [...new Set(alternatives(shape).map(({ kind }) => words[kind] ?? kind))].sort().join(' or ');

/** What can stand as a list item, or as a name in a mapping that refers to things elsewhere in the file. */
function listItems(file: ComposeFile, place: Place, world: World): readonly Completion[] {
  const list = place.item && place.path.at(-1) === '[]';
  const path = list ? place.path : [...place.path, '*'];
  const mapping =
    !list &&
    shapesAt(place.path)
      .flatMap(alternatives)
      .some(({ kind }) => kind === 'map');
  const names = references(file, path, world).map((name) => item(place, name, 'reference', mapping ? `${name}:` : name));
  return list
    ? [...names, ...suggestions(file, path, place, world), ...valuesAt(path).map((value) => item(place, value, 'enum'))]
    : mapping
      ? names
      : [];
}

function values(file: ComposeFile, place: Place, world: World): readonly Completion[] {
  return [
    ...references(file, place.path, world).map((name) => item(place, name, 'reference')),
    ...valuesAt(place.path).map((value) => item(place, value, 'enum')),
    ...suggestions(file, place.path, place, world),
  ];
}

const item = ({ span }: Place, label: string, kind: Completion['kind'], text = label): Completion => ({ label, kind, span, text });
