import { addKey } from '../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type Entry, type MapNode } from '../../compose/model.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { stepOf } from '../../compose/step.ts';
import { composeRule, type Fix } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';
import { serviceImage } from '../shared/composeImage.ts';

const stores = new Set([
  'postgres',
  'mysql',
  'mongo',
  'minio',
  'rustfs',
  'seaweedfs',
  'elasticsearch',
  'milvus',
  'neo4j',
  'kafka',
  'rabbitmq',
  'redis',
]);
// Programs that end when their store does not answer yet. MLflow tries for minutes; the images of Airflow and Label Studio wait.
const impatient = new Set([
  'prefect',
  'dagster',
  'langfuse',
  'feast',
  'zenml',
  'litellm',
  'lakefs',
  'argilla',
  'clearml',
  'kubeflow-pipelines',
]);

export default composeRule({
  id: 'depends-on-without-condition',
  severity: 'warning',
  title: 'Wait until the database answers, not until it starts',
  why: 'A plain `depends_on` waits until the container has started. A database needs some seconds more until it answers; Langfuse, Prefect and the like end with a connection error before that.',
  reach: ['depends_on', 'healthcheck', 'image', 'build', 'restart'],
  examples: [
    {
      bad: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on:\n      - «db»\n  db:\n    image: postgres:17\n    healthcheck:\n      test: pg_isready\n',
      good: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:17\n    healthcheck:\n      test: pg_isready\n',
    },
    {
      title: 'the store has no check yet',
      bad: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on: {cache: {condition: «service_started»}}\n  cache:\n    image: redis:8\n',
    },
    {
      title: 'MLflow tries again by itself, the images of Airflow and Label Studio wait',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    depends_on: [db]\n  airflow:\n    image: apache/airflow:3.0.2\n    depends_on: [db]\n  labels:\n    image: heartexlabs/label-studio:1.20.0\n    depends_on: [db]\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'programs that try again',
      good: 'services:\n  web:\n    image: web:1\n    depends_on: [db]\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'no store, no known program, one that is built here, a store that no service of this file is',
      good: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on: [web, elsewhere]\n  web:\n    image: nginx:1.29\n  own:\n    build: ./prefect\n    depends_on: [db]\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'started again until the store answers: a remark only',
      bad: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    restart: on-failure\n    depends_on:\n      db: {condition: «service_started»}\n  db:\n    image: postgres:17\n    healthcheck: {test: pg_isready}\n',
      good: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    restart: on-failure\n    depends_on:\n      db: {condition: service_healthy}\n  db:\n    image: postgres:17\n    healthcheck: {test: pg_isready}\n',
    },
    {
      title: 'waits already, or until it has done its work',
      good: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on: {db: {condition: service_completed_successfully}}\n  db:\n    image: postgres:17\n',
    },
    {
      title: 'waits already',
      good: 'services:\n  prefect:\n    image: prefecthq/prefect:3.4.0-python3.12\n    depends_on: {db: {condition: service_healthy}}\n  db:\n    image: postgres:17\n    healthcheck: {test: pg_isready}\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const { node } of file.services) {
      const dependencies = entry(node, 'depends_on');
      const dependent = serviceFacts(knowledge, serviceImage(node) ?? '');
      if (!dependencies || dependencies.merged || !dependent || !impatient.has(dependent.id)) continue;
      const list = dependencies.value.kind === 'list';
      const waits = list
        ? items(dependencies.value).map((item) => ({ name: text(item) ?? '', span: item.span, condition: undefined }))
        : dependencies.value.kind === 'map'
          ? dependencies.value.entries.map(({ key, value }) => ({
              name: key,
              span: get(value, 'condition')?.span ?? value.span,
              condition: text(get(value, 'condition')) ?? 'service_started',
            }))
          : [];
      for (const { name, span, condition } of waits) {
        const store = storeOf(file, knowledge, name);
        if (!store || (condition !== undefined && condition !== 'service_started')) continue;
        // It ends, and is started again until the store answers.
        const again = /^(?:always|unless-stopped|on-failure)/.test(text(get(node, 'restart')) ?? '');
        yield {
          span,
          ...(again || dependent.sure !== 'certain' ? { severity: 'info' as const } : {}),
          message: `This waits until «${name}» has started, not until it answers: ${dependent.name} may come too early. Use condition: service_healthy.`,
          fixes: fixes(file, knowledge, dependencies, span, store),
        };
      }
    }
  },
});

function storeOf(file: ComposeFile, knowledge: KnowledgeBase, name: string): MapNode | undefined {
  const service = file.services.find((each) => each.name === name)?.node;
  return service && stores.has(serviceFacts(knowledge, serviceImage(service) ?? '')?.id ?? '') ? service : undefined;
}

function fixes(
  file: ComposeFile,
  knowledge: KnowledgeBase,
  dependencies: Entry,
  span: { readonly start: number; readonly end: number },
  store: MapNode,
): readonly Fix[] {
  const test = serviceFacts(knowledge, serviceImage(store) ?? '')?.health?.test;
  const check = entry(store, 'healthcheck')
    ? []
    : test
      ? [addKey(file.source, store, 'healthcheck', { test, interval: '5s', timeout: '5s', retries: '12' })]
      : undefined;
  if (!check || check.includes(undefined)) return [];
  const checks = check.flatMap((edit) => edit ?? []);
  const title = 'Wait until it is healthy';
  if (dependencies.value.kind === 'map') return [{ title, safe: true, edits: [{ span, text: 'service_healthy' }, ...checks] }];
  const { source } = file;
  const inner = items(dependencies.value);
  const [first] = inner;
  const last = inner.at(-1);
  if (!first || !last || source.text[dependencies.value.span.start] === '[') return [];
  const line = lineSpan(source, lineAt(source, dependencies.keySpan.start));
  const step = ' '.repeat(stepOf(source));
  const indent = ' '.repeat(dependencies.keySpan.start - line.start) + step;
  const newline = lineBreak(source);
  const start = source.lineStarts[lineAt(source, first.span.start)] ?? first.span.start;
  const lines = inner.map((item) => {
    const name = text(item) ?? '';
    return `${indent}${name}:${newline}${indent}${step}condition: ${storeOf(file, knowledge, name) ? 'service_healthy' : 'service_started'}`;
  });
  return [{ title, safe: true, edits: [{ span: { start, end: last.span.end }, text: lines.join(newline) }, ...checks] }];
}
