import { addVariable, environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text, type Node } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { builtMlflow } from '../shared/mlflow.ts';
import { envFileVariables } from '../shared/serviceSettings.ts';
import { placeOf } from '../shared/replaceText.ts';

const stores = new Set(['minio', 'rustfs', 'seaweedfs', 'localstack']);
const ports: Readonly<Record<string, number>> = { minio: 9000, rustfs: 9000, seaweedfs: 8333, localstack: 4566 };
const address = /s3:\/\/[^\s'"]*/;
const endpoints = ['MLFLOW_S3_ENDPOINT_URL', 'AWS_ENDPOINT_URL', 'AWS_ENDPOINT_URL_S3'];

export default composeRule({
  id: 'mlflow-s3-endpoint',
  severity: 'warning',
  quiet: 'The server runs, and its image may bring a configuration of AWS that names the endpoint.',
  title: 'Tell MLflow where its object store is',
  why: 'An `s3://` artifact root without an endpoint means Amazon’s S3. With an object store of your own in the file, MLflow asks Amazon with the local keys and answers `InvalidAccessKeyId`.',
  reach: ['image', 'build', 'environment', 'command', 'env_file'],
  examples: [
    {
      title: 'a server that is built here',
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install mlflow==2.18.0 boto3\nCMD ["mlflow", "server", "--host", "0.0.0.0"]\n' },
      bad: 'services:\n  mlflow:\n    build: .\n    environment:\n      MLFLOW_ARTIFACTS_DESTINATION: «s3://artifacts»\n  minio:\n    image: quay.io/minio/minio:RELEASE.2024-10-02T17-50-41Z\n',
    },
    {
      bad: 'services:\n  minio:\n    image: minio/minio:RELEASE.2025-04-22T22-12-26Z\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_DEFAULT_ARTIFACT_ROOT: «s3://artifacts»\n',
      good: 'services:\n  minio:\n    image: minio/minio:RELEASE.2025-04-22T22-12-26Z\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    environment:\n      MLFLOW_S3_ENDPOINT_URL: http://minio:9000\n      MLFLOW_DEFAULT_ARTIFACT_ROOT: s3://artifacts\n',
    },
    {
      title: 'in the command',
      bad: 'services:\n  store:\n    image: minio/minio\n  tracking:\n    build: ./mlflow\n    command: mlflow server --default-artifact-root «s3://mlflow» --host 0.0.0.0\n',
      good: 'services:\n  store:\n    image: minio/minio\n  tracking:\n    build: ./mlflow\n    environment:\n      MLFLOW_S3_ENDPOINT_URL: http://store:9000\n    command: mlflow server --default-artifact-root s3://mlflow --host 0.0.0.0\n',
    },
    {
      title: 'Amazon’s own',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    command: mlflow server --default-artifact-root s3://bucket\n',
    },
    {
      title: 'an env file without it',
      files: { '.env': 'AWS_ACCESS_KEY_ID=x\n' },
      bad: 'services:\n  minio:\n    image: minio/minio\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    env_file: .env\n    command: mlflow server --artifacts-destination «s3://bucket»\n',
    },
    {
      title: 'an env file with it',
      files: { 's3.env': 'MLFLOW_S3_ENDPOINT_URL=http://minio:9000\n' },
      good: 'services:\n  minio:\n    image: minio/minio\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    env_file: s3.env\n    command: mlflow server --default-artifact-root s3://bucket\n',
    },
    {
      title: 'an env file may say it',
      good: 'services:\n  minio:\n    image: minio/minio\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.6.0\n    env_file: .env\n    command: mlflow server --default-artifact-root s3://bucket\n',
    },
  ],
  *check(file, world) {
    const { knowledge } = world;
    const store = file.services
      .map(({ name, node }) => ({ name, id: serviceFacts(knowledge, serviceImage(node) ?? '')?.id ?? '' }))
      .find(({ id }) => stores.has(id));
    if (!store) return;
    for (const { node } of file.services) {
      const environment = environmentOf(node);
      const command = items(get(node, 'command'));
      const written = command.map((item) => text(item) ?? '').join(' ');
      const isMlflow =
        serviceFacts(knowledge, serviceImage(node) ?? '')?.id === 'mlflow' ||
        /\bmlflow\s+server\b/.test(written) ||
        builtMlflow(file, node, world) !== undefined;
      if (!isMlflow || entry(node, 'extends') || endpoints.some((name) => environment.has(name) || written.includes(name))) continue;
      const files = envFileVariables(file, node, world);
      if (!files || endpoints.some((name) => files.has(name)) || files.has('AWS_CONFIG_FILE')) continue;
      const places: readonly (Node | undefined)[] = [
        environment.get('MLFLOW_DEFAULT_ARTIFACT_ROOT')?.node,
        environment.get('MLFLOW_ARTIFACTS_DESTINATION')?.node,
        ...command,
      ];
      const place = places.find((item) => item !== undefined && address.test(text(item) ?? ''));
      if (!place) continue;
      const [bucket = ''] = address.exec(text(place) ?? '') ?? [];
      const url = `http://${store.name}:${ports[store.id] ?? 9000}`;
      const edit = addVariable(file.source, node, 'MLFLOW_S3_ENDPOINT_URL', url);
      yield {
        span: placeOf(file.source, place, bucket) ?? place.span,
        message: `Without MLFLOW_S3_ENDPOINT_URL, s3:// means Amazon, not «${store.name}»: the keys are refused. Set it to ${url}.`,
        fixes: edit ? [{ title: `Set MLFLOW_S3_ENDPOINT_URL to ${url}`, safe: true, edits: [edit] }] : [],
      };
    }
  },
});
