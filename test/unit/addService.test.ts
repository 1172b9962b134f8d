import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { parseCompose } from '../../src/compose/parse.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { recipes } from '../../src/knowledge/tables/recipes.ts';
import { lint } from '../../src/lint/lint.ts';
import { addService } from '../../src/plan/addService.ts';
import { ownRecipes } from '../../src/plan/ownRecipes.ts';
import { withProject } from '../../src/project.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/text.ts';
import { worldOf } from './world.ts';

// What Add Service writes is clean under our own check, whatever was there before.

function add(id: string, before?: string) {
  const recipe = recipes.find((each) => each.id === id);
  assert.ok(recipe);
  const compose = before === undefined ? undefined : parseCompose('compose.yaml', before);
  const { edits, secrets, names, files } = addService(recipe, recipes, knowledge, {
    ...(compose ? { compose } : {}),
    variables: new Set(),
  });
  return { after: applyEdits(before ?? '', edits), secrets, names, files: Object.fromEntries(files.map(({ path, text }) => [path, text])) };
}

function findings({ after: text, secrets, files }: ReturnType<typeof add>): readonly string[] {
  const env = secrets.map((name) => `${name}=0123456789abcdef`).join('\n');
  const document = parseCompose('compose.yaml', text);
  const failed = (rule: string, error: unknown): void => {
    throw new Error(rule, { cause: error });
  };
  return lint(document, rules, worldOf({ files: { ...files, 'compose.yaml': text, '.env': env } }), { all: false, severities: {} }, failed)
    .filter(({ severity }) => severity !== 'hint')
    .map(({ rule, message, span }) => `${rule} at «${text.slice(span.start, span.end)}»: ${message}`);
}

interface Model {
  readonly services: Readonly<
    Record<
      string,
      {
        readonly command?: string;
        readonly depends_on?: Readonly<Record<string, { condition: string }>>;
        readonly ports?: readonly string[];
        readonly environment?: Readonly<Record<string, string>>;
      }
    >
  >;
  readonly volumes?: Readonly<Record<string, null>>;
}

describe('every recipe makes a file that our own check finds nothing in', () => {
  for (const { id } of recipes)
    test(id, () => {
      assert.deepEqual(findings(add(id)), []);
    });
});

test('what is there is used, and nothing else changes', () => {
  const before = `# our platform
services:
  warehouse:   # shared
    image: postgres:17.6-bookworm
    environment:
      POSTGRES_USER: data
      POSTGRES_DB: runs
      POSTGRES_PASSWORD: \${POSTGRES_PASSWORD:?set it in .env}
    healthcheck:
      test: ["CMD-SHELL", "pg_isready -U data"]
    volumes:
      - warehouse:/var/lib/postgresql/data

  web:
    image: nginx:1.29.2
    ports:
      - "127.0.0.1:5000:80"

volumes:
  warehouse: # kept

# the end
`;
  const { after, names } = add('mlflow', before);
  assert.deepEqual(names, ['minio', 'create-bucket', 'mlflow']);
  assert.equal(
    after
      .split('\n')
      .filter((line) => before.includes(line))
      .join('\n')
      .includes('# the end'),
    true,
  );
  const { services, volumes } = parse(after) as Model;
  assert.deepEqual(Object.keys(services), ['warehouse', 'web', 'minio', 'create-bucket', 'mlflow']);
  assert.deepEqual(services['mlflow']?.depends_on, {
    warehouse: { condition: 'service_healthy' },
    minio: { condition: 'service_healthy' },
    'create-bucket': { condition: 'service_completed_successfully' },
  });
  assert.match(services['mlflow'].command ?? '', /postgresql:\/\/data:\$\{POSTGRES_PASSWORD:\?set it in \.env\}@warehouse:5432\/runs /);
  assert.deepEqual(services['mlflow'].ports, ['127.0.0.1:5001:5000'], 'the port of web is taken');
  assert.deepEqual(Object.keys(volumes ?? {}), ['warehouse', 'minio-data']);
});

test('a second one of a kind has a name and a port of its own', () => {
  const { after } = add('qdrant', add('qdrant').after);
  const { services } = parse(after) as Model;
  assert.deepEqual(
    Object.entries(services).map(([name, { ports }]) => [name, ports]),
    [
      ['qdrant', ['127.0.0.1:6333:6333']],
      ['qdrant-2', ['127.0.0.1:6334:6333']],
    ],
  );
});

test('an empty section and Windows line breaks', () => {
  const { after } = add('redis', 'name: x\r\nservices:\r\n');
  assert.deepEqual(Object.keys((parse(after) as Model).services), ['redis']);
  assert.equal(/[^\r]\n/.test(after), false);
});

test('Prometheus reads what is there, and Grafana gets it as its source', () => {
  const recipe = (id: string) => {
    const found = recipes.find((each) => each.id === id);
    assert.ok(found);
    return found;
  };
  const before = 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n  metrics:\n    image: prom/prometheus:v3.13.2\n';
  const compose = parseCompose('compose.yaml', before);
  const filesOf = (id: string, there: typeof compose | undefined) =>
    addService(recipe(id), recipes, knowledge, { ...(there ? { compose: there } : {}), variables: new Set() }).files;
  assert.deepEqual(
    filesOf('grafana', compose).map(({ path, text }) => [path, /url: (.*)/.exec(text)?.[1]]),
    [['grafana/prometheus.yml', 'http://metrics:9090']],
  );
  assert.deepEqual(filesOf('grafana', undefined), [], 'without Prometheus there is no source to name');
  const [config] = filesOf('prometheus', compose);
  assert.deepEqual(
    (
      parse(config?.text ?? '') as { scrape_configs: readonly { static_configs: readonly { targets: readonly string[] }[] }[] }
    ).scrape_configs.flatMap(({ static_configs: [first] }) => first?.targets),
    ['llm:8000', 'metrics:9090', 'prometheus:9090'],
  );
});

test('a service of the project’s own rows is written as they say', () => {
  const text =
    'services:\n  - id: features\n    name: Feature store\n    images: [registry.example.com/ml/features:2.1.0]\n    ports:\n      - {port: 8080, role: API}\n      - {port: 8888, role: pages, ui: true}\n    volumes:\n      - path: /var/lib/features\n    health:\n      test: [CMD, featuresctl, ping]\n    startPeriod: 40s\n    gpu: "yes"\n    wantsShm: true\n';
  const files = {
    read: (path: string) => (path === '.ml-containers.yaml' ? text : undefined),
    exists: () => false,
    list: () => undefined,
    size: () => undefined,
  };
  const tables = withProject({ knowledge, live: { images: [], gpus: [] } }, files, {}).knowledge;
  const [recipe, ...more] = ownRecipes(tables, knowledge);
  assert.ok(recipe);
  assert.deepEqual([recipe.title, more.length, ownRecipes(knowledge, knowledge).length], ['Feature store', 0, 0]);
  const { edits, names } = addService(recipe, recipes, tables, { variables: new Set() });
  const after = applyEdits('', edits);
  assert.deepEqual(names, ['features']);
  assert.deepEqual(parse(after), {
    services: {
      features: {
        image: 'registry.example.com/ml/features:2.1.0',
        restart: 'unless-stopped',
        ports: ['127.0.0.1:8888:8888'],
        volumes: ['features-features:/var/lib/features'],
        shm_size: '1gb',
        deploy: { resources: { reservations: { devices: [{ driver: 'nvidia', count: 1, capabilities: ['gpu'] }] } } },
        healthcheck: { test: ['CMD', 'featuresctl', 'ping'], interval: '10s', timeout: '5s', retries: 6, start_period: '40s' },
      },
    },
    volumes: { 'features-features': null },
  });
  assert.deepEqual(findings({ after, secrets: [], names, files: {} }), []);
});

test('services between braces stay, and what a profile holds back is waited for in it', () => {
  const { after } = add('mlflow', 'services: {db: {image: "postgres:17", environment: {POSTGRES_PASSWORD: x}}}\n');
  const { services } = parse(after) as Model;
  assert.deepEqual(Object.keys(services), ['db', 'minio', 'create-bucket', 'mlflow']);
  assert.equal(services['mlflow']?.depends_on?.['db']?.condition, 'service_started');
  const held = parse(add('open-webui-vllm', 'services:\n  vllm:\n    image: vllm/vllm-openai:v0.11.0\n    profiles: [gpu]\n').after) as {
    services: Record<string, { profiles?: readonly string[] }>;
  };
  assert.deepEqual(held.services['open-webui']?.profiles, ['gpu']);
});

test('a database that is there is called as it says, waited for by a check it then has, and reached on its network', () => {
  const before =
    'services:\n  pg:\n    image: postgres:17\n    networks: [backend]\n    environment:\n      - POSTGRES_PASSWORD=${PG:?}\n  s3:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n    command: server /data\n    env_file: s3.env\n    networks: {backend: {aliases: [store]}}\nnetworks:\n  backend:\n';
  const { after, secrets } = add('mlflow', before);
  const { services } = parse(after) as Model & {
    services: Record<string, { networks?: unknown; healthcheck?: { test: readonly string[] } }>;
  };
  const { mlflow, pg, s3 } = services;
  assert.ok(mlflow);
  assert.match(mlflow.command ?? '', /postgresql:\/\/postgres:\$\{PG:\?\}@pg:5432\/postgres /);
  assert.equal(mlflow.environment?.['AWS_ACCESS_KEY_ID'], '${MINIO_ROOT_USER:?set it in .env}');
  assert.deepEqual(mlflow.networks, ['backend']);
  assert.deepEqual(services['create-bucket']?.networks, ['backend']);
  assert.equal(pg?.healthcheck?.test[0], 'CMD-SHELL');
  assert.deepEqual(s3?.healthcheck?.test, ['CMD', 'mc', 'ready', 'local']);
  assert.deepEqual(secrets, []);
});

test('a file of comments begins, and nothing comes behind the end of a document', () => {
  assert.match(add('redis', '# my stack').after, /^# my stack\nservices:\n {2}redis:/);
  const { after } = add('qdrant', '---\nservices:\n  web:\n    image: nginx:1.29\n...\n');
  assert.match(after, /\nvolumes:\n {2}qdrant-\w+:\n\.\.\.\n$/);
  assert.deepEqual(parseCompose('compose.yaml', after).faults, []);
});
