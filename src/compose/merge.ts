import { entry, text, type Entry, type MapNode, type Node, type ScalarNode } from './model.ts';
import { entryOf, isAsWritten, listOf, mapOf, mapSame, scalarOf, withEntry } from './nodes.ts';
import { unifyLists } from './unique.ts';

/** Told when two values cannot be merged: the path, and the one that would override. */
export type OnClash = (path: string, node: Node) => void;

/** Lays one file's mapping over another's, as several `-f` files are merged. `!reset` takes out, `!override` replaces. */
export function mergeFiles(base: MapNode, over: MapNode, onClash: OnClash): MapNode {
  const merged = merge(withLongGpus(base), over, [], onClash);
  return merged.kind === 'map' ? unifyLists(merged) : base;
}

/** Stands for the service in paths: no name is like it. */
const extending = '*';

/** Lays a service over the one it extends. */
export function mergeServices(base: MapNode, over: MapNode, onClash: OnClash): MapNode {
  const merged = merge(base, over, ['services', extending], onClash);
  return merged.kind === 'map' ? merged : over;
}

/** What lies below in another file is written out in full: `gpus: all` is a list there. */
function withLongGpus(root: MapNode): MapNode {
  const services = entry(root, 'services')?.value;
  if (services?.kind !== 'map' || !services.entries.some(({ value }) => entry(value, 'gpus')?.value.kind === 'scalar')) return root;
  const entries = services.entries.map((each) => (each.value.kind === 'map' ? { ...each, value: longGpus(each.value) } : each));
  return withEntry(root, 'services', { ...services, entries });
}

export function longGpus(service: MapNode): MapNode {
  const gpus = entry(service, 'gpus')?.value;
  if (gpus?.kind !== 'scalar' || gpus.value === null || gpus.tag === '!reset') return service;
  // Whatever the text, Compose takes it for all; only of the file itself does it look at it first.
  const count = typeof gpus.value === 'string' && !gpus.unknown ? { ...gpus, value: 'all', text: 'all' } : gpus;
  return withEntry(service, 'gpus', listOf([mapOf([entryOf('count', count)], gpus.span)], gpus.span));
}

/** Takes out what `!reset` marks, where there is nothing to reset. */
export function withoutResets(node: Node): Node {
  if (node.kind === 'scalar' || isAsWritten(node)) return node;
  if (node.kind === 'list') {
    const items = mapSame(
      kept(node.items, (item) => item),
      withoutResets,
    );
    return items === node.items ? node : { ...node, items };
  }
  const entries = mapSame(
    kept(node.entries, ({ value }) => value),
    (each) => {
      const value = withoutResets(each.value);
      return value === each.value ? each : { ...each, value };
    },
  );
  return entries === node.entries ? node : { ...node, entries };
}

const kept = <T>(list: readonly T[], nodeOf: (item: T) => Node): readonly T[] =>
  list.some((item) => nodeOf(item).tag === '!reset') ? list.filter((item) => nodeOf(item).tag !== '!reset') : list;

const sequences = new Set(
  [
    'annotations build.args build.additional_contexts build.labels deploy.labels dns dns_opt dns_search',
    'env_file label_file environment labels sysctls tmpfs',
  ]
    .join(' ')
    .split(' '),
);
const replaced = new Set(['command', 'entrypoint', 'healthcheck.test']);

function merge(base: Node, over: Node, path: readonly string[], onClash: OnClash): Node {
  if (over.tag === '!override') return withoutResets(over);
  const [section, , ...inner] = path;
  const at = inner.join('.');
  if (section === 'services' && path.length > 2) {
    if (replaced.has(at)) return over;
    if (at === 'logging' && driverOf(base) !== driverOf(over) && driverOf(base) !== undefined && driverOf(over) !== undefined) return over;
    if (at === 'build') return isBuild(over) ? mergeMaps(longBuild(base), longBuild(over), path, onClash) : base;
    if (sequences.has(at)) return sequenceOf(base, over, at);
    if (at === 'extra_hosts' || at === 'build.extra_hosts') return listOf(withNew(toHosts(base), toHosts(over)), over.span);
    // What is neither mapping nor list changes nothing here.
    if ((at === 'depends_on' || at === 'networks' || at === 'models') && over.kind === 'scalar' && base.kind !== 'scalar') return base;
    if (at === 'depends_on') return mergeMaps(toDependencies(base), toDependencies(over), path, onClash);
    if ((at === 'networks' || at === 'models') && (base.kind !== 'scalar' || over.kind !== 'scalar'))
      return mergeMaps(toNames(base), toNames(over), path, onClash);
    if (/^ulimits\.[^.]+$/.test(at)) return over;
  } else if ((section === 'networks' || section === 'volumes') && at === 'labels') return sequenceOf(base, over, at);
  if (section === 'networks' && at === 'ipam.config' && base.kind === 'list' && over.kind === 'list')
    return { ...over, items: mergeSubnets(base.items, over.items, path, onClash) };
  if (section === 'models' && at === 'runtime_flags') return over;
  if (base.kind === 'scalar' && base.value === null) return over;
  if (over.kind === 'scalar' && over.value === null) return base;
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(base, over, path, onClash);
  if (base.kind === 'list' && over.kind === 'list') return { ...over, items: [...base.items, ...over.items] };
  if (base.kind !== 'scalar' && base.kind !== over.kind) onClash(path.join('.'), over);
  return over;
}

/** The address ranges of a network: those of the same subnet are laid over each other. */
function mergeSubnets(base: readonly Node[], over: readonly Node[], path: readonly string[], onClash: OnClash): readonly Node[] {
  const subnet = (node: Node): string | undefined => text(entry(node, 'subnet')?.value);
  const merged: Node[] = [];
  for (const original of base) {
    let below = original;
    for (const each of over) {
      const known = merged.findIndex((one) => subnet(one) === subnet(each));
      if (subnet(each) !== subnet(below) && known < 0) {
        merged.push(each);
        continue;
      }
      // As Compose has it: what is laid over a range stays there for the next ones.
      below = mergeMaps(below, each, path, onClash);
      const at = merged.findIndex((one) => subnet(one) === subnet(below));
      if (at < 0) merged.push(below);
      else merged[at] = below;
    }
  }
  return merged;
}

const driverOf = (logging: Node): string | undefined => {
  const driver = entry(logging, 'driver')?.value;
  return driver?.kind === 'scalar' && driver.tag !== '!reset' ? driver.text : undefined;
};

function mergeMaps(base: Node, over: Node, path: readonly string[], onClash: OnClash): Node {
  if (base.kind !== 'map' || over.kind !== 'map') {
    if (base.kind === 'scalar' && base.value === null) return over;
    if (over.kind === 'scalar' && over.value === null) return base;
    onClash(path.join('.'), over);
    return over;
  }
  const known = new Map<string, Entry>(base.entries.map((each) => [each.key, each]));
  for (const each of over.entries) {
    const old = known.get(each.key);
    // What is taken out of a service that is extended is taken out of the files below, too.
    if (each.value.tag === '!reset' && path[1] === extending) known.set(each.key, each);
    else if (each.value.tag === '!reset') known.delete(each.key);
    else if (old) {
      // What has a place in the file that is looked at keeps it.
      const keySpan = each.keySpan.start < 0 ? old.keySpan : each.keySpan;
      known.set(each.key, { ...each, keySpan, value: merge(old.value, each.value, [...path, each.key], onClash) });
    } else known.set(each.key, path[1] === extending ? each : { ...each, value: withoutResets(each.value) });
  }
  return { ...over, entries: [...known.values()] };
}

/** Anything else is passed over. */
const isBuild = (build: Node): boolean => build.kind === 'map' || (build.kind === 'scalar' && typeof build.value === 'string');

const longBuild = (build: Node): Node =>
  build.kind === 'scalar' && build.value !== null ? mapOf([entryOf('context', build)], build.span) : build;

/** Both as lists of `KEY=value`. `KEY: !reset null` takes out what has that name in a mapping. */
function sequenceOf(base: Node, over: Node, at: string): Node {
  const gone = new Set(over.kind === 'map' ? over.entries.flatMap(({ key, value }) => (value.tag === '!reset' ? [key] : [])) : []);
  const left = gone.size && base.kind === 'map' ? { ...base, entries: base.entries.filter(({ key }) => !gone.has(key)) } : base;
  return listOf([...toSequence(left, at), ...toSequence(withoutResets(over), at)], over.span);
}

/** `KEY: value` as `KEY=value`, in the order of the keys. */
function toSequence(node: Node, at = ''): readonly Node[] {
  if (node.kind === 'list') return node.items;
  // A number or `true` becomes nothing.
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : [];
  if (at === 'env_file') return [listOf([node], node.span)];
  return node.entries
    .map(({ key, keySpan, value }) => {
      const text = value.kind !== 'scalar' ? undefined : value.value === null ? key : `${key}=${asText(value)}`;
      return text === undefined
        ? value
        : { ...scalarOf(text, { start: keySpan.start, end: Math.max(keySpan.end, value.span.end) }), ...unknownOf(value) };
    })
    .sort((a, b) => (keyText(a) < keyText(b) ? -1 : 1));
}
/** A number is written as Compose prints it: `1.50` is 1.5. */
const asText = ({ value, text }: ScalarNode): string =>
  typeof value === 'number' && (Number.isSafeInteger(value) || !Number.isInteger(value)) ? String(value) : text;
const keyText = (node: Node): string => (node.kind === 'scalar' ? node.text : '');
const unknownOf = (node: Node): { unknown?: true } => (node.kind === 'scalar' && node.unknown ? { unknown: true } : {});

/** The items of both, those of the second that the first has left out. */
const withNew = (base: readonly Node[], over: readonly Node[]): readonly Node[] => {
  const known = new Set(base.map(keyText));
  return [...base, ...over.filter((item) => !known.has(keyText(item)))];
};

function toHosts(node: Node): readonly Node[] {
  if (node.kind === 'list') return node.items;
  if (node.kind === 'scalar') return typeof node.value === 'string' ? [node] : [];
  return node.entries.flatMap(({ key, value }) =>
    (value.kind === 'list' ? value.items : [value]).map((each) => scalarOf(`${key}=${each.kind === 'scalar' ? each.text : ''}`, each.span)),
  );
}

/** The short form of depends_on in the long one. */
function toDependencies(node: Node): Node {
  if (node.kind !== 'list') return node;
  return mapOf(
    node.items.flatMap((item) =>
      item.kind === 'scalar'
        ? [
            entryOf(
              item.text,
              mapOf(
                [
                  entryOf('condition', scalarOf('service_started', item.span)),
                  entryOf('required', { ...scalarOf('true', item.span), value: true }),
                ],
                item.span,
              ),
              item.span,
            ),
          ]
        : [],
    ),
    node.span,
  );
}

function toNames(node: Node): Node {
  if (node.kind !== 'list') return node;
  return mapOf(
    node.items.flatMap((item) =>
      item.kind === 'scalar' ? [entryOf(item.text, { ...scalarOf('', item.span), value: null, quoted: false })] : [],
    ),
    node.span,
  );
}
