import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { isMap, type Plain } from '../../src/compose/canonical/values.ts';
import { examine } from '../../src/compose/check/check.ts';
import { config, type Config } from '../../src/compose/config.ts';
import { languageOf } from '../../src/core.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { lineAt } from '../../src/text/text.ts';

type Texts = Readonly<Record<string, string>>;

const yamlOf = (files: Texts): readonly string[] => Object.keys(files).filter((path) => path.endsWith('.yaml'));

/** What an editor says of one file among the others: its lines, counted from 1. */
function linesOf(path: string, files: Texts): number[] {
  const parsed = yamlOf(files).map((each) => parseCompose(each, files[each] ?? ''));
  const file = parsed.find(({ source }) => source.path === path) ?? parseCompose(path, '');
  const around = { read: (name: string) => files[name], variable: () => undefined };
  const { complaints } = examine(file, around, () => parsed);
  return [...new Set(complaints().map(({ span }) => lineAt(file.source, span.start) + 1))].sort();
}

/** The model of `-f … -f …`, in a folder `/w`. */
function configOf(files: Texts, ...paths: readonly string[]): Config {
  const [first = parseCompose('', ''), ...rest] = paths.map((path) => parseCompose(path, files[path] ?? ''));
  return config([first, ...rest], { read: (path) => files[path], variable: () => undefined }, '/w');
}
const at = ({ model }: Config, path: string): unknown =>
  path.split('.').reduce<Plain | undefined>((node, key) => (isMap(node) ? node[key] : undefined), model);
const refusedIn = (found: Config): string[] =>
  found.refused.map(({ source, span }) => `${source.path}:${String(lineAt(source, Math.max(0, span.start)) + 1)}`);

const api = (...lines: readonly string[]): string =>
  `services:\n  api:\n    image: api:1\n${lines.map((line) => `    ${line}\n`).join('')}`;
const base = (...lines: readonly string[]): string => `services:\n  base:\n${lines.map((line) => `    ${line}\n`).join('')}`;
const extendsBase = (file: string): string => api(`extends: {file: ${file}, service: base}`);

describe('a file that others take in is read as they do', () => {
  const networks = 'networks:\n  front:\n';

  test('what the including file defines, and what is included beside it', () => {
    const files = {
      'compose.yaml': `include: [svc/compose.yaml, data.yaml]\n${api()}${networks}`,
      'data.yaml': 'volumes:\n  data:\n',
      'svc/compose.yaml': `services:\n  db:\n    image: db:1\n    networks: [front]\n    volumes: ["data:/data"]\n    secrets: [nowhere]\n`,
    };
    assert.deepEqual(linesOf('svc/compose.yaml', files), [6]);
  });

  test('what is extended has neither image nor resources', () => {
    const files = {
      'compose.yaml': `${api()}${networks}`,
      'compose.override.yaml': extendsBase('deep/er/base.yaml'),
      'deep/er/base.yaml': base('networks: [front, back]'),
    };
    assert.deepEqual(linesOf('deep/er/base.yaml', files), [3]);
    assert.deepEqual(linesOf('deep/er/base.yaml', { 'deep/er/base.yaml': base('networks: [front]') }), [2, 3]);
  });

  test('an included service has an image all the same', () => {
    const files = { 'compose.yaml': 'include: [db.yaml]\n', 'db.yaml': 'services:\n  db:\n    command: run\n' };
    assert.deepEqual(linesOf('db.yaml', files), [2]);
  });

  test('the folder, the env files and the files laid over it that the including file gives', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: [svc/a.yaml, svc/b.yaml]\n    project_directory: .\n    env_file: my.env\n',
      'my.env': 'INNER=1\n',
      'base.yaml': base('image: base:1'),
      'svc/a.yaml': extendsBase('base.yaml').concat('    hostname: ${INNER:?}\n    env_file: my.env\n  db:\n    command: x\n'),
      'svc/b.yaml': 'services:\n  db:\n    image: db:1\n',
    };
    assert.deepEqual(linesOf('svc/a.yaml', files), []);
    assert.deepEqual(linesOf('compose.yaml', { ...files, 'svc/base.yaml': '' }), []);
    assert.deepEqual(linesOf('compose.yaml', { ...files, 'svc/a.yaml': extendsBase('../base.yaml') }), [3]);
    assert.deepEqual(linesOf('compose.yaml', { ...files, 'svc/a.yaml': api('env_file: a.env'), 'svc/a.env': '' }), [3]);
  });

  test('what is laid over a file in a folder above, over others beside it, or waits for what its owner writes', () => {
    const files = {
      'compose.yaml': api('secrets: [own]'),
      'compose.override.yaml.example': 'secrets:\n  own:\n    environment: OWN\n',
      'ci/basic/compose.yaml': 'services:\n  api:\n    tty: true\n  probe:\n    image: probe:1\n',
      'compose.agent.yaml': 'services:\n  agent:\n    image: agent:1\n    depends_on: [store, api]\n',
      'compose.store.yaml': 'services:\n  store:\n    image: store:1\n',
      'compose.extras.yaml': '# yours\n',
    };
    for (const path of yamlOf(files)) assert.deepEqual(linesOf(path, files), [], path);
    assert.equal(parseCompose('compose.extras.yaml', files['compose.extras.yaml']).faults.length, 0);
    assert.equal(parseCompose('compose.yaml', '# yours\n').faults.length, 1);
    assert.deepEqual(linesOf('ci/basic/compose.yaml', { 'ci/basic/compose.yaml': files['ci/basic/compose.yaml'] }), [2]);
  });

  test('a service that says nothing over one that does', () => {
    assert.deepEqual(linesOf('compose.override.yaml', { 'compose.yaml': api(), 'compose.override.yaml': 'services:\n  api:\n' }), []);
    assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': 'services:\n  api:\n', 'compose.override.yaml': api() }), [2]);
  });

  test('variables of the project count, not those beside the file that it takes in', () => {
    const files = { 'one/base.yaml': base('image: b:${TAG:?}'), 'compose.yaml': extendsBase('one/base.yaml') };
    assert.deepEqual(linesOf('one/base.yaml', { ...files, '.env': 'TAG=1' }), []);
    assert.deepEqual(linesOf('one/base.yaml', files), [3]);
    assert.deepEqual(linesOf('compose.yaml', files), []);
    assert.deepEqual(linesOf('compose.yaml', { ...files, 'one/.env': 'TAG=1' }), [4]);
    assert.deepEqual(linesOf('compose.yaml', { ...files, 'one/.env': 'TAG=1', '.env': 'TAG=2' }), []);
    const included = {
      'one/a.yaml': api('hostname: ${HOST:?}'),
      'compose.yaml': 'include:\n  - {path: one/a.yaml, project_directory: two}\n',
    };
    assert.deepEqual(linesOf('compose.yaml', { ...included, 'one/.env': 'HOST=x' }), [2]);
    assert.deepEqual(linesOf('compose.yaml', { ...included, 'two/.env': 'HOST=x' }), []);
  });

  test('names of projects that Compose refuses', () => {
    for (const name of ['MyProject', 'my.project', '-mine', '---'])
      assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': api(), '.env': `COMPOSE_PROJECT_NAME=${name}` }), [1], name);
    for (const name of ['', 'my-project_1', '${USER}-X'])
      assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': api(), '.env': `COMPOSE_PROJECT_NAME=${name}` }), [], name);
  });

  test('a list that gets an item twice by what is taken in', () => {
    const files = { 'compose.yaml': extendsBase('base.yaml').concat('    group_add: [audio]\n'), 'base.yaml': base('group_add: [audio]') };
    assert.deepEqual(linesOf('compose.yaml', files), [5]);
  });
});

test('a workflow of a forge is no Compose file, whatever it is called', () => {
  assert.equal(languageOf('.github/workflows/compose.yaml'), undefined);
  assert.equal(languageOf('a/.github/compose.yaml'), 'compose');
});

describe('a service that waits for a profile', () => {
  const text = (line: string, required: boolean): string =>
    `${api(line, `depends_on: {web: {condition: service_started, required: ${String(required)}}}`)}  web:\n    image: web:1\n    profiles: [dev]\n`;

  test('may be linked where depends_on can do without it', () => {
    for (const line of ['links: ["web:alias"]', 'volumes_from: [web]', 'ipc: service:web']) {
      assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': text(line, false) }), [], line);
      assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': text(line, true) }), [4, 5], line);
    }
    assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': text('network_mode: service:web', false) }), [4]);
  });
});

describe('a service is held against the schema with what lies below it', () => {
  const over = (line: string): number[] =>
    linesOf('compose.override.yaml', {
      'compose.yaml': api('environment: {A: "1"}', 'ports: ["80:80"]', 'logging: {driver: local}', 'gpus: all'),
      'compose.override.yaml': `services:\n  api:\n    ${line}\n`,
    });

  test('a key without a value changes nothing, over a file and over a service', () => {
    for (const line of ['environment:', 'ports:', 'networks: []']) assert.deepEqual(over(line), [], line);
    const extended = `${base('image: b', 'environment: [A=1]')}  api:\n    extends: base\n    environment:\n`;
    assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': extended }), []);
    assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': api('environment:') }), [4]);
  });

  test('what it cannot be laid over, or falls over', () => {
    for (const line of ['ports: "80:80"', 'logging:', 'gpus: all', 'labels:', 'extends: {file: compose.yaml}'])
      assert.deepEqual(over(line), [3], line);
  });

  test('a value that is passed over is lost, not refused', () => {
    const found = configOf(
      { 'compose.yaml': api('environment: {A: "1"}'), 'over.yaml': 'services:\n  api:\n    environment: 5\n' },
      'compose.yaml',
      'over.yaml',
    );
    assert.deepEqual(refusedIn(found), []);
    assert.deepEqual(at(found, 'services.api.environment'), { A: '1' });
    assert.deepEqual(over('environment: 5'), [3]);
  });

  test('whole sections and single entries of them', () => {
    const files = {
      'compose.yaml': `${api('networks: [front]')}networks:\n  front:\nsecrets:\n  key: {file: k}\n`,
      'compose.override.yaml': 'networks:\nsecrets:\n  key:\nvolumes:\n',
    };
    assert.deepEqual(linesOf('compose.override.yaml', files), [4]);
  });

  test('one variable is taken out, also beside a service that is extended', () => {
    const files = {
      'compose.yaml': api('environment: {A: "1", B: "2"}', 'command: x'),
      'over.yaml':
        'services:\n  api:\n    extends: {file: base.yaml, service: base}\n    environment: {A: !reset null}\n    command: !reset null\n',
      'base.yaml': base('image: b'),
    };
    const found = configOf(files, 'compose.yaml', 'over.yaml');
    assert.deepEqual(at(found, 'services.api.environment'), { B: '2' });
    assert.equal(at(found, 'services.api.command'), null);
  });

  test('a file to lay over others by hand', () => {
    const files = { 'compose.yaml': api('environment: [A=1]'), 'compose.dev.yaml': 'services:\n  api:\n    environment:\n' };
    assert.deepEqual(linesOf('compose.dev.yaml', files), []);
  });

  test('what the first file takes out itself is gone', () => {
    assert.deepEqual(linesOf('compose.yaml', { 'compose.yaml': api('environment: !reset {A: "${A:?set it}"}') }), []);
    const files = { 'compose.yaml': api('environment: !reset [A=1]'), 'over.yaml': 'services:\n  api:\n    environment: [B=2]\n' };
    assert.deepEqual(at(configOf(files, 'compose.yaml', 'over.yaml'), 'services.api.environment'), { B: '2' });
  });
});

describe('what stops Compose in any of the files', () => {
  test('every service of a file of which one is extended', () => {
    const files = {
      'compose.yaml': extendsBase('base.yaml'),
      'base.yaml': `${base('image: b')}  other:\n    image: o\n    extends: [base]\n`,
    };
    assert.deepEqual(refusedIn(configOf(files, 'compose.yaml')), ['base.yaml:6']);
  });

  test('an env file for nothing that is included', () => {
    assert.deepEqual(refusedIn(configOf({ 'compose.yaml': `include:\n  - env_file: no.env\n${api()}` }, 'compose.yaml')), [
      'compose.yaml:2',
    ]);
    const broken = { 'compose.yaml': `include:\n  - path: a.yaml\n    env_file: a.env\n`, 'a.yaml': api(), 'a.env': 'A=${\n' };
    assert.deepEqual(refusedIn(configOf(broken, 'compose.yaml')), ['compose.yaml:3']);
  });

  test('a file laid over another extends what only that one has', () => {
    const files = { 'compose.yaml': api(), 'over.yaml': 'services:\n  two:\n    image: two:1\n    extends: api\n' };
    assert.deepEqual(refusedIn(configOf(files, 'compose.yaml', 'over.yaml')), ['over.yaml:4']);
  });

  test('files that are included or extended', () => {
    const included = { 'compose.yaml': 'include: [a.yaml]\n', 'a.yaml': api('ports: [a]') };
    assert.deepEqual(refusedIn(configOf(included, 'compose.yaml')), ['a.yaml:4']);
    const extended = { 'compose.yaml': extendsBase('base.yaml'), 'base.yaml': base('extends: {file: gone.yaml, service: x}') };
    assert.deepEqual(refusedIn(configOf(extended, 'compose.yaml')), ['base.yaml:3']);
    assert.deepEqual(refusedIn(configOf({ ...extended, 'base.yaml': base('shm_size: big') }, 'compose.yaml')), ['compose.yaml:4']);
  });

  test('a resource with a path that the including file has, too', () => {
    const secrets = 'secrets:\n  a:\n    file: ./a\n';
    const files = { 'compose.yaml': `include: [b.yaml, c.yaml]\n${api()}`, 'b.yaml': secrets, 'c.yaml': secrets };
    assert.deepEqual(refusedIn(configOf(files, 'compose.yaml')), []);
    assert.deepEqual(refusedIn(configOf({ ...files, 'compose.yaml': `${files['compose.yaml']}${secrets}` }, 'compose.yaml')), [
      'compose.yaml:1',
      'compose.yaml:1',
    ]);
  });

  test('a limit beside limits that do not name it, and a container name of two services', () => {
    const limits = 'deploy: {resources: {limits: {cpus: "1"}}}';
    assert.deepEqual(refusedIn(configOf({ 'compose.yaml': api('mem_limit: 1g', limits) }, 'compose.yaml')), ['compose.yaml:4']);
    assert.deepEqual(refusedIn(configOf({ 'compose.yaml': api('mem_reservation: 1g', limits) }, 'compose.yaml')), []);
    const named = `${api('container_name: one')}  two:\n    image: two:1\n    container_name: one\n`;
    assert.equal(refusedIn(configOf({ 'compose.yaml': named }, 'compose.yaml')).length, 1);
  });
});

describe('the model of several files', () => {
  test('paths of an extended service begin beside its file, but for a build without a folder', () => {
    const extended = (...lines: readonly string[]): Config =>
      configOf({ 'compose.yaml': extendsBase('svc/base.yaml'), 'svc/base.yaml': base(...lines) }, 'compose.yaml');
    assert.equal(at(extended('build: {target: x}'), 'services.api.build.context'), '/w');
    const build = extended('build: {context: ., additional_contexts: {more: ../more, other: "docker-image://alpine"}}');
    assert.equal(at(build, 'services.api.build.context'), '/w/svc');
    assert.deepEqual(at(build, 'services.api.build.additional_contexts'), { more: '/w/more', other: 'docker-image://alpine' });
  });

  test('what is included is filled in from its own files', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: svc/a.yaml\n    env_file: inner.env\n',
      'inner.env': 'TAG=inner\n',
      'svc/a.yaml': `${api('environment: [TAG]', 'build: {target: x}', 'volumes: ["data:/d"]')}volumes:\n  data:\n    driver: local\n    driver_opts: {type: none, o: bind, device: ./d}\n`,
    };
    const found = configOf(files, 'compose.yaml');
    assert.deepEqual(at(found, 'services.api.environment'), { TAG: 'inner' });
    assert.equal(at(found, 'services.api.build.context'), '/w/svc');
    assert.equal(at(found, 'volumes.data.driver_opts.device'), '/w/svc/d');
  });

  test('paths of a file laid over another begin where those of the first do', () => {
    const files = {
      'compose.yaml': api(),
      'svc/over.yaml': 'services:\n  api:\n    extends: {file: base.yaml, service: base}\n',
      'base.yaml': base('tty: true'),
    };
    const found = configOf(files, 'compose.yaml', 'svc/over.yaml');
    assert.deepEqual(refusedIn(found), []);
    assert.equal(at(found, 'services.api.tty'), true);
  });

  test('a service restarts with what it links to, whatever else it takes from there', () => {
    const found = configOf({ 'compose.yaml': `${api('volumes_from: [db]', 'links: [db]')}  db:\n    image: db:1\n` }, 'compose.yaml');
    assert.deepEqual(at(found, 'services.api.depends_on.db'), { condition: 'service_started', required: true, restart: true });
  });

  test('labels of files, numbers laid over each other, hosts in order', () => {
    const one = { 'l.env': 'a=file\nb=file\n', 'compose.yaml': api('label_file: l.env', 'labels: {b: own}', 'environment: {F: 1.50}') };
    const found = configOf(
      { ...one, 'o.yaml': api('environment: [G=1]', 'extra_hosts: [h=1.1.1.1, h2=2.2.2.2]') },
      'compose.yaml',
      'o.yaml',
    );
    assert.deepEqual(at(found, 'services.api.labels'), { a: 'file', b: 'own' });
    assert.deepEqual(at(found, 'services.api.environment'), { F: '1.5', G: '1' });
    assert.deepEqual(at(found, 'services.api.extra_hosts'), ['h2=2.2.2.2', 'h=1.1.1.1']);
  });

  test('what a service takes out of the file below stays in what extends it', () => {
    const two = (...lines: readonly string[]): string => `${api(...lines)}  two:\n    image: two:1\n    command: own\n`;
    const over = 'services:\n  api:\n    command: !reset null\n  two:\n    extends: api\n';
    const found = configOf({ 'compose.yaml': two('command: x'), 'over.yaml': over }, 'compose.yaml', 'over.yaml');
    assert.deepEqual(at(found, 'services.api.command'), null);
    assert.deepEqual(at(found, 'services.two.command'), ['own']);
  });

  test('a key that is reset and merged in, and one env file by two paths', () => {
    const common = 'x-common: &common\n  labels: {a: common}\n';
    const over = `${common}services:\n  api:\n    labels: !reset {}\n    <<: *common\n`;
    const found = configOf({ 'compose.yaml': api('labels: {b: own}'), 'over.yaml': over }, 'compose.yaml', 'over.yaml');
    assert.deepEqual(at(found, 'services.api.labels'), { a: 'common' });
    const files = {
      ...{ 'one.env': 'A=one\n', 'two.env': 'A=two\n' },
      'compose.yaml': `${extendsBase('svc/base.yaml')}    env_file: ./two.env\n`,
      'svc/base.yaml': base('env_file: [../two.env, ../one.env]'),
    };
    assert.deepEqual(at(configOf(files, 'compose.yaml'), 'services.api.environment'), { A: 'two' });
  });

  test('what Compose leaves out, or writes otherwise', () => {
    const text = `${api('networks: [n]', 'scale: 2', 'deploy: {mode: global}', 'pull_policy: if_not_present', 'post_start: [{command: x, environment: [A, B=1]}]', 'blkio_config: {device_read_bps: [{path: /dev/a, rate: 1mb}]}')}networks:\n  n:\n    attachable: false\n    ipam: {driver: default, options: {a: b}}\nx-own: {list: []}\n`;
    const found = configOf({ 'compose.yaml': text }, 'compose.yaml');
    assert.deepEqual(at(found, 'networks.n'), { name: 'w_n', ipam: { driver: 'default' } });
    assert.equal(at(found, 'services.api.deploy.replicas'), 2);
    assert.equal(at(found, 'services.api.pull_policy'), 'missing');
    assert.deepEqual(at(found, 'services.api.post_start'), [{ command: ['x'], environment: { A: null, B: '1' } }]);
    assert.deepEqual(at(found, 'services.api.blkio_config'), { device_read_bps: [{ path: '/dev/a', rate: '1048576' }] });
    assert.deepEqual(at(found, 'x-own'), { list: null });
  });
});
