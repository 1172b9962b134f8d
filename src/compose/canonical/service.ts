import { commandWords } from '../short/words.ts';
import { longDevices, longMounts, longPorts } from './mounts.ts';
import {
  change,
  durationOf,
  flagOf,
  isList,
  isMap,
  listOf,
  numberOf,
  pairsOf,
  sizeOf,
  textOf,
  unlessZero,
  type Plain,
  type PlainMap,
} from './values.ts';

/** What a service's long form depends on. */
export interface Place {
  /** A path of the host, made absolute. */
  readonly absolute: (path: string) => string;
  readonly variable: (name: string) => string | undefined;
  /** The variables of an env file. */
  readonly envFile: (path: string, raw: boolean, own?: PlainMap) => ReadonlyMap<string, string>;
}

const sorted = (map: PlainMap): PlainMap => Object.fromEntries(Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1)));
const each =
  (by: (value: Plain) => Plain) =>
  (value: Plain): Plain =>
    listOf(value).map(by);
const commandOf = (value: Plain): Plain =>
  typeof value === 'string' ? (commandWords(value) ?? value) : isMap(value) ? value : value === null ? null : listOf(value).map(textOf);
const names = (value: Plain): Plain => (isMap(value) ? value : Object.fromEntries(listOf(value).map((name) => [textOf(name), null])));
const count = (value: Plain): Plain => (value === 'all' ? -1 : numberOf(value));
const requests = each((item) => {
  if (!isMap(item)) return item;
  // Neither a count nor ids means every device.
  const counted = item['count'] === undefined && item['device_ids'] === undefined ? { ...item, count: -1 } : item;
  return change(change(counted, 'count', count), 'options', (options) => pairsOf(options, ''));
});
const hostsOf = (value: Plain): Plain => hostLines(value).sort();
const hostLines = (value: Plain): string[] =>
  isMap(value)
    ? Object.entries(value).flatMap(([host, address]) => listOf(address).map((one) => `${host}=${bare(textOf(one))}`))
    : listOf(value).flatMap((item) => {
        const [, host, addresses = ''] = /^([^=:]+)[:=](.*)$/.exec(textOf(item)) ?? [];
        return host === undefined ? textOf(item) : addresses.split(',').map((address) => `${host}=${bare(address)}`);
      });
const bare = (address: string): string => address.replace(/^\[(.*)\]$/, '$1');
const texts = (value: Plain): Plain => listOf(value).filter((item) => item !== '');
const limits = (value: Plain): Plain =>
  isMap(value)
    ? Object.fromEntries(
        Object.entries(value).map(([name, limit]) => [
          name,
          isMap(limit) ? change(change(limit, 'soft', numberOf), 'hard', numberOf) : numberOf(limit),
        ]),
      )
    : value;
const grants = (folder: string | undefined) =>
  each((item) => {
    const long = isMap(item) ? item : { source: item };
    const target = textOf(long['target']) || (folder === undefined ? '' : textOf(long['source']));
    const modeOf = (mode: Plain): Plain => (typeof mode === 'number' ? `0${mode.toString(8)}` : mode);
    const placed =
      target === '' ? long : { ...long, target: folder === undefined || long['target'] !== undefined ? target : folder + target };
    return change(placed, 'mode', modeOf);
  });

// Go leaves out what is false or zero.
const flag0 = (value: Plain): Plain | undefined => (flagOf(value) === true ? true : undefined);
const count0 = (value: Plain): Plain | undefined => unlessZero(numberOf(value));
const size0 = (value: Plain): Plain | undefined => unlessZero(sizeOf(value));

/** What block devices may do: every rate is a text, its unit reckoned in. */
const blkioOf = (value: Plain): Plain =>
  isMap(value)
    ? Object.fromEntries(
        Object.entries(value).flatMap(([key, given]): [string, Plain][] => {
          if (!key.startsWith('device_')) return [[key, given]];
          const rated = listOf(given).map((item) => (isMap(item) ? change(item, 'rate', (rate) => textOf(sizeOf(rate))) : item));
          return rated.length ? [[key, rated]] : [];
        }),
      )
    : value;

const providerOf = (value: Plain): Plain =>
  isMap(value)
    ? change(value, 'options', (options) =>
        isMap(options) ? Object.fromEntries(Object.entries(options).map(([key, given]) => [key, listOf(given).map(textOf)])) : options,
      )
    : value;

const rules: Readonly<Record<string, (value: Plain, place: Place) => Plain | undefined>> = {
  annotations: (value) => pairsOf(value, ''),
  attach: flagOf,
  blkio_config: blkioOf,
  build: buildOf,
  command: commandOf,
  configs: grants(undefined),
  cpu_count: count0,
  cpu_percent: count0,
  cpu_period: count0,
  cpu_quota: count0,
  cpu_shares: count0,
  cpus: count0,
  depends_on: dependencies,
  deploy: deployOf,
  devices: longDevices,
  develop: developOf,
  dns: texts,
  dns_search: texts,
  entrypoint: commandOf,
  env_file: () => undefined,
  expose: each(textOf),
  extra_hosts: hostsOf,
  gpus: (value) => (value === 'all' ? [{ count: -1 }] : requests(value)),
  group_add: each(textOf),
  healthcheck: healthcheckOf,
  init: flagOf,
  label_file: () => undefined,
  labels: (value) => pairsOf(value, ''),
  logging: (value) => (isMap(value) ? change(value, 'options', (options) => pairsOf(options, '')) : value),
  mem_limit: size0,
  mem_reservation: size0,
  mem_swappiness: size0,
  memswap_limit: size0,
  models: names,
  networks: (value) => sorted(names(value) as PlainMap),
  oom_kill_disable: flag0,
  oom_score_adj: count0,
  pids_limit: count0,
  ports: longPorts,
  post_start: hooksOf,
  pre_stop: hooksOf,
  pull_policy: (value) => (value === 'if_not_present' ? 'missing' : value),
  privileged: flag0,
  read_only: flag0,
  scale: numberOf,
  secrets: grants('/run/secrets/'),
  provider: providerOf,
  shm_size: size0,
  stdin_open: flag0,
  stop_grace_period: durationOf,
  sysctls: (value) => pairsOf(value, ''),
  tmpfs: listOf,
  tty: flag0,
  use_api_socket: flag0,
  storage_opt: (value) => pairsOf(value, ''),
  ulimits: limits,
  volumes: (value, { absolute }) => longMounts(value, absolute),
};

/** Keys with names of people's own, where `x-…` is one as well. */
const free = new Set(['annotations', 'extra_hosts', 'labels', 'storage_opt', 'sysctls']);

/** Without the `x-…` keys, which are not printed inside of a service. */
function withoutExtensions(value: Plain): Plain {
  if (Array.isArray(value)) return (value as readonly Plain[]).map(withoutExtensions);
  if (!isMap(value)) return value;
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, inner]): [string, Plain][] => {
      if (key.startsWith('x-')) return [];
      return [[key, key === 'args' || key === 'labels' || key === 'options' ? inner : withoutExtensions(inner)]];
    }),
  );
}

/** A service as `docker compose config` prints it: every key in its long form, what is empty left out. */
export function canonicalService(service: PlainMap, place: Place): PlainMap {
  const keys = Object.entries(service).flatMap(([key, written]): [string, Plain][] => {
    if (key === 'environment' || key === 'extends' || key === 'profiles')
      return key === 'profiles' && listOf(written).length ? [[key, written]] : [];
    if (key.startsWith('x-')) return [];
    const value = free.has(key) ? written : withoutExtensions(written);
    if (value === null && key !== 'command' && key !== 'entrypoint') return [];
    const rule = Object.hasOwn(rules, key) ? rules[key] : undefined;
    const long = rule ? rule(value, place) : value;
    return long === undefined || isEmpty(long, key) ? [] : [[key, long]];
  });
  const map: Record<string, Plain> = Object.fromEntries(keys);
  if (isMap(map['deploy']) && map['scale'] !== undefined) map['deploy'] = { ...map['deploy'], replicas: map['scale'] };
  const labels = labelsOf(service, place);
  if (Object.keys(labels).length) map['labels'] = labels;
  const environment = environmentOf(service, place);
  if (Object.keys(environment).length) map['environment'] = environment;
  const implied = impliedDependencies(service);
  if (Object.keys(implied).length) map['depends_on'] = sorted({ ...implied, ...(isMap(map['depends_on']) ? map['depends_on'] : {}) });
  if (map['networks'] === undefined && map['network_mode'] === undefined && !isMap(map['provider'])) map['networks'] = { default: null };
  return sorted({ command: null, entrypoint: null, ...map });
}

/** Sections that are printed even when nothing stands in them. */
const kept = new Set(['blkio_config', 'build', 'credential_spec', 'develop', 'healthcheck', 'logging']);

const isEmpty = (value: Plain, key: string): boolean =>
  key !== 'command' &&
  key !== 'entrypoint' &&
  (value === '' || (Array.isArray(value) && !value.length) || (isMap(value) && !Object.keys(value).length && !kept.has(key)));

function environmentOf(service: PlainMap, { variable, envFile }: Place): PlainMap {
  const written = pairsOf(service['environment'] ?? [], null);
  const own = Object.fromEntries(Object.entries(written).map(([name, value]): [string, Plain] => [name, value ?? variable(name) ?? null]));
  const fromFiles = listOf(service['env_file'] ?? null).flatMap((item) => {
    const path = textOf(isMap(item) ? item['path'] : item);
    return [...envFile(path, isMap(item) && item['format'] === 'raw', own)];
  });
  return sorted({ ...Object.fromEntries(fromFiles), ...own });
}

/** The labels of the files, and those written in the service, which count for more. */
function labelsOf(service: PlainMap, { envFile }: Place): PlainMap {
  const fromFiles = listOf(service['label_file'] ?? null).flatMap((path) => [...envFile(textOf(path), false)]);
  return { ...Object.fromEntries(fromFiles), ...pairsOf(service['labels'] ?? [], '') };
}

function impliedDependencies(service: PlainMap): PlainMap {
  const found: Record<string, Plain> = {};
  const started = (more: PlainMap): PlainMap => ({ condition: 'service_started', required: true, ...more });
  for (const link of listOf(service['links'] ?? null)) found[textOf(link).replace(/:.*$/, '')] = started({ restart: true });
  for (const key of ['network_mode', 'ipc', 'pid', 'uts', 'cgroup']) {
    const other = /^service:(.*)$/.exec(textOf(service[key]))?.[1];
    if (other !== undefined) found[other] = started({ restart: true });
  }
  for (const from of listOf(service['volumes_from'] ?? null)) {
    const name = textOf(from);
    // A link comes first, and restarts with what it links to.
    if (!name.startsWith('container:')) found[name.replace(/:.*$/, '')] ??= started({});
  }
  return found;
}

function dependencies(value: Plain): Plain {
  const long = isMap(value)
    ? value
    : Object.fromEntries(listOf(value).map((name) => [textOf(name), { condition: 'service_started', required: true }]));
  return sorted(
    Object.fromEntries(
      Object.entries(long).map(([name, link]) => {
        const full: PlainMap = { required: true, ...(isMap(link) ? change(link, 'restart', flagOf) : {}) };
        return [name, change(full, 'restart', (restart) => (restart === true ? true : undefined))];
      }),
    ),
  );
}

function healthcheckOf(value: Plain): Plain {
  if (!isMap(value)) return value;
  const test = (each_: Plain): Plain => (typeof each_ === 'string' ? ['CMD-SHELL', each_] : each_);
  let check = change(value, 'test', test);
  for (const key of ['interval', 'timeout', 'start_period', 'start_interval']) check = change(check, key, durationOf);
  return change(change(check, 'retries', numberOf), 'disable', (off) => (flagOf(off) === true ? true : undefined));
}

function hooksOf(value: Plain): Plain {
  return listOf(value).map((hook) =>
    isMap(hook) ? change(change(hook, 'command', commandOf), 'environment', (environment) => pairsOf(environment, null)) : hook,
  );
}

function developOf(value: Plain, { absolute }: Place): Plain {
  const watch = each((item) => {
    if (!isMap(item)) return item;
    const listed = change(change(item, 'include', listOf), 'ignore', listOf);
    const placed = change(listed, 'path', (path) => absolute(textOf(path)));
    const run = isMap(item['exec']) ? change(item['exec'], 'command', commandOf) : { command: null };
    const exec = change(run, 'environment', (given) => pairsOf(given, null));
    return { ...placed, exec };
  });
  return isMap(value) ? change(value, 'watch', (written) => (isList(written) && !written.length ? undefined : watch(written))) : value;
}

function buildOf(value: Plain, { absolute, variable }: Place): Plain {
  const long: PlainMap = isMap(value) ? value : { context: value };
  const context = textOf(long['context'] ?? '.');
  let build: PlainMap = { ...long, context: isRemote(context) ? context : absolute(context) };
  if (build['dockerfile_inline'] === undefined) build = { ...build, dockerfile: build['dockerfile'] ?? 'Dockerfile' };
  build = change(build, 'args', (args) =>
    Object.fromEntries(
      Object.entries(pairsOf(args, null)).flatMap(([name, given]) => {
        const known = given ?? variable(name);
        return known === undefined ? [] : [[name, known]];
      }),
    ),
  );
  build = change(build, 'labels', (labels) => pairsOf(labels, ''));
  build = change(build, 'additional_contexts', (contexts) =>
    Object.fromEntries(
      Object.entries(pairsOf(contexts, '')).map(([name, at]) => {
        const path = textOf(at);
        return [name, isRemote(path) || path.startsWith('service:') ? path : absolute(path)];
      }),
    ),
  );
  build = change(build, 'ssh', (ssh) =>
    Object.entries(pairsOf(ssh, null)).map(([id, path]) => (path === null ? id : `${id}=${absolute(textOf(path))}`)),
  );
  build = change(build, 'secrets', grants(undefined));
  build = change(build, 'extra_hosts', hostsOf);
  build = change(build, 'shm_size', size0);
  build = change(build, 'ulimits', limits);
  for (const key of ['no_cache', 'pull', 'privileged']) build = change(build, key, flagOf);
  for (const key of ['provenance', 'sbom']) build = change(build, key, textOf);
  return sorted(
    Object.fromEntries(Object.entries(build).filter(([key, inner]) => inner !== null && inner !== false && !isEmpty(inner, key))),
  );
}

const isRemote = (path: string): boolean => /^(?:[a-z][a-z0-9+-]*:\/\/|git@|github\.com\/)/.test(path);

function deployOf(value: Plain): Plain {
  if (!isMap(value)) return value;
  const rollout = (config: Plain): Plain => {
    if (!isMap(config)) return config;
    let changed = change(change(config, 'delay', durationOf), 'monitor', durationOf);
    for (const key of ['parallelism', 'max_failure_ratio']) changed = change(changed, key, numberOf);
    return changed;
  };
  const resource = (kind: Plain): Plain => {
    if (!isMap(kind)) return kind;
    return change(change(change(change(kind, 'cpus', numberOf), 'memory', sizeOf), 'pids', numberOf), 'devices', requests);
  };
  let deploy = change(value, 'labels', (labels) => pairsOf(labels, ''));
  deploy = change(deploy, 'replicas', numberOf);
  deploy = change(deploy, 'update_config', rollout);
  deploy = change(deploy, 'rollback_config', rollout);
  deploy = change(deploy, 'resources', (resources) =>
    isMap(resources) ? change(change(resources, 'limits', resource), 'reservations', resource) : resources,
  );
  deploy = change(deploy, 'restart_policy', (policy) =>
    isMap(policy) ? change(change(change(policy, 'delay', durationOf), 'window', durationOf), 'max_attempts', numberOf) : policy,
  );
  return { resources: {}, placement: {}, ...deploy };
}
