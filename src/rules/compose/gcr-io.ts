import { composeRule } from '../../lint/rule.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** What Google goes on serving under gcr.io. */
const kept =
  /^(?:distroless|kaniko-project|google-containers|google\.com|cloud-builders|cadvisor|ml-pipeline|tfx-oss-public|deeplearning-platform-release|kubebuilder|knative-releases|google-samples|k8s-|cloud-sql-connectors|cloudsql-docker|google-appengine|google_containers|k8s-skaffold|cloud-marketplace|kaggle-(?:gpu-)?images|tpu-pytorch|datadoghq|projectsigstore|tekton-releases|istio-(?:release|testing)|etcd-development)/;

export default composeRule({
  id: 'gcr-io',
  severity: 'info',
  title: 'Use Artifact Registry instead of gcr.io',
  why: 'Google’s Container Registry was shut down in March 2025. Projects’ images under `gcr.io` are there only when they were moved to Artifact Registry; its own addresses are `REGION-docker.pkg.dev`.',
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  api:\n    image: «gcr.io/my-project/ml-model:1»\n' },
    { good: 'services:\n  api:\n    image: europe-west1-docker.pkg.dev/my-project/models/ml-model:1\n' },
    { good: 'services:\n  cadvisor:\n    image: gcr.io/cadvisor/cadvisor:v0.52.1\n' },
  ],
  *check(file) {
    for (const { image, parts, node } of imageServices(file))
      if (/^(?:(?:us|eu|asia)\.)?gcr\.io$/.test(parts.registry) && !kept.test(parts.name))
        yield {
          span: node.span,
          message: `Container Registry was shut down in March 2025: «${image}» is there only if it was moved. Use its address in Artifact Registry (REGION-docker.pkg.dev/…).`,
        };
  },
});
