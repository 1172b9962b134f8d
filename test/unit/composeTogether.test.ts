import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check } from '../../src/compose/check/check.ts';
import { isGivenLater, type Complaint } from '../../src/compose/complaint.ts';
import { parseCompose } from '../../src/compose/parse.ts';

/** What Compose would refuse in one of several files. */
const complaintsIn = (files: Readonly<Record<string, string>>, path: string): readonly Complaint[] => {
  const others = Object.entries(files).map(([each, text]) => parseCompose(each, text));
  const around = { read: (each: string) => files[each], variable: () => undefined };
  return others.flatMap((file) => (file.source.path === path ? check(file, around, others) : []));
};

const service = (...lines: readonly string[]): string =>
  `services:\n  api:\n    image: api:1\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('what Compose refuses for what lies around a file', () => {
  test('what follows from a variable that is not set is given later', () => {
    for (const text of [
      service('extends: {file: "${ROOT}/base.yaml", service: base}'),
      'include:\n  - ${ROOT}/base.yaml\n',
      'include:\n  - path: ["${ROOT}/base.yaml"]\n',
      service('extra_hosts: ["docker:${ADDRESS}"]'),
      service('depends_on: ["${OTHER}"]'),
      service('networks: ["net-${ENVIRONMENT}"]'),
    ]) {
      const found = complaintsIn({ 'compose.yaml': text }, 'compose.yaml');
      assert.equal(found.length, 1, text);
      assert.ok(found.every(isGivenLater), found[0]?.message);
    }
  });

  test('what an included file that is missing may bring is not asked for', () => {
    const files = {
      'compose.yaml': 'include:\n  - path: [hobby.yaml, home.yaml]\nservices:\n  proxy:\n    networks: [inner]\n',
      'home.yaml': 'services:\n  proxy:\n    depends_on: [db]\n',
    };
    assert.deepEqual(
      complaintsIn(files, 'compose.yaml').map(({ kind }) => kind),
      ['include'],
    );
    assert.deepEqual(complaintsIn(files, 'home.yaml'), []);
  });

  test('a service that a platform lays its own over', () => {
    const app = { 'app/compose.yaml': 'services:\n  app_proxy:\n    environment: {APP_PORT: "80"}\n  web:\n    image: web:1\n' };
    assert.equal(complaintsIn(app, 'app/compose.yaml').length, 1);
    assert.deepEqual(complaintsIn({ ...app, 'app/umbrel-app.yml': 'id: app\n' }, 'app/compose.yaml'), []);
  });

  test('a file that adds nothing to another one yet', () => {
    const test = 'version: "3"\n';
    assert.equal(complaintsIn({ 'compose-tests.yml': test }, 'compose-tests.yml').length, 1);
    assert.deepEqual(complaintsIn({ 'compose.yml': service(), 'compose-tests.yml': test }, 'compose-tests.yml'), []);
  });

  test('what the project that a file is laid over includes', () => {
    const files = {
      'compose.yaml': 'include: [parts/cache.yaml]\nservices:\n  web:\n    image: web:1\n',
      'parts/cache.yaml': 'services:\n  cache:\n    image: redis:8\n',
      'compose.more.yaml': 'services:\n  worker:\n    image: worker:1\n    depends_on: [cache]\n',
    };
    assert.deepEqual(complaintsIn(files, 'compose.more.yaml'), []);
    assert.equal(complaintsIn({ ...files, 'parts/cache.yaml': '' }, 'compose.more.yaml').length, 1);
  });

  test('what an anchor brings into several services is told once', () => {
    const shared = 'x-base: &base\n  imge: base:1\n  image: base:1\n  networks: [inner]\n';
    assert.equal(complaintsIn({ 'compose.yaml': `${shared}services:\n  a: *base\n  b: *base\n` }, 'compose.yaml').length, 2);
  });

  test('an alias for another kind of thing than belongs there is told where it stands, unless the anchor is wrong, too', () => {
    const kinds = (anchor: string, ...lines: readonly string[]): unknown =>
      complaintsIn({ 'compose.yaml': `x-a: &a ${anchor}\n${service(...lines)}` }, 'compose.yaml').map(({ kind, span }) => [
        kind,
        span.start > 30,
      ]);
    assert.deepEqual(kinds('{b: c}', 'ports: *a'), [['type', true]]);
    assert.deepEqual(kinds('["a:/b"]', 'volumes:', '  - *a', '  - ./c:/c'), [['type', true]]);
    assert.deepEqual(kinds('{A: b}', 'environment:', '  - *a'), [['type', true]]);
    assert.deepEqual(kinds('abc', 'environment: *a'), [['type', true]]);
    assert.deepEqual(kinds('1000', 'user: *a'), [['type', false]]);
    const twice = `${service('ports: &a {b: c}')}  web:\n    image: web:1\n    ports: *a\n`;
    const found = complaintsIn({ 'compose.yaml': twice }, 'compose.yaml').map(({ span }) => twice.slice(span.start, span.end));
    assert.deepEqual(found, ['&a {b: c}'.slice(3)]);
  });

  test('what two files contradict each other in is told in both', () => {
    const both = (base: string, over: string, top: readonly [string, string] = ['', '']): readonly number[] => {
      const files = { 'compose.yaml': service(base) + top[0], 'compose.override.yaml': `services:\n  api:\n    ${over}\n${top[1]}` };
      return Object.keys(files).map((path) => complaintsIn(files, path).length);
    };
    for (const [one, other] of [
      ['network_mode: host', 'networks: [default]'],
      ['container_name: api', 'scale: 2'],
      ['scale: 2', 'deploy: {replicas: 3}'],
      ['mem_limit: 5m', 'deploy: {resources: {limits: {memory: 6m}}}'],
      ['mem_limit: 5m', 'deploy: {resources: {limits: {cpus: "1"}}}'],
      ['platform: linux/arm64', 'build: {context: ., platforms: [linux/amd64]}'],
      ['build: {context: ., dockerfile: a}', 'build: {dockerfile_inline: FROM x}'],
      ['tmpfs: /d', 'volumes: ["./x:/d"]'],
    ] as const) {
      assert.deepEqual(both(one, other), [1, 1], one);
      assert.deepEqual(both(other, one), [1, 1], other);
    }
    const idle = 'restart: always';
    assert.deepEqual(both(idle, idle, ['volumes: {v: {external: true}}\n', 'volumes: {v: {driver: x}}\n']), [1, 1]);
    assert.deepEqual(both(idle, idle, ['secrets: {v: {file: x}}\n', 'secrets: {v: {environment: X}}\n']), [1, 1]);
    assert.deepEqual(both(idle, idle, ['networks: {v: {external: {name: a}}}\n', 'networks: {v: {name: b}}\n']), [0, 0]);
  });

  test('a profile that the override gives to what others need is told there, too', () => {
    const files = {
      'compose.yaml': `${service('depends_on: [db]')}  db:\n    image: postgres:17\n`,
      'compose.override.yaml': 'services:\n  db:\n    profiles: [later]\n',
    };
    for (const path of Object.keys(files)) assert.equal(complaintsIn(files, path).length, 1, path);
  });

  test('what the override takes away before Compose looks at it', () => {
    const gone = (line: string): number => {
      const override = `services:\n  api:\n    ${line.replace(/:.*/, '')}: !reset null\n`;
      const files = { 'compose.yaml': service(line), 'compose.override.yaml': override };
      return complaintsIn(files, 'compose.yaml').length;
    };
    for (const line of [
      'mem_limit: 16Gi',
      "command: echo it's",
      'env_file: gone.env',
      'stop_grace_period: "5"',
      'ports: [{target: 80, host_ip: x}]',
    ])
      assert.equal(gone(line), 0, line);
    for (const line of ['restart: 5', 'ports: [x]', 'privileged: maybe']) assert.equal(gone(line), 1, line);
    const off = service('profiles: [never]', 'env_file: gone.env');
    assert.equal(complaintsIn({ 'compose.yaml': off }, 'compose.yaml').length, 0);
    const used = `${off}  web:\n    extends: api\n    profiles: !reset []\n`;
    assert.equal(complaintsIn({ 'compose.yaml': used }, 'compose.yaml').length, 1);
  });

  test('a date is nothing to include', () => {
    const found = complaintsIn({ 'compose.yaml': 'include: [2024-01-01]\nservices:\n  a:\n    image: a:1\n' }, 'compose.yaml');
    assert.deepEqual(
      found.map(({ ignored }) => ignored),
      [true],
    );
  });

  test('a folder of whose name Compose makes none for the project', () => {
    const says = (path: string, text = service(), more: Readonly<Record<string, string>> = {}): number =>
      complaintsIn({ [path]: text, ...more }, path).length;
    assert.equal(says('Новая папка/compose.yaml'), 1);
    assert.equal(says('Новая папка 2/compose.yaml'), 0);
    assert.equal(says('compose.yaml'), 0);
    assert.equal(says('日本/compose.yaml', `name: app\n${service()}`), 0);
    assert.equal(says('日本/compose.yaml', service(), { '日本/.env': 'COMPOSE_PROJECT_NAME=app\n' }), 0);
    assert.equal(says('日本/parts.yaml'), 0);
    assert.equal(says('日本/compose.yaml', service(), { 'compose.yaml': 'include: [日本/compose.yaml]\n' }), 0);
  });

  test('a template by its folder', () => {
    const text = 'services:\n  docs:\n    image: {{ cookiecutter.slug }}_docs\n';
    assert.equal(parseCompose('{{cookiecutter.slug}}/compose.yml', text).template, true);
  });
});
