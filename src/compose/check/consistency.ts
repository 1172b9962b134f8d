import type { Span } from '../../text/text.ts';
import { unsetIn, type Complaint, type ComplaintKind } from '../complaint.ts';
import { entry, get, items, text, type Entry, type MapNode, type Node, type ScalarNode } from '../model.ts';
import { mountOf } from '../short/mount.ts';
import { projectName } from '../variables.ts';
import { bytes } from './values.ts';

/** What contradicts itself or leaves out what Compose must know, in the file as Compose sees it. */
export function* checkConsistency(root: MapNode): Generator<Complaint> {
  const name = entry(root, 'name')?.value;
  const written = text(name);
  if (name?.kind === 'scalar' && written !== undefined && !name.unknown && isSaid(name) && projectName(written) === '')
    yield complaint('value', name, `«${written}» leaves no name for the project: it needs a letter or digit.`);
  const services = get(root, 'services');
  if (services?.kind === 'map')
    for (const each of services.entries)
      if (each.value.kind === 'map' || (each.value.kind === 'scalar' && each.value.value === null)) yield* checkService(each);
  for (const section of ['networks', 'volumes', 'secrets', 'configs'] as const) {
    const map = get(root, section);
    if (map?.kind === 'map') for (const each of map.entries) yield* checkResource(section, each);
  }
}

/** A complaint about a value, or about a place; about a value it begins with the variables in it that are not set. */
const complaint = (kind: ComplaintKind, at: Node | { readonly span: Span }, message: string): Complaint => ({
  kind,
  span: at.span,
  message: `${'kind' in at && at.kind === 'scalar' ? unsetIn(at) : ''}${message}`,
});
/** Of two things that contradict each other, the one in this file: the first, unless only the second is. What other files bring has no place here. */
function contradiction(first: Span, second: Span, message: string): Complaint {
  const [span, other] = first.start < 0 ? [second, first] : [first, second];
  const apart = other.start < 0 ? ' Another file of the project has the other one.' : '';
  return { kind: 'conflict', span, message: message + apart };
}
/** Whether a text is more than two quotes: a variable may have made it empty. */
const isSaid = ({ span, quoted }: ScalarNode): boolean => span.end - span.start > (quoted ? 2 : 0);
const isUnknown = (node: Node | undefined): boolean => node?.kind === 'scalar' && node.unknown === true;
const isOn = (node: Node | undefined): boolean => {
  const value = text(node);
  return value !== undefined && /^(?:true|yes|y|on)$/i.test(value);
};

/** Whether something is listed: an empty list or mapping is as good as none. */
const joins = (networks: Node): boolean => (networks.kind === 'map' ? networks.entries : items(networks)).length > 0;

/** Services that do not say what they run. `elsewhere` says whether another file does. */
export function* checkImages(root: MapNode, elsewhere: (service: string) => boolean): Generator<Complaint> {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return;
  for (const { key: name, keySpan, value: service } of services.entries) {
    if (service.kind === 'list' || (service.kind === 'scalar' && service.value !== null)) continue;
    const image = get(service, 'image');
    if (!(text(image) ?? '') && !isUnknown(image) && !entry(service, 'build') && !entry(service, 'provider') && !elsewhere(name))
      yield complaint(
        'image',
        image && text(image) === '' ? image : { span: keySpan },
        `«${name}» has neither image nor build: Compose does not know what to run.`,
      );
  }
}

function* checkService({ key: name, value: service }: Entry): Generator<Complaint> {
  const networkMode = get(service, 'network_mode');
  const networks = entry(service, 'networks');
  if (networkMode && networks && joins(networks.value) && text(networkMode))
    yield contradiction(networkMode.span, networks.keySpan, `«${name}» has network_mode and networks: Compose takes one of them.`);
  const replicas = get(service, 'deploy', 'replicas') ?? get(service, 'scale');
  for (const each of [get(service, 'scale'), get(service, 'deploy', 'replicas')])
    if (each && Number(text(each)) < 0)
      yield complaint('value', each, `There cannot be ${text(each) ?? ''} containers of «${name}»: the least is 0.`);
  const container = get(service, 'container_name');
  const times = [get(service, 'scale'), replicas].find((each) => text(each) !== undefined);
  if (container && times && Number(text(times)) > 1)
    yield contradiction(
      container.span,
      times.span,
      `«${name}» runs more than once, and a container_name can only be given once: leave it out.`,
    );
  for (const [short, ...long] of [
    ['scale', 'deploy', 'replicas'],
    ['mem_limit', 'deploy', 'resources', 'limits', 'memory'],
    ['mem_reservation', 'deploy', 'resources', 'reservations', 'memory'],
    ['cpus', 'deploy', 'resources', 'limits', 'cpus'],
    ['pids_limit', 'deploy', 'resources', 'limits', 'pids'],
  ] as const) {
    const one = get(service, short);
    const other = get(service, ...long);
    if (!one || isUnknown(one) || isUnknown(other)) continue;
    const around = entry(get(service, ...long.slice(0, -2)), long.at(-2) ?? '');
    if (other && amount(one) !== amount(other))
      yield contradiction(
        one.span,
        other.span,
        `«${short}» is ${text(one) ?? ''} and ${long.join('.')} is ${text(other) ?? ''}: they mean the same, so keep one.`,
      );
    // Compose takes limits that do not name it for one of 0.
    else if (!other && short !== 'scale' && amount(one) !== '0' && around?.value.kind === 'map')
      yield contradiction(
        one.span,
        around.keySpan,
        `«${short}» is ${text(one) ?? ''}, and ${long.slice(0, -1).join('.')} stands without it: Compose refuses that, so write it there as ${long.at(-1) ?? ''}.`,
      );
  }
  const test = get(service, 'healthcheck', 'test');
  if (test?.kind === 'list' && test.items.length) {
    const [first] = test.items;
    if (first && !isUnknown(first) && !['CMD', 'CMD-SHELL', 'NONE'].includes(text(first) ?? ''))
      yield complaint('value', first, `A health check's list begins with CMD, CMD-SHELL or NONE, not «${text(first) ?? ''}».`);
  }
  yield* checkPlatforms(service);
  const inline = entry(get(service, 'build'), 'dockerfile_inline');
  const dockerfile = entry(get(service, 'build'), 'dockerfile');
  if (inline && dockerfile)
    yield contradiction(
      inline.keySpan,
      dockerfile.keySpan,
      '«dockerfile_inline» and «dockerfile» are two Dockerfiles for one image: keep one of them.',
    );
  for (const item of items(get(service, 'develop', 'watch'))) {
    if (
      item.kind === 'map' &&
      ['sync', 'sync+restart', 'sync+exec'].includes(text(get(item, 'action')) ?? '') &&
      !text(get(item, 'target'))
    ) {
      const action = get(item, 'action');
      if (action)
        yield complaint(
          'missing-key',
          get(item, 'target') ?? action,
          `«${text(action) ?? ''}» needs a target: the path in the container to copy to.`,
        );
    }
  }
  yield* checkTmpfs(service);
}

/** What Compose cannot take in, in any service, also in one that waits for a profile. */
export function* checkItems(root: MapNode): Generator<Complaint> {
  const services = get(root, 'services');
  if (services?.kind !== 'map') return;
  for (const { value } of services.entries) {
    yield* checkEnvironment(value);
    yield* checkPairs(value);
    // The schema lets it be nothing, and Compose then ends with a panic.
    const pid = entry(value, 'pid')?.value;
    if (pid?.kind === 'scalar' && pid.value === null)
      yield complaint('type', pid, '«pid» takes a text, not nothing: write host or service:NAME, or leave it out.');
  }
}

/** Two mounts at one path, one of them in memory. */
function* checkTmpfs(service: Node): Generator<Complaint> {
  const paths = new Map<string, Node>();
  const seen = new Set<string>();
  for (const item of items(get(service, 'tmpfs'))) {
    const written = text(item);
    if (written === undefined || isUnknown(item) || seen.has(written.replace(/=[^]*$/, ''))) continue;
    // What differs only behind an equals sign, Compose takes for one.
    seen.add(written.replace(/=[^]*$/, ''));
    const path = written.replace(/:[^]*$/, '');
    const before = paths.get(path);
    if (before) yield contradiction(item.span, before.span, `«${path}» is mounted as tmpfs twice: keep one of them.`);
    paths.set(path, item);
  }
  for (const item of items(get(service, 'volumes'))) {
    const target = item.kind === 'map' ? get(item, 'target') : item;
    const read = item.kind === 'map' || isUnknown(item) ? undefined : mountOf(text(item) ?? '');
    const path = item.kind === 'map' ? (text(target) ?? '') : read?.ok ? read.mount.target : '';
    const memory = paths.get(path);
    if (target && !isUnknown(target) && memory)
      yield contradiction(
        target.span,
        memory.span,
        `«${path}» is mounted as tmpfs already: Compose refuses a second mount there, so keep one of them.`,
      );
  }
}

const amount = (node: Node): string => {
  const value = text(node) ?? '';
  return String(bytes(value) ?? Number(value));
};

function* checkPlatforms(service: Node): Generator<Complaint> {
  const platform = get(service, 'platform');
  const platforms = get(service, 'build', 'platforms');
  const wanted = text(platform);
  if (!wanted || !platform || platforms?.kind !== 'list' || !platforms.items.length || isUnknown(platform)) return;
  if (!platforms.items.some((item) => text(item) === wanted || isUnknown(item)))
    yield contradiction(
      platform.span,
      platforms.span,
      `The service runs on ${wanted}, and build.platforms does not build for it: add ${wanted} there.`,
    );
}

/** Lists of variables, in which Compose refuses a blank before the equals sign; in mappings it takes one. */
function* checkEnvironment(service: Node): Generator<Complaint> {
  const hooks = [...items(get(service, 'post_start')), ...items(get(service, 'pre_stop'))];
  const watched = items(get(service, 'develop', 'watch')).map((item) => get(item, 'exec'));
  const lists = [service, ...hooks, ...watched].map((each) => get(each, 'environment'));
  // A build argument without a value is left out where nothing sets it.
  const args = listItems(get(service, 'build', 'args')).filter((item) => text(item)?.includes('='));
  for (const list of [...lists.map(listItems), args])
    for (const item of list) {
      const name = item.kind === 'scalar' && !item.unknown ? item.text.replace(/=[^]*$/, '') : '';
      if (/\s$/.test(name)) yield complaint('value', item, `The variable «${name.trim()}» has a space before the equals sign: remove it.`);
    }
}

/** Lists whose items have so many parts. */
const paired = [
  { path: ['devices'], fits: /^[^:]*(?::[^:]*){0,2}$/, says: 'HOST:CONTAINER:RIGHTS, or a mapping with source and target' },
  { path: ['extra_hosts'], fits: /^[^=:]+[=:]./, says: 'HOST=ADDRESS' },
  { path: ['build', 'extra_hosts'], fits: /^[^=:]+[=:]./, says: 'HOST=ADDRESS' },
  { path: ['build', 'additional_contexts'], fits: /=/, says: 'NAME=CONTEXT' },
  { path: ['build', 'ssh'], fits: /=|^default$/, says: 'default, or ID=PATH' },
] as const;

function* checkPairs(service: Node): Generator<Complaint> {
  for (const { path, fits, says } of paired)
    for (const item of listItems(get(service, ...path)))
      if (item.kind === 'scalar' && !item.unknown && typeof item.value === 'string' && !fits.test(item.value))
        yield complaint('value', item, `Under ${path.join('.')} an item is ${says}, not «${item.value}».`);
}

const listItems = (node: Node | undefined): readonly Node[] => (node?.kind === 'list' ? node.items : []);

const contents: Readonly<Record<'secrets' | 'configs', readonly string[]>> = {
  secrets: ['file', 'environment'],
  configs: ['file', 'environment', 'content'],
};

function* checkResource(
  section: 'networks' | 'volumes' | 'secrets' | 'configs',
  { key: name, keySpan, value }: Entry,
): Generator<Complaint> {
  const external = entry(value, 'external');
  const isExternal = external?.value.kind === 'map' || isOn(external?.value);
  if (isExternal && external) {
    const allowed = ['name', 'external'];
    const others = value.kind === 'map' ? value.entries.filter(({ key }) => !allowed.includes(key) && !key.startsWith('x-')) : [];
    const [other] = others;
    if (other && section === 'volumes')
      yield contradiction(
        other.keySpan,
        external.keySpan,
        `«${name}» is external: it exists already, so «${other.key}» has no place here.`,
      );
    const outer = get(external.value, 'name');
    const own = get(value, 'name');
    // Of several files, Compose reads the one under external as the other before it lays them together.
    if (outer && own && text(outer) !== text(own) && outer.span.start < 0 === own.span.start < 0)
      yield complaint('conflict', own, `«${name}» has a name here and another under external: keep «name» and write external: true.`);
    return;
  }
  if (section !== 'secrets' && section !== 'configs') return;
  if (isUnknown(external?.value)) return;
  const given = contents[section].filter((key) => entry(value, key));
  if (!given.length)
    yield {
      kind: 'missing-key',
      span: keySpan,
      message: `«${name}» says nowhere what it holds: give it one of ${contents[section].join(', ')}.`,
    };
  const [only] = given;
  const held = only === 'environment' && given.length === 1 ? get(value, only) : undefined;
  if (section === 'secrets' && held && text(held) === '')
    yield complaint('missing-key', held, `«${name}» has an empty «environment»: name the variable that holds the secret.`);
  if (given.length > 1)
    yield { kind: 'conflict', span: keySpan, message: `«${name}» has ${given.join(' and ')}: Compose takes one of them.` };
}
