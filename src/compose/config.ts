import type { Source, Span } from '../text/text.ts';
import { check, checkFiles, checkSelf } from './check/check.ts';
import { canonicalService, type Place } from './canonical/service.ts';
import { change, flagOf, isList, isMap, listOf, pairsOf, textOf, type Plain, type PlainMap } from './canonical/values.ts';
import { readEnv, readRawEnv } from './envFile.ts';
import type { Complaint } from './complaint.ts';
import { load, type Reached } from './load.ts';
import type { ComposeFile } from './model.ts';
import { plainOf } from './nodes.ts';
import { folderOf, join } from '../text/paths.ts';
import { activeProfiles } from './project.ts';
import { unifyLists } from './unique.ts';
import type { Surroundings } from './surroundings.ts';
import { variablesFor } from './variables.ts';

/** The model that Compose works with, and what it would refuse. */
export interface Config {
  readonly model: PlainMap;
  readonly refused: readonly Refusal[];
}

/** Why Compose stops, and in which file. */
export interface Refusal {
  readonly source: Source;
  readonly span: Span;
  readonly message: string;
}

/**
 * What `docker compose -f FILE -f FILE config` prints: the files laid over each other, variables filled in, `extends` and `include` followed,
 * every key in its long form. `directory` is the absolute path that relative ones begin in.
 */
export function config(files: readonly [ComposeFile, ...ComposeFile[]], around: Surroundings, directory: string): Config {
  const given = new Map(files.map(({ source }) => [source.path, source.text]));
  const surroundings: Surroundings = { ...around, directory, read: (path) => given.get(path) ?? around.read(path) };
  const [first, ...over] = files;
  const folder = folderOf(first.source.path);
  const paths = over.map(({ source }) => source.path);
  const reached: Reached[] = [];
  const { root, complaints } = load(first, surroundings, { under: [], over: paths }, (each) => reached.push(each));
  const profiles = activeProfiles(first.source.path, surroundings);
  const together = [...complaints, ...checkSelf(root), ...checkFiles(root, profiles, folder, surroundings)];
  const refused = refusals(files, surroundings, reached, together);
  const plain = plainOf(unifyLists(root));
  const model: PlainMap = isMap(plain) ? plain : {};
  const variables = variablesFor(folder, surroundings);
  const absolute = (path: string): string => {
    if (/^(?:[a-z]:[\\/]|\\\\)/i.test(path)) return path;
    if (path.startsWith('~')) return join('', (surroundings.variable('HOME') ?? '~') + path.slice(1));
    // What is absolute stays as it is written.
    if (path.startsWith('/')) return path;
    const from = join(join(directory, folder), path);
    return from === '' ? '/' : from;
  };
  const named = variablesFor(folder, surroundings, { project: textOf(model['name']) }).get('COMPOSE_PROJECT_NAME');
  const name = named ?? 'project';
  const place: Place = {
    absolute,
    variable: variables.get,
    envFile: (path, raw, own = {}) => {
      const text = surroundings.read(join(folder, path)) ?? '';
      const inService = (wanted: string): string | undefined => {
        const value = own[wanted];
        return typeof value === 'string' ? value : undefined;
      };
      return (raw ? readRawEnv : readEnv)(text, (wanted) => variables.get(wanted) ?? inService(wanted));
    },
  };
  const printed = print(model, name, place, profiles);
  const shared = sharedNames(printed).map((each) => `Two services have the container name «${each}»: only one of them starts.`);
  return { model: printed, refused: [...refused, ...shared.map((message) => ({ source: first.source, span: root.span, message }))] };
}

/** What stops Compose in the files themselves; when nothing does, in those that they take in, and last in what comes of all. */
function refusals(
  files: readonly [ComposeFile, ...ComposeFile[]],
  surroundings: Surroundings,
  reached: readonly Reached[],
  together: readonly Complaint[],
): readonly Refusal[] {
  const paths = files.map(({ source }) => source.path);
  const at = ({ source }: ComposeFile, wrong: readonly { readonly span: Span; readonly message: string }[]): readonly Refusal[] =>
    wrong.map(({ span, message }) => ({ source, span, message }));
  const broken = files.flatMap((file) => at(file, file.faults));
  if (broken.length) return broken;
  const own = files.flatMap((file, index) =>
    at(file, refusing(check(file, surroundings, [], { under: paths.slice(0, index), over: paths.slice(index + 1) }))),
  );
  if (own.length) return own;
  const theirs = reached.flatMap(({ file, complaints, own: inner }) =>
    at(file, file.faults.length ? file.faults : refusing([...complaints, ...(inner ? checkSelf(inner) : [])])),
  );
  if (theirs.length) return theirs;
  const [first] = files;
  return refusing(together).flatMap((complaint) =>
    at(reached.find(({ file }) => file.source.path === complaint.path)?.file ?? first, [complaint]),
  );
}

const refusing = (complaints: readonly Complaint[]): readonly Complaint[] => complaints.filter(({ ignored }) => !ignored);

/** Services of one container name: only one of them could start. */
function sharedNames({ services }: PlainMap): readonly string[] {
  const names = isMap(services) ? Object.values(services).map((service) => (isMap(service) ? textOf(service['container_name']) : '')) : [];
  return [...new Set(names.filter((name, at) => name !== '' && names.indexOf(name) < at))];
}

const sorted = (map: PlainMap): PlainMap => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));

function print(model: PlainMap, name: string, place: Place, chosen: ReadonlySet<string>): PlainMap {
  const written = isMap(model['services']) ? model['services'] : {};
  const services: Record<string, PlainMap> = {};
  for (const [key, service] of Object.entries(sorted(written))) {
    const plain = isMap(service) ? service : {};
    const wanted = listOf(plain['profiles'] ?? null).map(textOf);
    if (!wanted.length || chosen.has('*') || wanted.some((each) => chosen.has(each))) services[key] = canonicalService(plain, place);
  }
  const used = usedBy(Object.values(services));
  const out: Record<string, Plain> = { name, services };
  for (const section of ['networks', 'volumes', 'secrets', 'configs'] as const) {
    const map = isMap(model[section]) ? model[section] : {};
    const all = section === 'networks' && used.networks.has('default') ? { default: null, ...map } : map;
    const kept = Object.entries(sorted(all)).filter(([key]) => used[section].has(key));
    if (kept.length) out[section] = Object.fromEntries(kept.map(([key, value]) => [key, resource(section, key, value, name, place)]));
  }
  if (isMap(model['models'])) {
    const kept = Object.entries(sorted(model['models'])).filter(([key]) => used.models.has(key));
    if (kept.length) out['models'] = Object.fromEntries(kept);
  }
  for (const [key, value] of Object.entries(model)) if (key.startsWith('x-')) out[key] = withoutEmptyLists(value);
  return escaped(out);
}

/** What is people's own: Compose prints a list without items as null. */
const withoutEmptyLists = (value: Plain): Plain => {
  if (isList(value)) return value.length ? value.map(withoutEmptyLists) : null;
  return isMap(value) ? Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutEmptyLists(inner)])) : value;
};

function resource(section: string, key: string, value: Plain, project: string, { absolute }: Place): Plain {
  const map = isMap(value) ? value : {};
  const external = isMap(map['external']) ? true : map['external'] === undefined ? false : flagOf(map['external']) === true;
  const outer = isMap(map['external']) ? textOf(map['external']['name']) : '';
  const { external: _, ...rest } = map;
  let full: PlainMap = { name: textOf(map['name']) || outer || (external ? key : `${project}_${key}`), ...rest };
  // A name that is written and empty is none, and no other takes its place.
  full = change(full, 'name', (written) => (written === '' ? undefined : written));
  full = change(full, 'labels', (labels) => pairsOf(labels, ''));
  full = change(full, 'file', (file) => absolute(textOf(file)));
  full = change(full, 'driver_opts', (options) => {
    const given = pairsOf(options, '');
    const device = textOf(given['device']);
    // A folder that the local driver binds is one of the project.
    const binds =
      section === 'volumes' && /(?:^|,)r?bind(?:,|$)/.test(textOf(given['o'])) && ['', 'local'].includes(textOf(full['driver']));
    const bare = textOf(given['o']) === 'bind' && textOf(full['driver']) === 'local' && given['device'] !== undefined;
    return bare || (binds && device !== '') ? { ...given, device: absolute(device) } : given;
  });
  for (const flag of ['enable_ipv4', 'enable_ipv6']) full = change(full, flag, flagOf);
  for (const flag of ['internal', 'attachable']) full = change(full, flag, (on) => (flagOf(on) === true ? true : undefined));
  // Compose reads the options of an address range, and does not keep them.
  full = change(full, 'ipam', (ipam) => (isMap(ipam) ? change(ipam, 'options', () => undefined) : ipam));
  if (external) full = { ...full, external: true };
  return section === 'networks' && full['ipam'] === undefined ? { ...full, ipam: {} } : full;
}

function usedBy(
  services: readonly PlainMap[],
): Readonly<Record<'networks' | 'volumes' | 'secrets' | 'configs' | 'models', ReadonlySet<string>>> {
  const used = {
    networks: new Set<string>(),
    volumes: new Set<string>(),
    secrets: new Set<string>(),
    configs: new Set<string>(),
    models: new Set<string>(),
  };
  for (const service of services) {
    if (isMap(service['networks'])) for (const network of Object.keys(service['networks'])) used.networks.add(network);
    if (isMap(service['models'])) for (const model of Object.keys(service['models'])) used.models.add(model);
    for (const mount of listOf(service['volumes'] ?? null))
      if (isMap(mount) && mount['type'] === 'volume') used.volumes.add(textOf(mount['source']));
    const build = isMap(service['build']) ? listOf(service['build']['secrets'] ?? null) : [];
    for (const grant of [...listOf(service['secrets'] ?? null), ...build]) if (isMap(grant)) used.secrets.add(textOf(grant['source']));
    for (const grant of listOf(service['configs'] ?? null)) if (isMap(grant)) used.configs.add(textOf(grant['source']));
  }
  return used;
}

/** A `$` is written `$$`, so that what is printed can be read again. */
function escaped(value: PlainMap): PlainMap {
  const walk = (each: Plain): Plain => {
    if (typeof each === 'string') return each.replaceAll('$', '$$$$');
    if (Array.isArray(each)) return (each as readonly Plain[]).map(walk);
    return isMap(each) ? escaped(each) : each;
  };
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key.replaceAll('$', '$$$$'), walk(each)]));
}
