/** Kinds of values, as YAML writes them between brackets. */
export const values: readonly string[] = [
  ...['', 'null', '~', "''", 'abc', '"a b"', 'true', '"true"', 'yes', 'on', '0', '1', '-1', '1.5', '0.5', '"1"', '010', '0o17', '0x1F'],
  ...['1_000', '.inf', '2024-01-01', '10', '10s', '1h30m', '-5s', '10zz', '1.5gb', '50%', '1:30', '80:80', '"8080:80/udp"', '10.0.0.0/8'],
  ...['"::1"', 'a:b', './x', '../x', '/x', '"~/x"', 'service:b', 'service:zz', 'gpu', 'all', '"\\t"', 'é', '!!str 5', '!!int "5"'],
  ...['[]', '[abc]', '[1]', '[null]', '[true]', '["a=b"]', '[a, a]', '["a=b", "a=c"]', '[{a: b}]', '[[x]]', '[b]', '[s]', '[n]'],
  ...['["v:/x"]', '[0]', '[gpu]', '{}', '{a: b}', '{a: 1}', '{a: null}', '{a: true}', '{a: [x]}', '{a: {b: c}}', '{b: {}}', '{a: b, a: c}'],
  ...['"${X}"', '"${X:-}"', '"${X:-abc}"', '"${X:-1}"', '"${X:-true}"', '"${X:?e}"', '"${X"', '"$"', '"$$x"', '*undefined', '!reset null'],
  ...['8Gi', '"-1"', '"1e3"', '1:2:3:4', '"${X:--1}"', '"${X:-5000}"', '" 5"'],
];

/** What stands around the value. */
export const project = {
  services: { a: { image: 'x' }, b: { image: 'y' } },
  networks: { n: null },
  volumes: { v: null },
  secrets: { s: { file: './s.txt' } },
  configs: { c: { file: './s.txt' } },
  models: { m: { model: 'ai/x' } },
};

export const files: Readonly<Record<string, string>> = {
  'e.env': 'E=1\n',
  's.txt': 's\n',
  'inc.yaml': 'services:\n  inc:\n    image: i\n',
  Dockerfile: 'FROM alpine\n',
};

/** Names where any would do, and some refer to others. */
export const names: Readonly<Record<string, string>> = {
  'services.*': 'a',
  'services.*.networks.*': 'n',
  'services.*.depends_on.*': 'b',
  'services.*.models.*': 'm',
  'networks.*': 'nn',
  'volumes.*': 'vv',
  'secrets.*': 'ss',
  'configs.*': 'cc',
  'models.*': 'mm',
};

const device = { path: '/dev/a', rate: 1 };

/** What Compose wants beside a value, by the place of the mapping. */
export const companions: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'services.*.build': { context: '.' },
  'services.*.ports.-': { target: 80 },
  'services.*.volumes.-': { type: 'bind', source: './x', target: '/x' },
  'services.*.secrets.-': { source: 's' },
  'services.*.configs.-': { source: 'c' },
  'services.*.build.secrets.-': { source: 's' },
  'services.*.extends': { service: 'b' },
  'services.*.env_file.-': { path: 'e.env' },
  'services.*.depends_on.*': { condition: 'service_started' },
  'services.*.develop.watch.-': { path: './x', action: 'sync', target: '/x' },
  'services.*.develop.watch.-.exec': { command: 'x' },
  'services.*.deploy.resources.reservations.devices.-': { capabilities: ['gpu'] },
  'services.*.provider': { type: 'model' },
  'services.*.devices.-': { source: '/dev/a', target: '/dev/a' },
  'services.*.blkio_config.device_read_bps.-': device,
  'services.*.blkio_config.device_read_iops.-': device,
  'services.*.blkio_config.device_write_bps.-': device,
  'services.*.blkio_config.device_write_iops.-': device,
  'services.*.blkio_config.weight_device.-': { path: '/dev/a', weight: 10 },
  'services.*.ulimits.*': { soft: 1, hard: 2 },
  'services.*.build.ulimits.*': { soft: 1, hard: 2 },
  'services.*.post_start.-': { command: 'x' },
  'services.*.pre_stop.-': { command: 'x' },
  'models.*': { model: 'ai/x' },
  'include.-': { path: './inc.yaml' },
};

/** Keys that Compose 2.40 does not know yet. */
export const newer: readonly string[] = ['services.*.pre_start', 'services.*.build.no_cache_filter'];
