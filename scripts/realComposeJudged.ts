/** A repository whose Compose files were checked, and what was found on looking at its warnings by eye, by rule. */
export interface JudgedCompose {
  readonly name: string;
  readonly commit: string;
  readonly day: string;
  readonly warnings: Readonly<Record<string, string>>;
}

const kept = 'A database, dashboard or chat keeps its data in a folder that no volume holds; in examples this may be meant.';
const gone = 'The image is no longer on Docker Hub.';

export const judgedCompose: readonly JudgedCompose[] = [
  { name: 'docker/awesome-compose', commit: '18f59bdb', day: '2024-05-18', warnings: { 'data-not-persistent': kept } },
  { name: 'langfuse/langfuse', commit: '62751446', day: '2026-08-22', warnings: {} },
  {
    name: 'opea-project/GenAIExamples',
    commit: '15b0d468',
    day: '2026-03-12',
    warnings: {
      'data-not-persistent': kept,
      'minio-dockerhub': gone,
      'port-collision': 'Two services of one file publish 8000.',
      privileged: 'Services that are given /dev/dri are privileged as well.',
    },
  },
  {
    name: 'infiniflow/ragflow',
    commit: 'b1b8cd62',
    day: '2026-08-22',
    warnings: { 'bind-file-missing': 'nginx/ragflow.conf is gone: it became ragflow.conf.golang, .python and .hybrid.' },
  },
  { name: 'docker/genai-stack', commit: '0444f466', day: '2025-03-11', warnings: {} },
  { name: 'n8n-io/self-hosted-ai-starter-kit', commit: '9ccbaf4', day: '2025-09-01', warnings: {} },
  { name: 'DataTalksClub/mlops-zoomcamp', commit: '86e42886', day: '2025-02-03', warnings: { 'data-not-persistent': kept } },
  { name: 'getsentry/self-hosted', commit: '89a143f8', day: '2026-08-21', warnings: {} },
  {
    name: 'feast-dev/feast',
    commit: 'f0bc0700',
    day: '2026-08-21',
    warnings: { 'data-not-persistent': kept, 'minio-dockerhub': gone },
  },
  { name: 'SigNoz/signoz', commit: '9997c3da', day: '2026-08-21', warnings: {} },
  { name: 'confluentinc/cp-all-in-one', commit: 'eecbbd3', day: '2026-06-19', warnings: {} },
  { name: 'FlowiseAI/Flowise', commit: 'ababf4c8', day: '2026-07-24', warnings: {} },
  { name: 'weaviate/Verba', commit: '6fb7c98', day: '2025-07-14', warnings: {} },
  {
    name: 'ClickHouse/examples',
    commit: '5f60c5f',
    day: '2026-06-16',
    warnings: {
      'data-not-persistent': kept,
      'minio-dockerhub': gone,
      'bind-file-missing': 'The recipe says to copy the example there first.',
      'init-job-condition': 'ClickHouse waits until the job that makes its buckets has begun, not until it has ended.',
    },
  },
  {
    name: 'NVIDIA-AI-Blueprints/rag',
    commit: '329875af',
    day: '2026-06-05',
    warnings: { 'data-not-persistent': kept, 'minio-dockerhub': gone },
  },
  {
    name: 'debezium/debezium-examples',
    commit: '90c3e42',
    day: '2026-08-22',
    warnings: {
      'data-not-persistent': kept,
      'build-arg-unknown': 'Three Dockerfiles name no DEBEZIUM_VERSION.',
      'bitnami-removed': 'The image with that version is gone.',
      'placeholder-left': '/your/path/to/service-account.json, which the guide says to replace.',
      'port-collision': 'Three servers publish 8080; the guide starts one of them.',
      'env-dollar': 'The health check reads the password of the host, which is not set.',
    },
  },
  { name: 'deviantony/docker-elk', commit: 'd409aa8', day: '2026-08-16', warnings: {} },
  { name: 'dockersamples/example-voting-app', commit: '63e9150', day: '2024-10-10', warnings: {} },
  {
    name: 'formbricks/formbricks',
    commit: 'b66c1dd9',
    day: '2026-08-22',
    warnings: { 'minio-dockerhub': gone, 'shm-missing': 'vLLM on all GPUs, with the 64 MB of shared memory that a container has.' },
  },
  { name: 'getredash/redash', commit: 'ca79fe98', day: '2026-08-19', warnings: {} },
  { name: 'grafana/loki', commit: '65e30f84', day: '2026-08-22', warnings: { 'data-not-persistent': kept, 'minio-dockerhub': gone } },
  { name: 'jaegertracing/jaeger', commit: '8498073f', day: '2026-08-20', warnings: {} },
  { name: 'kestra-io/kestra', commit: '58c1ca2d', day: '2024-12-20', warnings: { 'data-not-persistent': kept } },
  { name: 'makeplane/plane', commit: '4ca6d6c7', day: '2026-05-19', warnings: { 'minio-dockerhub': gone } },
  { name: 'mattermost/docker', commit: '7d9d7bf', day: '2025-05-16', warnings: {} },
  { name: 'mendableai/firecrawl', commit: '0fac8fb2', day: '2025-08-25', warnings: {} },
  { name: 'netbox-community/netbox-docker', commit: '27bf52c', day: '2024-09-19', warnings: {} },
  { name: 'nextcloud/docker', commit: '4de1eed6', day: '2026-07-23', warnings: {} },
  { name: 'nginx-proxy/nginx-proxy', commit: '584073d', day: '2026-07-23', warnings: {} },
  { name: 'open-telemetry/opentelemetry-demo', commit: '054282e3', day: '2026-08-22', warnings: {} },
  { name: 'outline/outline', commit: 'd77dcdf8', day: '2026-08-22', warnings: { 'data-not-persistent': kept } },
  { name: 'plausible/community-edition', commit: '4ebc0f6', day: '2024-03-25', warnings: {} },
  { name: 'temporalio/docker-compose', commit: 'cd6d3b1', day: '2026-01-05', warnings: {} },
  { name: 'temporalio/samples-server', commit: 'b7bc4c5', day: '2026-04-10', warnings: {} },
  { name: 'vegasbrianc/prometheus', commit: '9f72709', day: '2023-02-01', warnings: {} },
  { name: 'wodby/docker4drupal', commit: 'ded33f93', day: '2026-08-22', warnings: {} },
  { name: 'zulip/docker-zulip', commit: '3a592ad', day: '2026-06-26', warnings: {} },
];
