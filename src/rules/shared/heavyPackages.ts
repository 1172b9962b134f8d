import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PipInstall } from '../../dockerfile/packages/pip.ts';
import type { Files } from '../../lint/rule.ts';
import { parseRequirement } from '../../python/requirements.ts';
import { installedRequirements } from './installedRequirements.ts';

const names = new Set(
  'accelerate autogluon bitsandbytes catboost deepspeed easyocr fastai flash-attn jax jaxlib lightning lmdeploy mxnet neuronx-cc onnxruntime-gpu openai-whisper paddlepaddle paddlepaddle-gpu peft pyspark pytorch-lightning sentence-transformers sglang spacy-transformers tensorflow tensorrt tensorrt-llm timm torch torchaudio torchvision triton tritonserver trl ultralytics unsloth vllm xformers xgboost'.split(
    ' ',
  ),
);
const families = /^(?:cupy|nvidia|tensorflow|torch|jax-cuda|jax-rocm|tensorrt)-/;

/** Whether a Python package is, or brings, hundreds of megabytes of wheels. */
export const isHeavy = (name: string): boolean => names.has(name) || families.test(name);

/** The first package of hundreds of megabytes that an install is known to bring, written in the RUN or in a file it reads. */
export function heavyPackage(file: Dockerfile, stage: Stage | undefined, install: PipInstall, files: Files): string | undefined {
  const packages = stage
    ? installedRequirements(file, stage, install, files).installed.map(({ requirement }) => requirement.name)
    : install.operands.flatMap(({ value }) => parseRequirement(value, (index) => index)?.name ?? []);
  return packages.find(isHeavy);
}
