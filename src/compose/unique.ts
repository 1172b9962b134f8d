import { entry, type MapNode, type Node } from './model.ts';
import { mountOf } from './short/mount.ts';

type Identity = (item: Node) => string | undefined;

const textOf = (item: Node | undefined): string | undefined => (item?.kind === 'scalar' && item.value !== null ? item.text : undefined);
const whole: Identity = textOf;
const beforeEquals: Identity = (item) => textOf(item)?.replace(/=[^]*$/, '');
const field =
  (name: string): Identity =>
  (item) =>
    textOf(entry(item, name)?.value);

const port: Identity = (item) => {
  const text = textOf(item);
  if (text !== undefined) return text;
  const part = (name: string): string => textOf(entry(item, name)?.value) ?? '';
  return `${part('host_ip')}:${part('published')}:${part('target')}/${part('protocol') || 'tcp'}`;
};
const mount: Identity = (item) => {
  const text = textOf(item);
  if (text === undefined) return field('target')(item);
  const read = mountOf(text);
  return read.ok ? read.mount.target.replace(/(.)\/+$/, '$1') : text;
};
const device: Identity = (item) => textOf(item)?.split(':')[1] ?? textOf(item) ?? field('target')(item) ?? field('source')(item);
const grant =
  (folder: string): Identity =>
  (item) => {
    const target = textOf(entry(item, 'target')?.value);
    if (target !== undefined) return target;
    const name = textOf(item) ?? field('source')(item);
    return name === undefined ? undefined : folder + name;
  };
const envFile: Identity = (item) => textOf(item) ?? field('path')(item);

/** By what an item of a list is the same as another: the later one wins. */
const identities: Readonly<Record<string, Identity>> = {
  annotations: beforeEquals,
  'build.args': beforeEquals,
  'build.additional_contexts': beforeEquals,
  'build.labels': beforeEquals,
  'build.platform': beforeEquals,
  'build.tags': whole,
  cap_add: beforeEquals,
  cap_drop: beforeEquals,
  configs: grant('/'),
  'deploy.labels': beforeEquals,
  devices: device,
  dns: whole,
  dns_opt: whole,
  dns_search: whole,
  env_file: envFile,
  environment: beforeEquals,
  expose: whole,
  labels: beforeEquals,
  links: beforeEquals,
  'network.labels': beforeEquals,
  'networks.*.aliases': whole,
  'networks.*.link_local_ips': whole,
  ports: port,
  profiles: whole,
  secrets: grant('/run/secrets/'),
  sysctls: beforeEquals,
  tmpfs: beforeEquals,
  volumes: mount,
};

/** In each service and network, keeps one of those list items that mean the same; as Compose does before it looks closer. */
export function unifyLists(root: MapNode): MapNode {
  return {
    ...root,
    entries: root.entries.map((each) =>
      (each.key === 'services' || each.key === 'networks') && each.value.kind === 'map'
        ? {
            ...each,
            value: {
              ...each.value,
              entries: each.value.entries.map((one) =>
                one.value.kind === 'map' ? { ...one, value: unify(one.value, each.key === 'services' ? '' : 'network.') } : one,
              ),
            },
          }
        : each,
    ),
  };
}

/** The same for a service by itself. */
export const unifyService = (service: MapNode): MapNode => unify(service, '');

const eachNetwork = (networks: MapNode): MapNode => ({
  ...networks,
  entries: networks.entries.map((each) => (each.value.kind === 'map' ? { ...each, value: unify(each.value, 'networks.*.') } : each)),
});

function unify(map: MapNode, prefix: string): MapNode {
  return {
    ...map,
    entries: map.entries.map((each) => {
      const path = prefix + each.key;
      const { value } = each;
      if (value.kind === 'map' && (path === 'build' || path === 'deploy')) return { ...each, value: unify(value, `${path}.`) };
      if (value.kind === 'map' && path === 'networks') return { ...each, value: eachNetwork(value) };
      const identity = Object.hasOwn(identities, path) ? identities[path] : undefined;
      if (!identity || value.kind !== 'list') return each;
      const items = new Map<string, Node>();
      value.items.forEach((item, index) => items.set(identity(item) ?? `#${String(index)}`, item));
      return { ...each, value: { ...value, items: [...items.values()] } };
    }),
  };
}
