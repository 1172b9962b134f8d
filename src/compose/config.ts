import { check } from './check/check.ts';
import type { Complaint } from './complaint.ts';
import { canonicalService, type Place } from './canonical/service.ts';
import { change, flagOf, isMap, listOf, pairsOf, textOf, type Plain, type PlainMap } from './canonical/values.ts';
import { readEnv } from './envFile.ts';
import { load } from './load.ts';
import type { ComposeFile, Fault } from './model.ts';
import { plainOf } from './nodes.ts';
import { folderOf, joinPath } from './paths.ts';
import { activeProfiles } from './project.ts';
import { unifyLists } from './unique.ts';
import type { Surroundings } from './surroundings.ts';
import { variablesFor } from './variables.ts';

/** The model that Compose works with, and what it would refuse. */
export interface Config {
  readonly model: PlainMap;
  readonly refused: readonly (Fault | Complaint)[];
}

/**
 * What `docker compose -f FILE -f FILE config` prints: the files laid over each other, variables filled in, `extends` and `include` followed,
 * every key in its long form. `directory` is the absolute path that relative ones begin in.
 */
export function config(files: readonly [ComposeFile, ...ComposeFile[]], around: Surroundings, directory: string): Config {
  const surroundings: Surroundings = { ...around, directory };
  const [first, ...over] = files;
  const folder = folderOf(first.source.path);
  const paths = over.map(({ source }) => source.path);
  const { root } = load(first, surroundings, [], paths);
  const refused: (Fault | Complaint)[] = files.flatMap(({ faults }) => [...faults]);
  if (!refused.length) refused.push(...check(first, surroundings, [], paths));
  const plain = plainOf(unifyLists(root));
  const model: PlainMap = isMap(plain) ? plain : {};
  const variables = variablesFor(folder, surroundings);
  const absolute = (path: string): string => {
    if (/^(?:[a-z]:[\\/]|\\\\)/i.test(path)) return path;
    if (path.startsWith('~')) return joinPath('', (surroundings.variable('HOME') ?? '~') + path.slice(1));
    // What is absolute stays as it is written.
    if (path.startsWith('/')) return path;
    const from = joinPath(joinPath(directory, folder), path);
    return from === '' ? '/' : from;
  };
  const named = variablesFor(folder, surroundings, { project: textOf(model['name']) }).get('COMPOSE_PROJECT_NAME');
  const name = named ?? 'project';
  const place: Place = {
    absolute,
    variable: variables.get,
    envFile: (path, raw) => {
      const text = surroundings.read(joinPath(folder, path)) ?? '';
      return raw ? rawEnv(text) : readEnv(text, variables.get);
    },
  };
  return { model: print(model, name, place, activeProfiles(first.source.path, surroundings)), refused };
}

const rawEnv = (text: string): Map<string, string> =>
  new Map([...text.matchAll(/^([A-Za-z_][\w.]*)=(.*)$/gm)].map((match) => [match[1] ?? '', (match[2] ?? '').replace(/\r$/, '')]));

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
  for (const [key, value] of Object.entries(model)) if (key.startsWith('x-')) out[key] = value;
  return escaped(out);
}

function resource(section: string, key: string, value: Plain, project: string, { absolute }: Place): Plain {
  const map = isMap(value) ? value : {};
  const external = isMap(map['external']) ? true : map['external'] === undefined ? false : flagOf(map['external']) === true;
  const outer = isMap(map['external']) ? textOf(map['external']['name']) : '';
  const { external: _, ...rest } = map;
  let full: PlainMap = { name: textOf(map['name']) || outer || (external ? key : `${project}_${key}`), ...rest };
  full = change(full, 'labels', (labels) => pairsOf(labels, ''));
  full = change(full, 'file', (file) => absolute(textOf(file)));
  full = change(full, 'driver_opts', (options) => {
    const given = pairsOf(options, '');
    const device = textOf(given['device']);
    // A folder that the local driver binds is one of the project.
    const binds =
      section === 'volumes' && /(?:^|,)r?bind(?:,|$)/.test(textOf(given['o'])) && ['', 'local'].includes(textOf(full['driver']));
    return binds && device !== '' ? { ...given, device: absolute(device) } : given;
  });
  for (const flag of ['internal', 'attachable', 'enable_ipv4', 'enable_ipv6']) full = change(full, flag, flagOf);
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
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, walk(each)]));
}
