import type { ImageReference } from '../../text/imageReference.ts';

/** What takes the place of an image of Bitnami's, by its name there. */
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

/** Why an image is not found any more, and its frozen copy; undefined for one that is not Bitnami's or has no version. */
export function removedBitnami(
  image: string,
  { registry, name, tag, digest }: ImageReference,
): { readonly message: string; readonly frozen: string } | undefined {
  if (registry !== 'docker.io' || !name.startsWith('bitnami/') || digest !== undefined || tag === undefined || tag === 'latest')
    return undefined;
  const short = name.slice('bitnami/'.length);
  const instead = official[short];
  const frozen = `bitnamilegacy/${short}:${tag}`;
  const cure =
    instead === undefined ? `${frozen} is a frozen copy.` : `Use ${instead}, whose variables and paths differ, or the frozen ${frozen}.`;
  return { message: `Bitnami’s free images with versions ended in August 2025: «${image}» is not found. ${cure}`, frozen };
}
