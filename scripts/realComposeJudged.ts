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
];
