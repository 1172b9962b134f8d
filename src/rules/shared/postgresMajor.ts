import type { ImageReference } from '../../text/imageReference.ts';

/** How images that are built on PostgreSQL's own write its major in their tags. */
const tags: Readonly<Record<string, RegExp>> = {
  postgres: /^(\d+)(?!\d)/,
  'postgis/postgis': /^(\d+)-/,
  'pgvector/pgvector': /(?:^|-)pg(\d+)(?:-|$)/,
  'timescale/timescaledb': /(?:^|-)pg(\d+)(?:-|$)/,
};

/** The major of PostgreSQL that an image's tag names. */
export function postgresMajor({ name, tag = '' }: ImageReference): number | undefined {
  const found = Object.hasOwn(tags, name) ? tags[name]?.exec(tag)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}
