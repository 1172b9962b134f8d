import type { Span } from '../../text/text.ts';
import { nearest } from '../../text/nearest.ts';
import { unsetIn, type Complaint } from '../complaint.ts';
import { get, items, keysOf, text, type Entry, type MapNode, type Node, type ScalarNode } from '../model.ts';
import { mountOf } from '../short/mount.ts';
import { remembered } from '../../text/remembered.ts';
import { sections, type Section } from '../sections.ts';

/** A place that names a service, network, volume, secret, config or model. */
export interface Reference {
  readonly section: Section;
  readonly name: string;
  readonly span: Span;
  /** The key that it stands under. */
  readonly under: string;
  /** Whether it may wait for a profile that is off. */
  readonly optional?: true;
  /** Variables in the name that are not set. */
  readonly unset?: readonly string[];
}

/**
 * What services name that nothing defines. `elsewhere` says whether another file, laid over or under this one, does; `hidden`
 * gives the profile that a service waits for.
 */
export function* checkReferences(
  root: MapNode,
  elsewhere: (section: Section, name: string) => boolean,
  hidden: (service: string) => Node | undefined = () => undefined,
): Generator<Complaint> {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return;
  const defined = (section: Section): ReadonlySet<string> => new Set(keysOf(get(root, section)));
  const known: Readonly<Record<Section, ReadonlySet<string>>> = {
    services: defined('services'),
    networks: new Set([...defined('networks'), 'default']),
    volumes: defined('volumes'),
    secrets: defined('secrets'),
    configs: defined('configs'),
    models: defined('models'),
  };
  const missing: (Reference & { readonly from: string })[] = [];
  const used = new Set<string>();
  for (const { key: from, value } of services.entries) {
    if (value.kind !== 'map') continue;
    const all = referencesOf(value);
    // What need not be there by depends_on need not be there for a link either.
    const optional = new Set(all.flatMap((each) => (each.optional ? [each.name] : [])));
    for (const reference of all) {
      const { section, name, span, under } = reference;
      used.add(`${section} ${name}`);
      if (under === 'build.additional_contexts' && get(services, name) && !get(services, name, 'build')) {
        yield {
          kind: 'reference',
          span,
          message: `«${from}» builds on the service «${name}», which has no build of its own: it brings no image to build on.`,
        };
        continue;
      }
      if ((known[section].has(name) && !(section === 'networks' && name.startsWith('x-'))) || elsewhere(section, name)) continue;
      const other = hidden(name);
      if (section === 'services' && other !== undefined && optional.has(name) && !refusedAnyway.has(under)) continue;
      if (name === '') {
        yield {
          kind: 'reference',
          span,
          message: `${unsetIn(reference)}«${from}» names a ${sections[section]} under ${under} with an empty text: there is none.`,
          undefined: { section, name },
        };
        continue;
      }
      if (section === 'services' && other !== undefined) {
        yield {
          kind: 'reference',
          // The file that makes it wait says so where another one names it.
          span: span.start < 0 ? other.span : span,
          message: `«${from}» names «${name}» under ${under}, which is only there with its profile «${text(other) ?? ''}»: Compose refuses that without the profile.`,
        };
        continue;
      }
      missing.push({ ...reference, from });
      const meant = nearest(name, section === 'services' ? [...known.services].filter((each) => each !== from) : known[section]);
      yield {
        kind: 'reference',
        span,
        message: `${unsetIn(reference)}«${from}» names the ${sections[section]} «${name}» under ${under}, and there is none.${meant === undefined ? (section === 'services' ? '' : ` Define it under the top-level «${section}:».`) : ` Did you mean «${meant}»?`}`,
        undefined: { section, name, ...(meant === undefined ? {} : { meant }) },
      };
    }
  }
  yield* misspelt(root, missing, used);
}

/** Where Compose asks for a service whatever depends_on says of it. */
const refusedAnyway: ReadonlySet<string> = new Set(['network_mode', 'build.additional_contexts']);

/** A definition that nothing names, spelt nearly like a name that nothing defines. */
function* misspelt(
  root: MapNode,
  missing: readonly (Reference & { readonly from: string })[],
  used: ReadonlySet<string>,
): Generator<Complaint> {
  const told = new Set<string>();
  for (const { section, name, from } of missing) {
    const map = get(root, section);
    if (map?.kind !== 'map') continue;
    const free = map.entries.filter(({ key }) => !used.has(`${section} ${key}`) && !(section === 'services' && key === from));
    const close = nearest(
      name,
      free.map(({ key }) => key),
    );
    const found = free.find(({ key }) => key === close);
    if (!found || told.has(found.key) || (section === 'services' && isWellNamed(found))) continue;
    told.add(found.key);
    yield {
      kind: 'reference',
      span: found.keySpan,
      message: `Nothing names the ${sections[section]} «${found.key}», and «${from}» names «${name}», which nothing defines: is one of them misspelt?`,
    };
  }
}

/** Whether a service is called as many are, or as what it runs: then the name that is like it is the misspelt one. */
function isWellNamed({ key, value }: Entry): boolean {
  if (usual.has(key)) return true;
  const said = ['image', 'container_name', 'hostname', 'build'].map((each) => text(get(value, each)) ?? '');
  return [...said, text(get(value, 'build', 'context')) ?? ''].some((each) => each.split(/[^\w-]+/).includes(key));
}

const usual: ReadonlySet<string> = new Set(
  [
    'admin agent api app backend broker cache client consumer database db elasticsearch frontend gateway grafana jupyter kafka',
    'keycloak loki mariadb milvus minio mlflow mongo mongodb mysql nginx node notebook ollama pgadmin postgres prefect producer',
    'prometheus proxy qdrant queue rabbitmq redis scheduler server storage triton train trainer traefik ui vllm weaviate web worker zookeeper',
  ].flatMap((line) => line.split(' ')),
);

const written = (node: Node | undefined): node is ScalarNode => node?.kind === 'scalar' && !node.unknown && node.value !== null;

/** Everything that a service names. */
export const referencesOf = remembered((service: MapNode): readonly Reference[] => {
  const at = (section: Section, node: Node | undefined, under: string, name = text(node)): Reference | undefined =>
    // What is no text is of the wrong kind, which is said of it.
    written(node) && typeof node.value === 'string' && name !== undefined
      ? { section, name, span: node.span, under, ...(node.unset && { unset: node.unset }) }
      : undefined;
  const found: (Reference | undefined)[] = [];
  const addNames = (section: Section, key: string): void => {
    const node = get(service, key);
    if (node?.kind === 'list') for (const item of node.items) found.push(at(section, item, key));
    if (node?.kind === 'map')
      for (const entry of node.entries) {
        const optional = key === 'depends_on' && text(get(entry.value, 'required')) === 'false';
        found.push({ section, name: entry.key, span: entry.keySpan, under: key, ...(optional && { optional }) });
      }
  };
  addNames('services', 'depends_on');
  if (get(service, 'network_mode') === undefined) addNames('networks', 'networks');
  addNames('models', 'models');
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const node = get(service, key);
    const other = /^service:(.*)$/.exec(text(node) ?? '')?.[1];
    if (other !== undefined) found.push(at('services', node, key, other));
  }
  for (const item of items(get(service, 'links'))) found.push(at('services', item, 'links', text(item)?.replace(/[:=].*$/, '')));
  for (const item of items(get(service, 'volumes_from'))) {
    const name = text(item);
    if (name !== undefined && !name.startsWith('container:')) found.push(at('services', item, 'volumes_from', name.replace(/:.*$/, '')));
  }
  for (const item of items(get(service, 'volumes'))) found.push(volumeAt(item));
  for (const section of ['secrets', 'configs'] as const) {
    for (const item of listOf(get(service, section))) found.push(at(section, item.kind === 'map' ? get(item, 'source') : item, section));
  }
  for (const item of listOf(get(service, 'build', 'secrets')))
    found.push(at('secrets', item.kind === 'map' ? get(item, 'source') : item, 'build.secrets'));
  const contexts = get(service, 'build', 'additional_contexts');
  for (const item of contexts?.kind === 'map' ? contexts.entries.map(({ value }) => value) : listOf(contexts)) {
    const base = /^(?:[^=]*=)?service:(.+)$/.exec(text(item) ?? '')?.[1];
    if (base !== undefined) found.push(at('services', item, 'build.additional_contexts', base));
  }
  const references = new Map<string, Reference>();
  for (const each of found) {
    if (!each) continue;
    const id = `${each.section} ${each.name} ${String(each.span.start)}`;
    if (!references.has(id)) references.set(id, each);
  }
  return [...references.values()];
});

const listOf = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : []);

function volumeAt(item: Node): Reference | undefined {
  if (item.kind === 'map') {
    const source = get(item, 'source');
    if (text(get(item, 'type')) !== 'volume' || !written(source) || source.text === '') return undefined;
    return { section: 'volumes', name: source.text, span: source.span, under: 'volumes' };
  }
  if (!written(item)) return undefined;
  const read = mountOf(item.text);
  if (!read.ok || read.mount.type !== 'volume' || read.mount.source === undefined) return undefined;
  return { section: 'volumes', name: read.mount.source, span: item.span, under: 'volumes' };
}
