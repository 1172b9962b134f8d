import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PipInstall } from '../../dockerfile/packages/pip.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { Files } from '../../lint/rule.ts';
import { parseRequirement } from '../../python/requirements.ts';
import { installedRequirements } from './installedRequirements.ts';

const big = new Set(
  'bitsandbytes flash-attn jaxlib mxnet neuronx-cc onnxruntime-gpu paddlepaddle paddlepaddle-gpu pyspark sglang tensorflow tensorrt tensorrt-llm torch triton vllm xformers xgboost'.split(
    ' ',
  ),
);
const families =
  /^(?:cupy-|nvidia-(?:cu|nccl|npp|nvjitlink|nvshmem|nvtx|tensorrt|dali)|tensorflow-(?:cpu|gpu|intel|rocm|macos)|tensorrt-|torch-(?:neuronx|tensorrt|xla)|jax-(?:cuda|rocm))/;
/** Small themselves, and torch comes with them where it is not there yet. */
const bringers = new Set(
  'accelerate autogluon deepspeed easyocr fastai lightning lmdeploy openai-whisper peft pytorch-lightning sentence-transformers spacy-transformers timm torchaudio torchvision trl ultralytics unsloth'.split(
    ' ',
  ),
);

/** The first package of hundreds of megabytes that an install is known to bring, written in the RUN or in a file it reads. */
export function heavyPackage(file: Dockerfile, stage: Stage | undefined, install: PipInstall, files: Files): string | undefined {
  const packages = stage
    ? installedRequirements(file, stage, install, files).installed.map(({ requirement }) => requirement.name)
    : install.operands.flatMap(({ value }) => parseRequirement(value, (index) => index)?.name ?? []);
  const image = stage && rootImage(file, stage, {});
  const bare = image !== undefined && /^(?:python|ubuntu|debian|nvidia\/cuda)(?:[:@]|$)/.test(image);
  const brings = bare && !install.options.some(({ name }) => name === '--no-deps');
  return packages.find((name) => big.has(name) || families.test(name) || (brings && bringers.has(name)));
}
