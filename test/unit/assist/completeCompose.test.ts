import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { completeCompose } from '../../../src/assist/compose/complete.ts';
import type { Completion } from '../../../src/assist/model.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

type Files = Readonly<Record<string, string>>;

function offered(marked: string, files: Files = {}): readonly Completion[] {
  const text = marked.replace('|', '');
  return completeCompose(parseCompose('compose.yaml', text), marked.indexOf('|'), worldOf({ files: { ...files, 'compose.yaml': text } }));
}
const labels = (marked: string, files: Files = {}): readonly string[] => offered(marked, files).map(({ label }) => label);
const has = (marked: string, wanted: readonly string[], files: Files = {}): void => {
  const all = labels(marked, files);
  assert.deepEqual(
    wanted.filter((label) => !all.includes(label)),
    [],
    `offered are ${all.join(', ')}`,
  );
};
/** The file after the item of that label is taken. */
function taken(marked: string, label: string, files: Files = {}): string | undefined {
  const item = offered(marked, files).find((each) => each.label === label);
  return item && applyEdits(marked.replace('|', ''), [{ span: item.span, text: item.text }]);
}
const service = (lines: string): string => `services:\n  api:\n    build: ./api\n${lines}`;

describe('what can stand in a Compose file', () => {
  test('in an empty file, and behind a line that is broken', () => {
    has('|', ['services', 'volumes', 'include', 'secrets']);
    has('services:\n  a:\n    image: "x\n    |', ['ports', 'environment']);
    has('services:\n  a:\n    ports: [\n    |\n  b:\n    image: b\n', ['image', 'volumes']);
  });

  test('where lines are indented with tabs', () => {
    has('services:\n\tapi:\n\t\timage: a\n\t\t|\nvolumes:\n', ['ports', 'environment']);
    has('services:\n\tapi:\n\t\trestart: |\n', ['always', 'no']);
    assert.equal(labels('services:\n\tapi:\n\t\timage: a\n\t\t|').includes('image'), false);
  });

  test('a key moves what is below it in as far as the file does', () => {
    const wide = 'services:\n    api:\n        |\n';
    for (const key of ['healthcheck', 'environment'])
      assert.equal(taken(wide, key), `services:\n    api:\n        ${key}:\n            \n`);
    assert.equal(taken(wide, 'ports'), 'services:\n    api:\n        ports:\n            - \n');
    assert.equal(taken('volumes:\n    a:\n        |', 'driver_opts'), 'volumes:\n    a:\n        driver_opts:\n            ');
    assert.equal(taken(service('    |\n'), 'deploy'), service('    deploy:\n      \n'));
  });

  test('nothing between the columns of keys, where nothing can stand', () => {
    const lines = [
      'services:\n  a:\n      image: a\n    |\n',
      'services:\n  a:\n      image: a\n    re|\n',
      'services:\n    a:\n        image: a\n  |\n',
      'services:\n  a:\n    ports:\n      - "80"\n     - |\n',
      'services:\n  a:\n    ports:\n      - target: 80\n       |\n',
    ];
    for (const each of lines) assert.deepEqual(labels(each), [], each);
    has('services:\n  a:\n      image: a\n      |\n', ['restart']);
    has('services:\n  a:\n    ports:\n    - target: 80\n      |\n', ['published']);
    has('services:\n  a:\n    |\n  b:\n      image: b\n', ['image']);
  });

  test('list items come with their dash where the list begins', () => {
    assert.equal(taken(service('    cap_add:\n      |\n'), 'SYS_PTRACE'), service('    cap_add:\n      - SYS_PTRACE\n'));
    has(service('    configs:\n      |\n'), ['source', 'target', 'mode']);
    assert.equal(taken(service('    secrets:\n      |\nsecrets:\n  token:\n    file: t\n'), 'token')?.includes('      - token\n'), true);
  });

  test('among list items only items come, and none that is there', () => {
    const list = service('    environment:\n      - A=b\n      |\n      - C=d\n');
    assert.equal(taken(list, 'TZ='), list.replace('|', '- TZ='));
    assert.deepEqual(labels(list).includes('TZ'), false);
    assert.equal(
      taken(service('    depends_on:\n      - db\n      |\n  db:\n  web:\n'), 'web'),
      service('    depends_on:\n      - db\n      - web\n  db:\n  web:\n'),
    );
    assert.deepEqual(labels(service('    depends_on:\n      - db\n      - |\n  db:\n  web:\n')), ['web']);
    assert.deepEqual(labels(service('    depends_on:\n      db:\n        condition: service_started\n      |\n  db:\n  web:\n')), ['web']);
  });

  test('right behind a colon a blank comes along', () => {
    assert.equal(taken(service('    restart:|\n'), 'always'), service('    restart: always\n'));
    assert.equal(taken(service('    restart: |\n'), 'always'), service('    restart: always\n'));
  });

  test('from the Dockerfile: stages, arguments, ports, variables', () => {
    const files = { 'api/Dockerfile': 'ARG CUDA=12\nFROM a AS base\nARG TORCH\nENV MODEL=/m\nEXPOSE 8000\n' };
    has('services:\n  api:\n    build:\n      context: api\n      target: |\n', ['base'], files);
    has('services:\n  api:\n    build:\n      context: api\n      args:\n        |\n', ['CUDA', 'TORCH'], files);
    has('services:\n  api:\n    build:\n      context: api\n      args:\n        - |\n', ['CUDA=', 'TORCH='], files);
    has(service('    ports:\n      - |\n'), ['127.0.0.1:8000:8000'], files);
    has(service('    environment:\n      |\n'), ['MODEL', 'CUDA_VISIBLE_DEVICES'], files);
    assert.equal(taken(service('    environment:\n      |\n'), 'MODEL', files), service('    environment:\n      MODEL: \n'));
  });

  test('what the image knows: variables, data, ports, versions, a check', () => {
    const db = (lines: string): string => `services:\n  db:\n    image: postgres:17\n${lines}volumes:\n  data:\n`;
    has(db('    environment:\n      |\n'), ['POSTGRES_PASSWORD']);
    has(db('    volumes:\n      - |\n'), ['data', 'data:/var/lib/postgresql/data']);
    has(db('    volumes:\n      - data:|\n'), ['data:/var/lib/postgresql/data']);
    has(db('    volumes:\n      - data:/d:|\n'), ['data:/d:ro']);
    assert.match(
      taken(db('    healthcheck:\n      test: |\n'), labels(db('    healthcheck:\n      test: |\n'))[0] ?? '') ?? '',
      /pg_isready/,
    );
    has('services:\n  llm:\n    image: vllm/vllm-openai:v0|\n', ['vllm/vllm-openai:v0.11.0']);
    assert.ok(labels('services:\n  a:\n    image: |\n').every((label) => !label.includes(' ')));
  });

  test('a volume for what the image of a version keeps, and one that is declared with it where the file has none', () => {
    const db = 'services:\n  db:\n    image: postgres:17\n    volumes:\n      - |\n  b:\n    image: b\n';
    const found = offered(db);
    const mounts = found.filter(({ label }) => label.startsWith('db-data:'));
    assert.deepEqual(
      mounts.map(({ label }) => label),
      ['db-data:/var/lib/postgresql/data'],
    );
    assert.deepEqual(
      mounts[0]?.also?.map(({ text }) => text),
      ['volumes:\n  db-data:\n'],
    );
    // Short forms come first, then what the long one begins with.
    const order = found.toSorted((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1)).map(({ label }) => label);
    assert.deepEqual(order.slice(0, 5), [
      'db-data:/var/lib/postgresql/data',
      'hostPath:containerPath:mode',
      'volumeName:containerPath:mode',
      'type',
      'source',
    ]);
  });

  test('names of other services and files', () => {
    const stack =
      'include: [compose.db.yaml]\nservices:\n  api:\n    image: a\n    profiles: [gpu]\n    network_mode: service:|\n  b:\n    image: b\n';
    has(stack, ['service:b', 'service:db'], { 'compose.db.yaml': 'services:\n  db:\n    image: d\n' });
    has('services:\n  a:\n    profiles: [gpu]\n  b:\n    profiles:\n      - |\n', ['gpu']);
    has('services:\n  a:\n    extends:\n      file: common.yaml\n      service: |\n', ['base'], {
      'common.yaml': 'services:\n  base:\n    image: b\n',
    });
    has('services:\n  a:\n    env_file: conf/|\n', ['api.env'], { 'conf/api.env': '' });
    assert.equal(
      taken('services:\n  a:\n    env_file: conf/|\n', 'api.env', { 'conf/api.env': '' }),
      'services:\n  a:\n    env_file: conf/api.env\n',
    );
  });

  test('anchors and variables', () => {
    has('x-a: &common\n  restart: always\nservices:\n  a:\n    <<: |\n', ['*common']);
    has('x-a: &common\n  restart: always\nservices:\n  a:\n    environment: *|\n', ['*common']);
    const two = 'x-a: &one\n  restart: always\nx-b: &two\n  init: true\nservices:\n  a:\n';
    const merged = ['    <<: [*one, |]\n', '    <<: [*one, *|]\n', '    <<: [|, *one]\n', '    <<:\n      - *one\n      - |\n'];
    for (const lines of merged) assert.deepEqual(labels(two + lines), ['*two'], lines);
    const files = { '.env': 'PORT=8000\nAPI_TOKEN=abc\n', '.env.example': 'REGION=\n' };
    const text = service('    image: ${TAG}\n    command: serve $|\n');
    has(text, ['${PORT}', '${API_TOKEN}', '${REGION}', '${TAG}'], files);
    assert.equal(taken(text.replace('$|', '${PO|}'), '${PORT}', files)?.includes('serve ${PORT}\n'), true);
    assert.deepEqual(
      labels(
        text.replace('$|', () => '$$|'),
        files,
      ),
      [],
    );
    assert.ok(
      offered(text, files).every(({ detail }) => !detail?.includes('abc')),
      'a secret is shown',
    );
  });

  test('between brackets, closed or not yet, over several lines', () => {
    const db = '  db:\n    image: db\n    profiles: [tools]\n';
    has(service('    depends_on: [|]\n') + db, ['db']);
    has(service('    depends_on: ["|"]\n') + db, ['db']);
    has(service('    profiles: [gpu, |]\n') + db, ['tools']);
    has(service('    depends_on: {db: {condition: |}}\n') + db, ['service_healthy']);
    has(service('    depends_on: [\n      |\n') + db, ['db']);
    has(service('    deploy:\n      resources:\n        reservations:\n          devices: [{driver: nvidia, capabilities: [|]}]\n'), [
      'gpu',
    ]);
    has(service('    healthcheck:\n      test: [|, "true"]\n'), ['CMD', 'CMD-SHELL']);
    const keys = labels('services:\n  api: {image: a, |, restart: always}\n');
    assert.ok(keys.includes('ports') && !keys.includes('image') && !keys.includes('restart'));
    assert.equal(taken('services:\n  api: {image: a, dep|}\n', 'deploy'), 'services:\n  api: {image: a, deploy: {}}\n');
    assert.equal(taken('services:\n  api: {image: a, po|}\n', 'ports'), 'services:\n  api: {image: a, ports: []}\n');
    assert.equal(
      taken('services:\n  api: {build: .,\n    res|: always}\n', 'restart'),
      'services:\n  api: {build: .,\n    restart: always}\n',
    );
    assert.deepEqual(labels('services:\n  api: {image: a} |\n'), []);
    has(service('    command: [a, b]\n    |\n'), ['ports']);
  });

  test('nothing where it would break what is there', () => {
    for (const at of [
      service('    ports:\n      - "80:80"|\n'),
      service('    ports:\n      - 80:80\n        |\n'),
      service('    volumes:|\n      - a:/a\n'),
      'services:\n|\n  api:\n    image: api:1\n',
      service('    healthcheck:\n      test: [\n        CMD,\n      ]|\n'),
      'include: |\n',
    ])
      assert.deepEqual(labels(at, { 'other.yaml': 'services: {}\n' }), [], at);
    assert.deepEqual(labels('serv|\n  api:\n    image: api:1\n').includes('services'), true);
  });

  test('nothing behind what is complete', () => {
    for (const done of ['    image: redis |\n', '    pull_policy: always |\n', '    ports:\n      - 80:80 |\n'])
      assert.deepEqual(labels(service(done)), [], done);
    assert.deepEqual(labels('{}|'), []);
    const written = labels('services:\n  a:\n    image: ubuntu:2|\n');
    assert.ok(written.includes('ubuntu:24.04.4') && !written.includes('ubuntu:2'));
    has('services:\n  a:\n    image: ubuntu:2|\n  b:\n    image: ubuntu:20.04\n', ['ubuntu:20.04']);
  });

  test('parts of a mount, by what it is', () => {
    const files = { 'data/x': '' };
    const named = 'volumes:\n  models:\n';
    assert.deepEqual(labels(service('    volumes:\n      - ./data:|\n') + named, files), [':containerPath:mode']);
    assert.deepEqual(labels(service('    volumes:\n      - ./data:/d:|\n') + named, files).slice(0, 2), ['./data:/d:ro', './data:/d:rw']);
    assert.deepEqual(labels(service('    volumes:\n      - type: volume\n        source: |\n') + named, files), ['models']);
    has(service('    volumes:\n      - type: bind\n        source: |\n') + named, ['data'], files);
    has(service('    volumes:\n      - source: |\n') + named, ['models', 'data'], files);
  });

  test('the stages of a target, also of a Dockerfile written in the file', () => {
    const inline =
      'services:\n  a:\n    build:\n      dockerfile_inline: ¦\n        FROM a AS base\n        FROM b AS prod\n      '.replace('¦', '|-');
    const text = `${inline}target: \n`;
    const offset = text.length - 1;
    const found = completeCompose(parseCompose('compose.yaml', text), offset, worldOf({ files: { 'compose.yaml': text } }));
    assert.deepEqual(
      found.map(({ label }) => label),
      ['base', 'prod'],
    );
    const files = { 'api/Dockerfile': 'FROM a AS base\nFROM b AS prod\n' };
    const target = offered('services:\n  a:\n    build:\n      context: api\n      |\n', files).find(({ label }) => label === 'target');
    assert.equal(target?.snippet, 'target: ${1|base,prod|}');
  });

  test('names in both forms until the first is chosen', () => {
    const others = '  db:\n    image: db\n';
    assert.deepEqual(labels(service('    depends_on:\n      |\n') + others), ['db', '- db']);
    assert.deepEqual(labels(service('    depends_on:\n      x:\n      |\n') + others), ['db']);
    assert.equal(taken(service('    depends_on:\n      |\n') + others, '- db'), service('    depends_on:\n      - db\n') + others);
  });

  test('in a part of the file’s own what can stand where it is used', () => {
    const file = (part: string, use: string): string => `x-own: &own\n${part}services:\n  api:\n    ${use}\n`;
    has(file('  restart: always\n  |\n', '<<: *own'), ['environment', 'deploy']);
    has(file('  A: b\n  |\n', 'environment:\n      <<: *own'), ['CUDA_VISIBLE_DEVICES']);
    has(file('  driver: |\n', 'logging: *own'), ['json-file']);
    assert.deepEqual(labels(file('  driver: |\n', 'image: a')), []);
  });

  test('below a name whose colon is still to come', () => {
    has('services:\n  api\n    image: a\n    |\n', ['ports']);
    assert.deepEqual(labels(service('    command: one\n      two\n      |\n')), []);
  });

  test('what a service waits for comes with the condition that it needs', () => {
    const others = '  db:\n    image: postgres:17\n    healthcheck:\n      test: a\n  web:\n    image: b\n';
    const waits = service(`    depends_on:\n      |\n${others}`);
    assert.equal(taken(waits, 'db'), waits.replace('|', 'db:\n        condition: service_healthy'));
    assert.equal(taken(waits, 'web'), waits.replace('|', 'web:\n        condition: service_started'));
    const named = service(`    depends_on:\n      d|:\n        condition: service_started\n${others}`);
    assert.equal(taken(named, 'db'), named.replace('d|', 'db'));
    assert.equal(labels(named).includes('- db'), false);
  });

  test('values in the order of what they are, ports that the image has, and the beginnings of a check', () => {
    assert.deepEqual(
      offered(service('    shm_size: |\n'))
        .toSorted((a, b) => (a.sort ?? '').localeCompare(b.sort ?? ''))
        .map(({ label }) => label),
      ['1gb', '8gb', '16gb'],
    );
    const db = (lines: string): string => `services:\n  db:\n    image: postgres:17\n${lines}`;
    assert.equal(taken(db('    expose:\n      - |\n'), '5432'), db('    expose:\n      - "5432"\n'));
    assert.equal(taken(db('    ports:\n      - target: |\n'), '5432'), db('    ports:\n      - target: 5432\n'));
    assert.deepEqual(labels(service('    healthcheck:\n      test: |\n')), ['["CMD", ""]', '["CMD-SHELL", ""]', '["NONE"]']);
    assert.deepEqual(labels(service('    gpus:\n      - capabilities: |\n')), ['[gpu]']);
    has(service('    environment:\n      - NVIDIA_VISIBLE_DEVICES=|\n'), ['all']);
    has('volumes:\n  data:\n    driver_opts:\n      |\n', ['type', 'o', 'device']);
    assert.ok(labels('services:\n  a:\n    image: pytorch/pytorch:|\n').some((label) => label.startsWith('pytorch/pytorch:')));
    assert.deepEqual(labels(service('    command: ${MODEL:-|}\n')), []);
  });

  test('usual values where any text is taken', () => {
    has(service('    stop_grace_period: |\n'), ['30s']);
    has(service('    security_opt:\n      - |\n'), ['no-new-privileges:true']);
    has(
      service(
        '    deploy:\n      resources:\n        reservations:\n          devices:\n            - capabilities:\n                - |\n',
      ),
      ['gpu'],
    );
    has(service('    logging:\n      options:\n        |\n'), ['max-size']);
  });
});

test('of the files those come first that a key mostly means', () => {
  const files = { 'main.py': '', '.env': '', 'api.env': '', 'env.prod': '', 'environment.yml': '', 'x/a.yaml': '' };
  const first = (marked: string): readonly string[] =>
    offered(marked, files).flatMap(({ label, sort = '1' }) => (sort.startsWith('0') ? label : []));
  assert.deepEqual(first('services:\n  a:\n    env_file: |\n'), ['.env', 'api.env', 'env.prod']);
  assert.deepEqual(first('include:\n  - |\n'), ['environment.yml']);
  has('include:\n  - x/|\n', ['compose.yaml'], { 'x/compose.yaml': '' });
  has('include:\n  - |\n', ['main.py', 'x'], files);
  has('services:\n  a:\n    env_file: |\n', ['main.py', 'x'], files);
});

describe('what the services of a file tell about each other', () => {
  const others = '  llm:\n    image: vllm/vllm-openai:v0.11.0\n  web:\n    build: ./web\n';

  test('names that nothing defines yet', () => {
    const used = 'services:\n  api:\n    image: a\n    volumes: ["data:/data", "./x:/x"]\n    networks: [front]\n    depends_on: [db]\n';
    assert.deepEqual(labels(`${used}volumes:\n  |\n`), ['data']);
    assert.equal(taken(`${used}networks:\n  |\n`, 'front'), `${used}networks:\n  front:\n`);
    assert.deepEqual(labels(`${used}  |\n`), ['db']);
    assert.deepEqual(labels(`${used}volumes:\n  data:\n  |\n`), []);
  });

  test('each other as hosts', () => {
    const api = (line: string): string => `services:\n  api:\n    image: a\n    environment:\n      ${line}\n${others}`;
    const files = { 'web/Dockerfile': 'FROM a AS base\nEXPOSE 3000\nFROM base\n' };
    assert.deepEqual(labels(api('URL: http://|'), files), ['llm:8000', 'web:3000']);
    assert.equal(taken(api('- URL=http://u:p@l|'), 'llm:8000'), api('- URL=http://u:p@llm:8000'));
    assert.equal(taken(api('URL: "http://|"'), 'llm:8000'), api('URL: "http://llm:8000"'));
    assert.deepEqual(labels(api('LLM_HOST: |')), ['llm', 'web']);
    assert.deepEqual(labels(api('NAME: |')), []);
  });

  test('what they build, and the files of their own folder', () => {
    const files = { 'web/Dockerfile.gpu': 'FROM a\n', 'api/x': '' };
    has(
      service('') + '  b:\n    build:\n      context: .\n      additional_contexts:\n        base: |\n',
      ['service:api', 'docker-image://', 'web'],
      files,
    );
    assert.deepEqual(labels('services:\n  web:\n    build:\n      context: ./web\n      dockerfile: |\n', files), ['Dockerfile.gpu']);
  });

  test('the usual keys of a service come first', () => {
    const sorted = [...offered('services:\n  a:\n    |\n')].sort((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1));
    assert.deepEqual(
      sorted.slice(0, 2).map(({ label }) => label),
      ['build', 'command'],
    );
    assert.equal(sorted.findIndex(({ label }) => label === 'image') < sorted.findIndex(({ label }) => label === 'annotations'), true);
  });
});
