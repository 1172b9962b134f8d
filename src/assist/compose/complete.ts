import { keyAt, keysAt, shapesAt, valuesAt, alternatives } from '../../compose/keys/lookup.ts';
import type { Key, Keys } from '../../compose/keys/key.ts';
import { get, items, text, type ComposeFile } from '../../compose/model.ts';
import { stepOf } from '../../compose/step.ts';
import type { World } from '../../lint/rule.ts';
import { remembered } from '../../text/remembered.ts';
import { lineAt, lineBreak, lineSpan, slice, type Source } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { about } from './about.ts';
import { interpolated } from './interpolated.ts';
import { besideItem, continuesBelow, isBetween, placeAt, siblings, type Place } from './place.ts';
import { references, stages } from './references.ts';
import { usedPath } from './shared.ts';
import { suggestedKeys, suggestions } from './suggestions.ts';

/** What can stand at a place. Editors narrow it down by what is typed, each in its way. */
export function completeCompose(file: ComposeFile, offset: number, world: World): readonly Completion[] {
  const at = placeAt(file.source, offset);
  if (!at) return [];
  const place = shortForm(file.source, { ...at, path: usedPath(file, at.path) }, offset);
  const variables = interpolated(file, offset, place, world);
  if (variables) return variables;
  // Behind a value that is there, and a blank, nothing more comes.
  if (!place.present && !place.quote && /\S\s+$/.test(place.prefix)) return [];
  // Nor before lines that would come to stand below it.
  if (place.prefix === '' && !place.present && !place.quote && !place.item && continuesBelow(file.source, offset, place)) return [];
  if (isBetween(file.source, offset, place)) return [];
  const found = [
    ...aliases(file, place),
    ...(place.kind === 'key'
      ? [...keys(file, place, offset, world), ...listItems(file, place, offset, world), ...dashed(file, place, offset, world)]
      : values(file, place, world)),
  ];
  const different = [...new Map(found.toReversed().map((each) => [each.label, each])).values()].toReversed();
  return place.kind === 'value' && !place.quote && file.source.text[place.span.start - 1] === ':' ? different.map(withBlank) : different;
}

/** What comes right behind the colon of a key brings the blank along. */
const withBlank = (each: Completion): Completion => ({
  ...each,
  text: ` ${each.text}`,
  ...(each.snippet !== undefined && { snippet: ` ${each.snippet}` }),
});

/** `- models:` under `volumes` is the beginning of `models:/path`, not a key. */
function shortForm(file: Source, place: Place, offset: number): Place {
  const name = place.path.at(-1) ?? '';
  const start = offset - name.length - 1;
  if (place.kind !== 'value' || place.prefix !== '' || place.path.at(-2) !== '[]' || keyAt(place.path) || place.quote) return place;
  if (file.text.slice(start, offset) !== `${name}:`) return place;
  return { ...place, kind: 'key', item: true, path: place.path.slice(0, -1), span: { start, end: place.span.end }, prefix: `${name}:` };
}

/** The anchors above a `*`. */
function aliases({ source }: ComposeFile, place: Place): readonly Completion[] {
  if (
    place.quote ||
    !(
      place.prefix.startsWith('*') ||
      (/^<<(?: \[\])?$/.test(place.path.slice(place.path.lastIndexOf('<<')).join(' ')) && place.prefix === '')
    )
  )
    return [];
  const names = [...source.text.slice(0, place.span.start).matchAll(/(?:^|[\s[{,])&([^\s[\]{},]+)/g)].map((match) => match[1] ?? '');
  const taken = mergedBeside(source, place);
  return [...new Set(names)].filter((name) => !taken.has(name)).map((name) => item(place, `*${name}`, 'reference'));
}

/** The anchors that the other items of a `<<` bring. */
function mergedBeside(source: Source, { path, present, span }: Place): ReadonlySet<string> {
  const { text } = source;
  if (path.at(-1) !== '[]' || path.at(-2) !== '<<') return new Set();
  let around: readonly string[];
  if (present) {
    const close = text.indexOf(']', span.end);
    around = [text.slice(text.lastIndexOf('[', span.start - 1), span.start), close < 0 ? '' : text.slice(span.end, close)];
  } else {
    const number = lineAt(source, span.start);
    const items = (step: number): readonly string[] => {
      const found: string[] = [];
      for (let line = number + step; line >= 0 && line < source.lineStarts.length; line += step) {
        const written = slice(source, lineSpan(source, line));
        if (!/^\s*- +\*/.test(written)) break;
        found.push(written);
      }
      return found;
    };
    around = [...items(-1), ...items(1)];
  }
  return new Set(around.flatMap((each) => [...each.matchAll(/\*([^\s,[\]{}]+)/g)].map((match) => match[1] ?? '')));
}

/** The keys that may stand here and do not yet. */
function keys(file: ComposeFile, place: Place, offset: number, world: World): readonly Completion[] {
  // With a colon or a slash in it an item is no key.
  if (place.quote || (place.item && /[:/]/.test(place.prefix)) || amongItems(file.source, offset, place)) return [];
  const present = place.present ?? siblings(file.source, offset, place.column);
  const followed = /^\s*:/.test(place.rest);
  const known = keyItems(file, place, keysAt(place.path).keys, followed, '');
  const chosen = (place.item ? [] : suggestedKeys(file, place.path, world)).map(({ value, detail }): Completion => ({
    ...item(place, value, 'variable', followed ? value : place.path.length === 1 && !place.present ? `${value}:` : `${value}: `),
    ...(detail !== undefined && { detail }),
  }));
  const target = known.find(({ label }) => label === 'target' && place.path.join('.').endsWith('.build') && !followed);
  const choice = target && stages(file, place.path[1] ?? '', world).filter((name) => !/[,|\\$}]/.test(name));
  const all = [...known, ...chosen].filter(({ label }) => !present.has(label));
  return choice?.length ? all.map((each) => (each === target ? { ...each, snippet: `target: \${1|${choice.join(',')}|}` } : each)) : all;
}

function keyItems(file: ComposeFile, place: Place, table: Keys, followed: boolean, before: string): readonly Completion[] {
  return Object.entries(table).map(([name, key]): Completion => {
    const column = place.column + before.length;
    const { text, snippet } = followed
      ? { text: name, snippet: undefined }
      : place.present
        ? inFlow(name, key)
        : written(name, key, column, file);
    return {
      label: name,
      kind: 'property',
      span: place.span,
      text: before + text,
      ...(snippet !== undefined && { snippet: before + snippet }),
      detail: kindOf(key),
      ...(before !== '' || place.item ? { sort: orderOf(name) } : isUsual(place.path, name) ? { sort: ` ${name}` } : {}),
      documentation: about([...place.path, name], key),
      ...(key.deprecated !== undefined && { deprecated: true }),
    };
  });
}

/** What most files and services say is offered first. */
const isUsual = ({ length, 0: top }: readonly string[], name: string): boolean =>
  length === 0 ? name === 'services' : length === 2 && top === 'services' && usual.has(name);

/** In a list the short forms come first, where there are any; of the long form what it begins with. */
const orderOf = (name: string): string => `~~${String(firstKeys.includes(name) ? firstKeys.indexOf(name) : 9)}${name}`;
const firstKeys = ['type', 'driver', 'source', 'count', 'target', 'device_ids', 'published', 'capabilities', 'path'];

/** What most services say. */
const usual: ReadonlySet<string> = new Set([
  ...['image', 'build', 'command', 'entrypoint', 'environment', 'env_file', 'ports', 'volumes', 'networks', 'depends_on', 'restart'],
  ...['healthcheck', 'deploy', 'gpus', 'shm_size', 'profiles', 'extends', 'secrets', 'configs', 'user', 'working_dir', 'container_name'],
]);

/** A key with what begins its value: a space, a new level, a first list item, or the values to choose from. */
function written(name: string, { shape }: Key, column: number, file: ComposeFile): { readonly text: string; readonly snippet: string } {
  const kinds = alternatives(shape);
  const indent = `${lineBreak(file.source)}${' '.repeat(column + stepOf(file.source))}`;
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
    : block.every(({ kind }) => kind === 'map' || kind === 'list')
      ? `${name}:${indent}`
      : `${name}: `;
  return { text, snippet: text };
}

/** The same between brackets, where lists and mappings have brackets of their own. */
function inFlow(name: string, { shape }: Key): { readonly text: string; readonly snippet: string } {
  const kinds = alternatives(shape).filter(({ kind }) => kind !== 'null');
  const only = (wanted: string): boolean => kinds.every(({ kind }) => kind === wanted);
  const [open, close] = only('list') ? ['[', ']'] : only('map') ? ['{', '}'] : ['', ''];
  return { text: `${name}: ${open}${close}`, snippet: `${name}: ${open}$1${close}` };
}

const words: Readonly<Record<string, string>> = { map: 'object', list: 'array', null: 'null' };
const kindOf = remembered(({ shape }: Key): string =>
  [...new Set(alternatives(shape).map(({ kind }) => words[kind] ?? kind))].sort().join(' or '),
);

const takes = (path: readonly string[], kind: 'map' | 'list'): boolean =>
  shapesAt(path)
    .flatMap(alternatives)
    .some((shape) => shape.kind === kind);

/** Whether the lines around a place are items of the list that it is in. */
const amongItems = (source: Source, offset: number, place: Place): boolean =>
  !place.item && !place.present && takes(place.path, 'list') && besideItem(source, offset, place.column);

/** What can stand as a list item, or as a name in a mapping that refers to things elsewhere in the file. */
function listItems(file: ComposeFile, place: Place, offset: number, world: World): readonly Completion[] {
  if (amongItems(file.source, offset, place)) return [];
  const list = place.item && place.path.at(-1) === '[]';
  const path = list ? place.path : [...place.path, '*'];
  const mapping = !list && takes(place.path, 'map');
  // Behind the colon of a short form the name is written already.
  const known = list && /[:/]/.test(place.prefix) ? [] : references(file, path, world);
  const named = list || !mapping || place.present ? itemsBeside(file, place) : siblings(file.source, offset, place.column);
  const names = known
    .filter((name) => !named.has(name))
    .map((name) => ({ ...(mapping ? namedEntry(file, place, name) : item(place, name, 'reference')), sort: ` ${name}` }));
  return list
    ? [...names, ...suggestions(file, path, place, world), ...valuesAt(path).map((value) => item(place, value, 'enum'))]
    : mapping
      ? names
      : [];
}

/** A name as the key of a mapping; what a service waits for has to be said with it. */
function namedEntry(file: ComposeFile, place: Place, name: string): Completion {
  if (/^\s*:/.test(place.rest)) return item(place, name, 'reference');
  const entry = item(place, name, 'reference', `${name}:`);
  if (place.present || place.path.length !== 3 || place.path[2] !== 'depends_on') return entry;
  const below = `${name}:${lineBreak(file.source)}${' '.repeat(place.column + stepOf(file.source))}condition: `;
  const conditions = ['service_started', 'service_healthy', 'service_completed_successfully'];
  if (get(file.root, 'services', name, 'healthcheck')) conditions.unshift(...conditions.splice(1, 1));
  return { ...entry, text: `${below}${conditions[0] ?? ''}`, snippet: `${below}\${1|${conditions.join(',')}|}` };
}

/** The other items of the list that a place is in. */
const itemsBeside = ({ root }: ComposeFile, { path, span }: Place): ReadonlySet<string> =>
  new Set(items(get(root, ...path.slice(0, -1))).flatMap((each) => (each.span.start === span.start ? [] : (text(each) ?? []))));

/** List items with their dash, where a list is about to begin. */
function dashed(file: ComposeFile, place: Place, offset: number, world: World): readonly Completion[] {
  if (place.item || place.present || place.quote || /^\s*:/.test(place.rest) || place.path.length < 3 || !takes(place.path, 'list'))
    return [];
  const path = [...place.path, '[]'];
  // Where a mapping may stand as well, names come in both forms until the first is chosen.
  if (takes(place.path, 'map') && !amongItems(file.source, offset, place))
    return siblings(file.source, offset, place.column).size
      ? []
      : references(file, path, world).map((name) => item(place, `- ${name}`, 'reference'));
  const plain = [
    ...references(file, path, world).map((name) => item(place, name, 'reference')),
    ...suggestions(file, path, place, world),
    ...valuesAt(path).map((value) => item(place, value, 'enum')),
  ];
  return [
    ...keyItems(file, place, keysAt(path).keys, false, '- '),
    ...plain.map((each) => ({ ...each, text: `- ${each.text}`, ...(each.snippet !== undefined && { snippet: `- ${each.snippet}` }) })),
  ];
}

function values(file: ComposeFile, place: Place, world: World): readonly Completion[] {
  return [
    ...references(file, place.path, world).map((name) => item(place, name, 'reference')),
    ...valuesAt(place.path).map((value) => item(place, value, 'enum')),
    ...suggestions(file, place.path, place, world),
  ];
}

const item = ({ span }: Place, label: string, kind: Completion['kind'], text = label): Completion => ({ label, kind, span, text });
