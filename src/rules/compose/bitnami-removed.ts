import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

const official: Readonly<Record<string, string>> = {
  kafka: 'apache/kafka',
  postgresql: 'postgres',
  redis: 'redis',
  mongodb: 'mongo',
  mariadb: 'mariadb',
  mysql: 'mysql',
  minio: 'quay.io/minio/minio',
  zookeeper: 'zookeeper',
  rabbitmq: 'rabbitmq',
  spark: 'apache/spark',
  mlflow: 'ghcr.io/mlflow/mlflow',
  airflow: 'apache/airflow',
  elasticsearch: 'docker.elastic.co/elasticsearch/elasticsearch',
  nginx: 'nginx',
  etcd: 'quay.io/coreos/etcd',
};

export default composeRule({
  id: 'bitnami-removed',
  severity: 'warning',
  quiet: 'An engine that pulled the image before has it still, and subscribers do too.',
  title: 'Do not build on bitnami/* tags',
  why: 'Bitnami’s free catalogue ended in August 2025. Tags with a version moved to `bitnamilegacy/*`, which is frozen and gets no fixes; under `bitnami/*` they are not found.',
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  kafka:\n    image: «bitnami/kafka:3.6»\n', good: 'services:\n  kafka:\n    image: bitnamilegacy/kafka:3.6\n' },
    { good: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n' },
  ],
  *check(file, { live }) {
    for (const { image, parts, node, literal } of imageServices(file)) {
      if (parts.registry !== 'docker.io' || !parts.name.startsWith('bitnami/') || parts.digest !== undefined || live.images.includes(image))
        continue;
      if (parts.tag === undefined || parts.tag === 'latest') continue;
      const name = parts.name.slice('bitnami/'.length);
      const instead = official[name];
      const frozen = `bitnamilegacy/${name}:${parts.tag}`;
      yield {
        span: node.span,
        message: `Bitnami’s free images with versions ended in August 2025: «${image}» is not found.${instead === undefined ? '' : ` Use ${instead}, whose variables and paths differ,`}${instead === undefined ? ` ${frozen} is a frozen copy.` : ` or the frozen ${frozen}.`}`,
        fixes: literal ? [{ title: `Use ${frozen}`, safe: false, edits: [{ span: node.span, text: frozen }] }] : [],
      };
    }
  },
});
