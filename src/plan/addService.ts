import { addKey, environmentOf } from '../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode } from '../compose/model.ts';
import type { KnowledgeBase, Service } from '../knowledge/knowledge.ts';
import { serviceFacts } from '../knowledge/lookup.ts';
import type { Edit } from '../text/text.ts';
import type { Recipe } from '../knowledge/recipe.ts';
import { insertions, newFile } from './insertServices.ts';
import { recipeFiles } from './recipeFiles.ts';
import { namedNetworks } from '../rules/shared/composeServices.ts';

/** What adding a service changes. */
export interface ServiceAddition {
  /** Edits of the Compose file; for a new file, one insertion. */
  readonly edits: readonly Edit[];
  /** Variables that `.env` has to get; their values are made by the caller. */
  readonly secrets: readonly string[];
  /** The names of the services that are added, the wanted one last. */
  readonly names: readonly string[];
  /** Files beside the Compose file that they read; one that is there already is to be kept. */
  readonly files: readonly { readonly path: string; readonly text: string }[];
}

/** The place where services are added: an existing Compose file, or none yet. */
export interface Target {
  readonly compose?: ComposeFile;
  /** Names that `.env` has already. */
  readonly variables: ReadonlySet<string>;
}

/** Adds a service of the catalogue to a Compose file, wired with what is there; what it needs and is not there is added too. */
export function addService(
  recipe: Recipe,
  recipes: readonly Recipe[],
  knowledge: KnowledgeBase,
  { compose, variables }: Target,
): ServiceAddition {
  const taken = new Map((compose?.services ?? []).map(({ name, node }) => [name, node]));
  const added = new Map<string, object>();
  const volumes: string[] = [];
  const secrets: string[] = [];
  const takenPorts = new Set([...taken.values()].flatMap(publishedPorts));
  const files: { readonly path: string; readonly text: string }[] = [];
  const kindOf = new Map<string, string>();
  for (const [name, node] of taken) {
    const known = knownAs(node, knowledge);
    if (known !== undefined) kindOf.set(name, known);
  }

  /** Health checks that services get which others now wait for, by their name. */
  const checks = new Map<string, Edit>();
  /** Networks on which services are that the new ones call, and the profiles without which these are not there. */
  const networks = new Set<string>();
  const profiles = new Set<string>();

  add(recipe);
  for (const [name, service] of added)
    added.set(name, {
      ...service,
      ...(networks.size ? { networks: [...networks] } : {}),
      ...(profiles.size ? { profiles: [...profiles] } : {}),
    });
  return {
    edits: compose?.root ? [...checks.values(), ...insertions(compose, compose.root, added, volumes)] : [newFile(compose, added, volumes)],
    secrets: [...new Set(secrets)].filter((name) => !variables.has(name)),
    names: [...added.keys()],
    files,
  };

  function add(one: Recipe): string {
    const needs = new Map((one.needs ?? []).map((need) => [need.as, { ...need, ...satisfy(need) }]));
    const name = free(one.name ?? one.id);
    kindOf.set(name, one.id);
    const fill = (value: string): string =>
      value.replace(/(?<!\$)\{(\w+)(?:\.(\w+))?\}/g, (whole, as: string, variable: string | undefined) => {
        if (as === 'self') return name;
        const need = needs.get(as);
        return need ? (variable === undefined ? need.name : (need.environment[variable] ?? `\${${variable}:?set it in .env}`)) : whole;
      });
    const read = recipeFiles(one, kindOf, recipes);
    files.push(...read);
    secrets.push(...(one.secrets ?? []));
    volumes.push(...(one.volumes ?? []).map(([volume]) => `${name}-${volume}`));
    const ports = one.ports?.map(([host, inside]) => `127.0.0.1:${freePort(host)}:${inside}`);
    const dependsOn = Object.fromEntries([...needs.values()].map(({ name: needed, condition }) => [needed, { condition }]));
    added.set(name, serviceOf(one, { name, fill, dependsOn, ports, files: read, facts: factsOf(one, knowledge) }));
    return name;
  }

  /** A service that is there already, or one that is added now. */
  function satisfy({ oneOf: kinds, condition }: Need): {
    readonly name: string;
    readonly environment: Variables;
    readonly condition: string;
  } {
    for (const [name, node] of taken) {
      const known = kindOf.get(name);
      const isJob =
        kinds.includes('create-bucket') && /\bmc\b.*\bmb\b/s.test(JSON.stringify([get(node, 'entrypoint'), get(node, 'command')]));
      if (isJob || (known !== undefined && kinds.includes(known) && !/\bmc\b/.test(JSON.stringify(get(node, 'entrypoint') ?? '')))) {
        for (const network of namedNetworks(node)) if (network) networks.add(network);
        for (const profile of items(get(node, 'profiles'))) profiles.add(text(profile) ?? '');
        return { name, environment: variablesOf(node, known), condition: waitsFor(name, node, condition, known) };
      }
    }
    const recipeOf = recipes.find(({ id }) => kinds.includes(id));
    if (!recipeOf) throw new Error(`no recipe for ${kinds.join(' or ')}`);
    const earlier = [...added.keys()].find((name) => kindOf.get(name) === recipeOf.id);
    return { name: earlier ?? add(recipeOf), environment: recipeOf.environment ?? {}, condition };
  }

  /** How a service can be waited for: one without a health check gets one, and is waited for by its start where that cannot be written. */
  function waitsFor(name: string, node: MapNode, condition: Need['condition'], known: string | undefined): string {
    if (condition !== 'service_healthy' || get(node, 'healthcheck') || checks.has(name)) return condition;
    const facts = knowledge.services.find(({ id }) => id === known);
    const test = facts?.health?.test;
    const check = { test: [...(test ?? [])], interval: '10s', timeout: '5s', retries: '6', ...startOf(facts) };
    const edit = compose && test?.length ? addKey(compose.source, node, 'healthcheck', check) : undefined;
    if (!edit) return 'service_started';
    checks.set(name, edit);
    return condition;
  }

  function free(wanted: string): string {
    let name = wanted;
    for (let n = 2; taken.has(name) || added.has(name); n++) name = `${wanted}-${n}`;
    return name;
  }

  function freePort(wanted: number): number {
    let port = wanted;
    while (takenPorts.has(port)) port++;
    takenPorts.add(port);
    return port;
  }
}

/** What a service that is there already is, by its image. */
function knownAs(node: MapNode, knowledge: KnowledgeBase): string | undefined {
  const image = text(get(node, 'image'));
  return image === undefined ? undefined : serviceFacts(knowledge, image)?.id;
}

const factsOf = ({ id, image }: Recipe, knowledge: KnowledgeBase): Service | undefined =>
  knowledge.services.find((each) => each.id === id) ?? (image === undefined ? undefined : serviceFacts(knowledge, image));

/** What a recipe gets from its surroundings. */
interface Given {
  readonly name: string;
  /** Puts names and values of other services into a text. */
  readonly fill: (value: string) => string;
  readonly dependsOn: Readonly<Record<string, object>>;
  readonly ports: readonly string[] | undefined;
  readonly files: ReturnType<typeof recipeFiles>;
  readonly facts: Service | undefined;
}

/** A service as a Compose file has it, its keys in the usual order. */
function serviceOf(one: Recipe, { name, fill, dependsOn, ports, files, facts }: Given): object {
  const { volumes: mounts = [], ...extra } = one.extra ?? {};
  const paths = [
    ...(one.volumes ?? []).map(([volume, path]) => `${name}-${volume}:${path}`),
    ...(mounts as readonly string[]),
    ...files.map(({ path, at }) => `./${path}:${at}:ro`),
  ];
  const test = one.healthcheck === 'built-in' || one.job ? undefined : (one.healthcheck ?? facts?.health?.test ?? undefined);
  return {
    ...(one.image !== undefined && { image: one.image }),
    ...(one.dockerfile !== undefined && { build: { dockerfile_inline: one.dockerfile } }),
    ...(!one.job && { restart: 'unless-stopped' }),
    ...(Object.keys(dependsOn).length && { depends_on: dependsOn }),
    ...(one.entrypoint && { entrypoint: one.entrypoint }),
    ...(one.command !== undefined && { command: typeof one.command === 'string' ? fill(one.command) : one.command.map(fill) }),
    ...(one.environment && {
      environment: Object.fromEntries(Object.entries(one.environment).map(([key, value]) => [key, fill(value)])),
    }),
    ...(ports && { ports }),
    ...(paths.length && { volumes: paths }),
    ...(one.shm !== undefined && { shm_size: one.shm }),
    ...extra,
    ...(one.gpu && { deploy: { resources: { reservations: { devices: [gpuDevice(one.gpu)] } } } }),
    ...(test && { healthcheck: { test: [...test], interval: '10s', timeout: '5s', retries: 6, ...startOf(facts) } }),
  };
}

const startOf = (facts: Service | undefined): object => (facts?.startPeriod ? { start_period: facts.startPeriod } : {});

type Need = NonNullable<Recipe['needs']>[number];
type Variables = Readonly<Record<string, string>>;

/** What a service that is there sets, and what its image takes where it sets nothing and reads no file. */
function variablesOf(service: MapNode, kind: string | undefined): Variables {
  const set = Object.fromEntries([...environmentOf(service)].flatMap(([name, { value }]) => (value === undefined ? [] : [[name, value]])));
  if (entry(service, 'env_file')) return set;
  const user = set['POSTGRES_USER'] ?? 'postgres';
  if (kind === 'postgres') return { POSTGRES_USER: user, POSTGRES_DB: user, ...set };
  return kind === 'minio' ? { MINIO_ROOT_USER: 'minioadmin', MINIO_ROOT_PASSWORD: 'minioadmin', ...set } : set;
}

const gpuDevice = (gpu: true | 'all'): object => ({ driver: 'nvidia', count: gpu === 'all' ? 'all' : 1, capabilities: ['gpu'] });

function publishedPorts(service: MapNode): readonly number[] {
  const ports = get(service, 'ports');
  if (ports?.kind !== 'list') return [];
  return ports.items.flatMap((item) => {
    const written = text(item)?.replace(/\/\w+$/, '') ?? text(get(item, 'published')) ?? '';
    const parts = written.split(':');
    const host = item.kind === 'scalar' ? (parts.length > 1 ? parts.at(-2) : undefined) : written;
    return host && /^\d+$/.test(host) ? [Number(host)] : [];
  });
}
