import { Document, isMap, isNode, isSeq, parseDocument } from 'yaml';
import { source } from '../text/text.ts';
import type { Catalogue, Rows } from './model.ts';
import { catalogueSchema } from './schema.ts';
import { validate, type Fault } from './validate.ts';

/** The files that hold a project's own rows, in the order in which they are looked for. */
export const catalogueNames: readonly string[] = ['.ml-containers.yaml', '.ml-containers.yml', '.ml-containers.json'];

export const noRows: Rows = { images: [], services: [], indexes: [], gpus: [] };

/** Reads a catalogue. Never fails: rows with mistakes are left out, and every mistake is a fault. */
export function parseCatalogue(path: string, text: string): Catalogue {
  const file = source(path, text);
  const yaml = parseDocument(text, { prettyErrors: false, logLevel: 'silent' });
  const whole = { start: 0, end: Math.min(1, text.length) };
  const faults: Fault[] = yaml.errors.slice(0, 1).map(({ pos, message }) => ({
    span: { start: Math.min(pos[0], text.length), end: Math.max(Math.min(pos[0], text.length), Math.min(pos[1], text.length)) },
    message: `This is no YAML: ${message}`,
  }));
  if (!yaml.contents) return { language: 'catalogue', source: file, rows: noRows, faults };
  if (!faults.length) faults.push(...validate(yaml.contents, catalogueSchema, whole));
  return { language: 'catalogue', source: file, rows: rowsOf(yaml), faults };
}

/** The sound rows of a setting's value. */
export const rowsIn = (value: Readonly<Record<string, unknown>>): Rows =>
  Object.keys(value).length ? rowsOf(new Document(value)) : noRows;

const rowsOf = (yaml: Document): Rows => ({
  images: sound(yaml, 'images') as Rows['images'],
  services: sound(yaml, 'services') as Rows['services'],
  indexes: sound(yaml, 'indexes') as Rows['indexes'],
  gpus: sound(yaml, 'gpus') as Rows['gpus'],
});

/** The rows of one table that the schema finds nothing wrong with. */
function sound(yaml: Document, table: keyof Rows): readonly unknown[] {
  const rows = isMap(yaml.contents) ? yaml.contents.get(table, true) : undefined;
  const schema = catalogueSchema.properties?.[table]?.items;
  if (!isSeq(rows) || !schema) return [];
  const nowhere = { start: 0, end: 0 };
  return rows.items.flatMap((row) => ([...validate(row, schema, nowhere)].length || !isNode(row) ? [] : [row.toJS(yaml) as unknown]));
}
