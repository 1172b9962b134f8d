import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandText, mlflowServers } from '../shared/mlflow.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'mlflow-bucket-missing',
  severity: 'info',
  quiet: 'The bucket may exist already, from an earlier start or made by hand.',
  title: 'Create the bucket that MLflow writes to',
  why: 'MinIO starts without buckets. Until somebody creates the one of the artifact root, the first logged model ends with «NoSuchBucket». A job with `mc mb --ignore-existing` does it at every start.',
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  minio:\n    image: «quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z»\n  mlflow:\n    build: .\n    command: mlflow server --artifacts-destination s3://mlflow\n',
    },
    {
      good: 'services:\n  minio:\n    image: quay.io/minio/minio:RELEASE.2025-09-07T16-13-09Z\n  bucket:\n    image: quay.io/minio/mc:latest\n    entrypoint: mc mb --ignore-existing store/mlflow\n  mlflow:\n    build: .\n    command: mlflow server --artifacts-destination s3://mlflow\n',
    },
  ],
  *check(file, { knowledge }) {
    const server = mlflowServers(file, knowledge).find(({ service }) =>
      /s3:\/\//.test(file.source.text.slice(service.span.start, service.span.end)),
    );
    if (!server) return;
    const created = file.services.some((service) => /\bmc\b|\bmb\b|create[-_]?bucket|aws s3|s3api|make_bucket/.test(commandText(service)));
    if (created || /MINIO_DEFAULT_BUCKETS|create[-_]?bucket|minio[-_]?(?:init|setup|mc)|mkdir -p \/data\//i.test(file.source.text)) return;
    const store = imageServices(file).find(({ image }) => serviceFacts(knowledge, image)?.id === 'minio');
    if (store)
      yield {
        span: store.node.span,
        message: `Nobody in this file creates the bucket that «${server.service.name}» writes to: the first artifact ends with «NoSuchBucket». Add a job that runs mc mb --ignore-existing.`,
      };
  },
});
