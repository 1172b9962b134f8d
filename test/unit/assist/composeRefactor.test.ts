import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refactoringsInCompose } from '../../../src/assist/compose/refactorings.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

type Files = Readonly<Record<string, string>>;

/** What is offered at `|`: the file, and with a name in front other files, as they are then. */
function offered(marked: string, files: Files = {}): ReadonlyMap<string, Files> {
  const start = marked.indexOf('|');
  const text = marked.replace('|', '');
  const file = parseCompose('compose.yaml', text);
  const world = worldOf({ files: { ...files, 'compose.yaml': text } });
  return new Map(
    refactoringsInCompose(file, { start, end: start }, world).map(({ title, edits, others = [] }) => [
      title,
      {
        'compose.yaml': applyEdits(text, edits),
        ...Object.fromEntries(others.map(({ path, edits: more }) => [path, applyEdits(files[path] ?? '', more)])),
      },
    ]),
  );
}

const service = (lines: string): string => `services:\n  api:\n    image: api:1\n${lines}`;
/** The lines that one action makes of a service's. */
function becomes(title: string, lines: string): string | undefined {
  return offered(service(lines)).get(title)?.['compose.yaml']?.slice(service('').length);
}

describe('forms', () => {
  test('variables as a list and as a mapping, with their comments', () => {
    const list =
      '    environment:\n      # first\n      - A=b c # inside\n      - B=true\n      - "C=x: y"\n      - D\n      - E=\n      - F=12\n';
    const map =
      '    environment:\n      # first\n      A: b c # inside\n      B: "true"\n      C: "x: y"\n      D:\n      E: ""\n      F: 12\n';
    assert.equal(becomes('Write environment as a mapping', list.replace(':\n', ':|\n')), map);
    assert.equal(becomes('Write environment as a list', map.replace(':\n', ':|\n')), list);
    assert.equal(becomes('Write labels as a mapping', '    la|bels: [a=b, "c={d}"]\n'), '    labels: { a: b, c: "{d}" }\n');
    assert.equal(becomes('Write labels as a list', '    la|bels: {a: b}\n'), '    labels: [a=b]\n');
  });

  test('truth values and numbers stay what they are', () => {
    assert.equal(
      becomes('Write environment as a list', '    environ|ment:\n      A: False\n      B: 1.50\n      C: "False"\n'),
      '    environment:\n      - A=false\n      - B=1.5\n      - C=False\n',
    );
  });

  test('a list in the column of its key moves in', () => {
    assert.equal(
      becomes('Write environment as a mapping', '    # about\n    environment:|\n    # one\n    - A=b\n'),
      '    # about\n    environment:\n      # one\n      A: b\n',
    );
  });

  test('what an alias may lead to, or came from one, stays as it is', () => {
    const anchored = 'x: &e\n  A: b\nservices:\n  api:\n    image: a\n    environment:|\n      <<: *e\n      C: d\n';
    assert.deepEqual(
      [...offered(anchored).keys()].filter((title) => title.startsWith('Write')),
      [],
    );
    assert.deepEqual(
      [...offered(service('    environment: &e|\n      - A=b\n')).keys()].filter((title) => title.startsWith('Write')),
      [],
    );
  });

  test('mounts between brackets whose paths have variables', () => {
    assert.equal(
      becomes('Write the mount in the long form', '    volumes: ["da|ta:/${B}"]\n'),
      '    volumes: [{ type: volume, source: data, target: "/${B}" }]\n',
    );
    // It may hold source and target.
    assert.equal(becomes('Write the mount in the long form', '    volumes: ["${MO|UNT}"]\n'), undefined);
  });

  test('ports, the one at the cursor or all', () => {
    const short = '    ports:\n      - "127.0.0.1:8080:80/udp" # web\n      - 9000\n      - "[::1]:5:6"\n      - "${PORT:-8080}:8080"\n';
    assert.equal(
      becomes('Write the ports in the long form', short.replace('ports:', 'ports:|')),
      '    ports:\n      - target: 80 # web\n        published: "8080"\n        host_ip: 127.0.0.1\n        protocol: udp\n      - target: 9000\n      - target: 6\n        published: "5"\n        host_ip: "::1"\n      - target: 8080\n        published: "${PORT:-8080}"\n',
    );
    assert.equal(
      becomes('Write the port in the long form', '    ports: ["80:${PO|RT}"]\n'),
      '    ports: [{ target: "${PORT}", published: "80" }]\n',
    );
    // An address that may be nothing is none in the long form.
    assert.equal(becomes('Write the port in the long form', '    ports:\n      - "${HO|ST}:8080:80"\n'), undefined);
    assert.equal(becomes('Write the port in the long form', '    ports:\n      - "${HO|ST:-}:8080:80"\n'), undefined);
    assert.ok(becomes('Write the port in the long form', '    ports:\n      - "${HO|ST:-127.0.0.1}:8080:80"\n'));
    assert.ok(becomes('Write the port in the long form', '    ports:\n      - "${PO|RT}:80"\n'));
    assert.equal(
      becomes('Write the port in the long form', '    ports:\n      - 90|00\n      - 80\n'),
      '    ports:\n      - target: 9000\n      - 80\n',
    );
    assert.equal(
      becomes('Write the port in the short form', '    ports:\n      - target: 80|\n        published: "8080"\n        host_ip: "::1"\n'),
      '    ports:\n      - "[::1]:8080:80"\n',
    );
    assert.equal(becomes('Write the port in the short form', '    ports:\n      - target: 80|\n        app_protocol: http\n'), undefined);
  });

  test('mounts', () => {
    assert.equal(
      becomes('Write the mount in the long form', '    volumes:\n      - ./data:/da|ta:ro,z\n'),
      '    volumes:\n      - type: bind\n        source: ./data\n        target: /data\n        read_only: true\n        bind:\n          create_host_path: true\n          selinux: z\n',
    );
    assert.equal(
      becomes(
        'Write the mount in the short form',
        '    volumes:\n      - type: vol|ume\n        source: models\n        target: /models\n        volume: {nocopy: true}\n',
      ),
      '    volumes:\n      - models:/models:nocopy\n',
    );
    assert.equal(
      becomes('Write the mount in the long form', '    volumes:\n      - ${DATA:-./d}:/da|ta\n')?.includes(
        'source: ${DATA:-./d}\n        target: /data',
      ),
      true,
    );
    assert.equal(becomes('Write the mount in the long form', '    volumes:\n      - ${DATA}:/da|ta\n'), undefined);
  });

  test('CRLF stays', () => {
    const text = service('    environment:|\n      - A=b\n      - C=d\n').replaceAll('\n', '\r\n');
    assert.equal(
      offered(text).get('Write environment as a mapping')?.['compose.yaml'],
      service('    environment:\n      A: b\n      C: d\n').replaceAll('\n', '\r\n'),
    );
  });

  test('nothing is offered while the YAML is broken', () => {
    assert.equal(offered(service('    environment:|\n      - A=b\n  ]x: [\n')).size, 0);
  });
});

describe('waiting', () => {
  const rest = '  db:\n    image: postgres:17\n  cache:\n    image: redis:8\n    healthcheck: {test: redis-cli ping}\n';
  const text = (lines: string): string => service(lines) + rest;
  test('conditions by what each service has', () => {
    assert.equal(
      offered(text('    depends_on: [|db, cache]\n')).get('Write depends_on with conditions')?.['compose.yaml'],
      text('    depends_on:\n      db:\n        condition: service_started\n      cache:\n        condition: service_healthy\n'),
    );
    assert.equal(
      offered(text('    depends_on:|\n      # store\n      db:\n        condition: service_started\n')).get('Write depends_on as a list')?.[
        'compose.yaml'
      ],
      text('    depends_on:\n      # store\n      - db\n'),
    );
  });

  test('a service that is waited for gets a check when it has none', () => {
    const done = offered(text('    depends_on:\n      - d|b\n      - cache\n'));
    const [title = ''] = [...done.keys()].filter((each) => each.startsWith('Wait'));
    assert.equal(title, 'Wait until db is healthy, with a health check that works in its image');
    assert.match(
      done.get(title)?.['compose.yaml'] ?? '',
      /db:\n        condition: service_healthy\n      cache:\n        condition: service_healthy[^]*postgres:17\n    healthcheck:\n      test: .*pg_isready/,
    );
    assert.deepEqual(
      [...offered(text('    depends_on:\n      cache:\n        condition: service_st|arted\n')).keys()].filter((each) =>
        each.startsWith('Wait'),
      ),
      ['Wait until cache is healthy'],
    );
  });
});

describe('health checks', () => {
  const check = 'Add a health check that works in this image';
  test('ask what a known service answers, with a tool that its image has', () => {
    assert.match(
      offered('services:\n  ml|flow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n').get(check)?.['compose.yaml'] ?? '',
      /\["CMD", "python", "-c", .*:5000\/health/,
    );
    assert.match(
      offered('services:\n  ll|m:\n    image: vllm/vllm-openai:v0.11.0\n').get(check)?.['compose.yaml'] ?? '',
      /"curl", "-f", "http:\/\/localhost:8000\/health"/,
    );
  });

  test('are those of the program that runs: a worker of the same image has none, or another', () => {
    const added = (lines: string): string => offered(`services:\n  a|p:\n${lines}`).get(check)?.['compose.yaml'] ?? '';
    assert.match(added('    image: apache/airflow:2.9.1\n    command: webserver\n'), /:8080\/health/);
    assert.equal(added('    image: apache/airflow:2.9.1\n    command: celery worker\n'), '');
    assert.equal(added('    image: prefecthq/prefect:3-latest\n    command: ["prefect", "worker", "start"]\n'), '');
    assert.match(added('    image: prefecthq/prefect:3-latest\n    command: prefect server start\n'), /:4200/);
    assert.match(added('    image: docker.langfuse.com/langfuse/langfuse-worker:4\n'), /:3030\/api\/health/);
  });

  test('ask whether the port of what is built here answers', () => {
    const built = (dockerfile: string): string =>
      offered('services:\n  api:\n    build: ./a|pi\n', { 'api/Dockerfile': dockerfile }).get(check)?.['compose.yaml'] ?? '';
    assert.match(built('FROM python:3.12-slim\nEXPOSE 8000\n'), /"python", "-c", "import socket.*8000/);
    assert.match(built('FROM ubuntu:24.04\nRUN apt-get update && apt-get install -y curl\nEXPOSE 80\n'), /"curl", "-s"/);
    assert.equal(built('FROM debian:12-slim\nEXPOSE 80\n'), '');
    assert.equal(built('FROM python:3.12-slim\n'), '');
  });
});

describe('secrets', () => {
  const secret = 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: s3|cr$$et # keep\n';
  test('go to .env, under another name where theirs is taken', () => {
    const env = (files: Files): Files | undefined => offered(secret, files).get('Move the value of POSTGRES_PASSWORD to .env');
    assert.deepEqual(env({}), {
      'compose.yaml': secret.replace('s3|cr$$et', '${POSTGRES_PASSWORD:?set POSTGRES_PASSWORD in .env}'),
      '.env': "POSTGRES_PASSWORD='s3cr$et'\n",
    });
    assert.deepEqual(env({ '.env': 'POSTGRES_PASSWORD=other' })?.['.env'], "POSTGRES_PASSWORD=other\nDB_POSTGRES_PASSWORD='s3cr$et'\n");
    assert.equal(env({ '.env': "POSTGRES_PASSWORD='s3cr$et'" })?.['.env'], undefined);
  });

  test('go to a file that is mounted, where the program reads one', () => {
    assert.deepEqual(offered(secret).get('Move the value of POSTGRES_PASSWORD to a secret'), {
      'compose.yaml':
        'services:\n  db:\n    image: postgres:17\n    secrets: ["postgres_password"]\n    environment:\n      POSTGRES_PASSWORD_FILE: /run/secrets/postgres_password # keep\n\nsecrets:\n  postgres_password:\n    file: ./secrets/postgres_password.txt\n',
      'secrets/postgres_password.txt': 's3cr$et',
    });
    const checked = secret.replace('    environment:', '    healthcheck: {test: "psql -W $$POSTGRES_PASSWORD"}\n    environment:');
    assert.deepEqual(
      [...offered(checked).keys()].filter((title) => title.startsWith('Move')),
      ['Move the value of POSTGRES_PASSWORD to .env'],
    );
    assert.deepEqual(
      [...offered(service('    environment:\n      - API_TOKEN=ab|c123\n')).keys()].filter((title) => title.startsWith('Move')),
      ['Move the value of API_TOKEN to .env'],
    );
    assert.deepEqual(
      [...offered(service('    environment:\n      - API_TOKEN=${T|OKEN}\n')).keys()].filter((title) => title.startsWith('Move')),
      [],
    );
  });
});

test('what asks for GPUs goes to a file of its own, with its comments, and leaves no empty keys', () => {
  const text =
    'services:\n  l|lm:\n    image: vllm/vllm-openai:v0.11.0\n    # the GPUs\n    deploy:\n      resources:\n        reservations:\n          # all\n          devices:\n            - driver: nvidia\n              count: all # every\n              capabilities: [gpu]\n    shm_size: 8gb\n  b:\n    image: b:1\n    gpus: all\n  c:\n    image: c:1\n';
  assert.deepEqual(offered(text).get('Move what asks for GPUs to compose.gpu.yaml'), {
    'compose.yaml':
      'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    shm_size: 8gb\n  b:\n    image: b:1\n  c:\n    image: c:1\n',
    'compose.gpu.yaml':
      '# For machines with a GPU: docker compose -f compose.yaml -f compose.gpu.yaml up\nservices:\n  llm:\n    # the GPUs\n    deploy:\n      resources:\n        reservations:\n          # all\n          devices:\n            - driver: nvidia\n              count: all # every\n              capabilities: [gpu]\n  b:\n    gpus: all\n',
  });
  assert.equal(offered(text, { 'compose.gpu.yaml': 'services: {}\n' }).has('Move what asks for GPUs to compose.gpu.yaml'), false);
});

test('a version is named where there is none: what the workspace uses first', () => {
  const titles = [
    ...offered('services:\n  a:\n    image: postg|res\n  b:\n    image: postgres:16.4\n  c:\n    image: postgres:alpine\n').keys(),
  ];
  assert.ok(!titles.some((title) => title.includes('postgres:alpine')));
  assert.match(titles.find((title) => title.startsWith('Use')) ?? '', /Use postgres:16\.4 \(used in this workspace\)/);
  assert.ok(
    titles.some((title) => /Use postgres:18\.\d+ \(gets fixes until 20/.test(title)),
    titles.join('\n'),
  );
});

test('keys are sorted with the comments above them', () => {
  assert.equal(
    offered('services:\n  a|pi:\n    ports: ["80:80"]\n    # pinned\n    image: api:1\n').get('Put the keys of api in the usual order')?.[
      'compose.yaml'
    ],
    'services:\n  api:\n    # pinned\n    image: api:1\n    ports: ["80:80"]\n',
  );
  assert.equal(
    offered('services: |\n  b:\n    image: b:1\n  a:\n    image: a:1\n').get('Sort services by name')?.['compose.yaml'],
    'services: \n  a:\n    image: a:1\n  b:\n    image: b:1\n',
  );
});

test('what is added moves in as far as the file does', () => {
  const wide = (service: string): string => `services:\n    a|p:\n        image: redis:8\n${service}`;
  assert.match(
    offered(wide('')).get('Add a health check that works in this image')?.['compose.yaml'] ?? '',
    /\n {8}healthcheck:\n {12}test: .*\n {12}interval/,
  );
  const reserved =
    '        deploy:\n            replicas: 1\n            resources:\n                reservations:\n                    dev|ices:\n                        - driver: nvidia\n                          count: 1\n                          capabilities: [gpu]\n';
  const found = offered(wide(reserved).replace('a|p', 'ap'));
  assert.equal(
    found.get('Write it as gpus')?.['compose.yaml'],
    'services:\n    ap:\n        image: redis:8\n        gpus:\n            - driver: nvidia\n              count: 1\n        deploy:\n            replicas: 1\n',
  );
  assert.match(
    found.get('Move what asks for GPUs to compose.gpu.yaml')?.['compose.gpu.yaml'] ?? '',
    /\nservices:\n {4}ap:\n {8}deploy:\n {12}resources:\n {16}res/,
  );
});

test('a GPU request in its other forms, at its lines only', () => {
  assert.equal(
    becomes('Write it as a device reservation', '    gpus: |all\n'),
    '    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: all\n              capabilities: [gpu]\n',
  );
  assert.equal(becomes('Write it as gpus', '    devices:\n      - nvidia.com|/gpu=all\n'), '    gpus: all\n');
  assert.equal(becomes('Write it as gpus', '    devices:\n      - nvidia.com/gpu=all\n    restart: |always\n'), undefined);
});
