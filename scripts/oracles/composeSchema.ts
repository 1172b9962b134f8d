import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { alternatives } from '../../src/compose/keys/lookup.ts';
import type { Shape } from '../../src/compose/keys/key.ts';
import { root } from '../../src/compose/keys/root.ts';
import { oracleFolder, score, type Oracle } from '../oracle.ts';

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly patternProperties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly oneOf?: readonly Schema[];
  readonly definitions?: Readonly<Record<string, Schema>>;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** Every property of both copies of Compose's schema is in the keys table, with the same kinds of values. */
export const oracle: Oracle = {
  file: 'compose-schema.json',
  measure: () =>
    ['compose-schema.json', 'compose-schema.compose-go.json'].map((name) => {
      const path = join(oracleFolder() ?? '', name);
      const schema = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Schema) : {};
      const rows = [...walk(schema, schema, [root], name)];
      return score(name.replace('compose-schema.', '').replace('json', 'schema'), 1, rows, (row) => row.miss, refused);
    }),
};

/** Kinds of values that the schema takes and Compose stops at when it reads the file. */
const stopsAt = [
  ['build.additional_contexts.*', 'number, boolean, null'],
  ['build.ulimits.*', 'string'],
  ['build.ulimits.*.hard', 'string'],
  ['build.ulimits.*.soft', 'string'],
  ['blkio_config.weight', 'string'],
  ['blkio_config.weight_device[].weight', 'string'],
  ['build.secrets[].mode', 'number'],
  ['configs[].mode', 'number'],
  ['group_add[]', 'number'],
  ['secrets[].mode', 'number'],
  ['volumes[].tmpfs.mode', 'string'],
] as const;

const refused = ({ miss }: { readonly miss: string | undefined }): string | undefined =>
  stopsAt.some(([key, kinds]) => miss?.endsWith(`.services.*.${key}: the schema takes ${kinds}`))
    ? 'Compose stops at such a value, whatever the schema says'
    : undefined;

type Plain = Exclude<Shape, { kind: 'either' }>;

/** Walks schema and table side by side: one row a property. */
function* walk(schema: Schema, whole: Schema, shapes: readonly Shape[], path: string): Generator<{ readonly miss: string | undefined }> {
  const resolved = follow(schema, whole);
  const plain = shapes.flatMap(alternatives);
  const kinds = resolved.flatMap(({ type }) => (typeof type === 'string' ? [type] : (type ?? [])));
  const missing = kinds.filter((kind) => !plain.some((shape) => means(shape, kind)));
  yield { miss: missing.length ? `${path}: the schema takes ${missing.join(', ')}` : undefined };
  for (const part of resolved) {
    for (const [name, inner] of Object.entries(part.properties ?? {})) {
      const known = plain.flatMap((shape) => (shape.kind === 'map' && Object.hasOwn(shape.keys, name) ? [shape.keys[name]] : []));
      const [row] = known;
      if (row) yield* walk(inner, whole, [row.shape], `${path}.${name}`);
      else yield { miss: `${path}.${name} is not in the table` };
    }
    for (const [pattern, inner] of Object.entries(part.patternProperties ?? {})) {
      if (pattern === '^x-') continue;
      const others = plain.flatMap((shape) => (shape.kind === 'map' && shape.others ? [shape.others] : []));
      if (others.length) yield* walk(inner, whole, others, `${path}.*`);
      else yield { miss: `${path}: names of one's own choice are not in the table` };
    }
    if (part.items) {
      const items = plain.flatMap((shape) => (shape.kind === 'list' ? [shape.of] : []));
      yield* walk(part.items, whole, items, `${path}[]`);
    }
  }
}

function follow(schema: Schema, whole: Schema): readonly Schema[] {
  const name = schema.$ref?.split('/').pop();
  const target = name === undefined ? undefined : (whole.$defs ?? whole.definitions)?.[name];
  if (target) return follow(target, whole);
  return schema.oneOf ? schema.oneOf.flatMap((each) => follow(each, whole)) : [schema];
}

function means(shape: Plain, kind: string): boolean {
  if (kind === 'object') return shape.kind === 'map';
  if (kind === 'array') return shape.kind === 'list';
  if (kind === 'integer') return shape.kind === 'integer' || shape.kind === 'number';
  return shape.kind === kind;
}
