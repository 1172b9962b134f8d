import type { PinRule } from '../pins.ts';

const frameworks = new Set(
  'torch torchvision tensorflow tensorflow-cpu keras jax jaxlib onnxruntime onnxruntime-gpu transformers vllm mlflow scikit-learn xgboost lightgbm ray lightning pytorch-lightning accelerate diffusers bentoml'.split(
    ' ',
  ),
);

/** A framework without any version. */
export const unpinned: PinRule = {
  about: {
    id: 'requirements-unpinned',
    severity: 'info',
    enabled: false,
    quiet: 'Libraries and examples leave versions open on purpose; an image that ships should not, and only its owner knows which it is.',
    title: 'Say which version of a framework is meant',
    why: 'Without a version, the image built next month holds another framework: models pickled before do not load, an MLflow major migrates the database, and the CUDA build changes under the driver.',
    also: ['hadolint:DL3013'],
  },
  *problems(pins) {
    for (const { requirement, span } of pins)
      if (frameworks.has(requirement.name) && !requirement.specifier && requirement.url === undefined)
        yield {
          span,
          message: `«${requirement.name}» has no version: the next build may install another one. Pin the version you tested.`,
        };
  },
};
