import type { BaseImage, KnowledgeBase, Service } from '../knowledge/knowledge.ts';
import { imageFacts } from '../knowledge/lookup.ts';
import type { OwnImage, OwnService, Rows } from './model.ts';
import { literal } from '../text/literal.ts';

const merged = new WeakMap<KnowledgeBase, WeakMap<Rows, KnowledgeBase>>();

/** The tables with a project's own rows before them, so that these count where both know something. */
export function withRows(knowledge: KnowledgeBase, rows: Rows): KnowledgeBase {
  if (!rows.images.length && !rows.services.length && !rows.indexes.length) return knowledge;
  let known = merged.get(knowledge);
  if (!known) merged.set(knowledge, (known = new WeakMap()));
  let whole = known.get(rows);
  if (!whole)
    known.set(
      rows,
      (whole = {
        ...knowledge,
        images: [...rows.images.map((row) => baseImage(row, knowledge)), ...knowledge.images],
        services: [...rows.services.map(service), ...knowledge.services],
        indexes: [...rows.indexes, ...knowledge.indexes],
      }),
    );
  return whole;
}

function baseImage({ image, match, tags = [], basedOn, ...own }: OwnImage, knowledge: KnowledgeBase): BaseImage {
  const base = basedOn === undefined ? undefined : imageFacts(knowledge, basedOn);
  return {
    user: 'root',
    packages: [],
    libc: 'glibc',
    ...base,
    tools: { ...base?.tools, ...own.tools },
    name: image ?? base?.name ?? 'own image',
    ...own,
    match: match ?? `^${literal(image ?? '')}(?::|$)`,
    ...(image === undefined ? {} : { references: tags.length ? tags.map((tag) => `${image}:${tag}`) : [image] }),
    // What is not said is not known: without a base, only what was said counts as certain.
    sure: 'certain',
  };
}

const service = ({ match, ...own }: OwnService): Service => ({
  name: own.id,
  category: 'own',
  ports: [],
  env: {},
  volumes: [],
  defaultCredentials: [],
  wantsShm: false,
  notes: [],
  ...own,
  recognise: match ?? `^(?:${own.images.map((image) => literal(image.replace(/(?<=[^/]):[^/:]+$/, ''))).join('|')})(?::|@|$)`,
  sure: 'certain',
});
