import type { KnowledgeBase, ReleaseLife } from '../../knowledge/knowledge.ts';
import { get, text } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import { compareVersions } from './pins.ts';
import { imageReference } from '../../text/imageReference.ts';

/** A tag of an image, and why it is offered. */
export interface ImageVersion {
  readonly tag: string;
  readonly detail: string;
  /** Only known from the workspace. */
  readonly used?: true;
}

/** Official images whose tags are the versions of a product in the table of releases. */
const products: Readonly<Record<string, string>> = {
  python: 'python',
  debian: 'debian',
  ubuntu: 'ubuntu',
  alpine: 'alpine-linux',
  postgres: 'postgresql',
  redis: 'redis',
  mysql: 'mysql',
  mongo: 'mongodb',
  rabbitmq: 'rabbitmq',
  nginx: 'nginx',
  'apache/airflow': 'apache-airflow',
  'grafana/grafana': 'grafana',
};

/** The tags that are worth naming for an image: those of this machine, of this workspace, and of releases that are still kept up. */
export function versionsOf(image: string, world: World): readonly ImageVersion[] {
  const { workspace } = world;
  const used = [
    ...workspace.composeFiles().flatMap(({ services }) => services.flatMap(({ node }) => text(get(node, 'image')) ?? [])),
    ...workspace.dockerfiles().flatMap(({ stages }) => stages.flatMap(({ image: base }) => base?.value ?? [])),
  ];
  return offers(image, world, used);
}

/** The same without what the workspace uses. */
export const knownVersions = (image: string, world: Pick<World, 'live' | 'knowledge' | 'today'>): readonly ImageVersion[] =>
  offers(image, world, []);

function offers(
  image: string,
  { live, knowledge, today }: Pick<World, 'live' | 'knowledge' | 'today'>,
  used: readonly string[],
): readonly ImageVersion[] {
  const wanted = imageReference(image);
  const tagOf = (reference: string): readonly string[] => {
    const { registry, name, tag } = imageReference(reference);
    return registry === wanted.registry && name === wanted.name && tag !== undefined && tag !== 'latest' && !tag.includes('$') ? [tag] : [];
  };
  const all: readonly ImageVersion[] = [
    ...live.images.flatMap(tagOf).map((tag) => ({ tag, detail: 'on the engine' })),
    ...used.flatMap(tagOf).map((tag) => ({ tag, detail: 'used in this workspace', used: true as const })),
    ...(wanted.registry === 'docker.io' ? released(wanted.name, knowledge, today) : []),
    ...knowledge.ngc.flatMap((row) => tagOf(row.image).map((tag) => ({ tag, detail: row.framework }))).toReversed(),
  ];
  const seen = new Set<string>();
  return all.filter(({ tag }) => !seen.has(tag) && seen.add(tag));
}

function released(name: string, knowledge: KnowledgeBase, today: string): readonly ImageVersion[] {
  if (name === 'vllm/vllm-openai')
    return knowledge.vllm.toReversed().map(({ version, cuda }) => ({ tag: `v${version}`, detail: `CUDA ${cuda}` }));
  if (name === 'prom/prometheus')
    return cycles(knowledge.endOfLife['prometheus'], today).map(({ tag, detail }) => ({ tag: `v${tag}`, detail }));
  if (name === 'nvidia/cuda')
    return knowledge.cudaImages
      .toReversed()
      .flatMap(({ cuda, cudnn, os }) =>
        os
          .toReversed()
          .flatMap((system) => [`${cuda}-base-${system}`, `${cuda}-${cudnn}-runtime-${system}`, `${cuda}-${cudnn}-devel-${system}`]),
      )
      .map((tag) => ({ tag, detail: 'CUDA' }));
  const product = products[name];
  return product === undefined ? [] : cycles(knowledge.endOfLife[product], today);
}

/** The newest patch of each release that still gets fixes, newest first. */
function cycles(releases: Readonly<Record<string, ReleaseLife>> | undefined, today: string): readonly ImageVersion[] {
  return Object.entries(releases ?? {})
    .filter(([, { eol }]) => eol === undefined || eol > today)
    .sort(([a], [b]) => compareVersions(b, a))
    .map(([cycle, { latest, eol }]) => ({
      tag: latest ?? cycle,
      detail: eol !== undefined ? `gets fixes until ${eol}` : 'gets fixes',
    }));
}
