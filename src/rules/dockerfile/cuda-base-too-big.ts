import { dockerfileRule } from '../../lint/rule.ts';
import { allInstructions, lineage } from '../../dockerfile/scope.ts';
import { bases } from '../shared/bases.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { imageSize } from '../shared/imageSize.ts';
import { shippedStages } from '../shared/shipped.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

/** Packages that bring CUDA and cuDNN as wheels. */
const own = (name: string, extras: readonly string[]): boolean =>
  name === 'torch' ||
  name === 'vllm' ||
  (name === 'tensorflow' && extras.includes('and-cuda')) ||
  (name === 'jax' && extras.some((extra) => /^cuda1\d$/.test(extra)));

export default dockerfileRule({
  id: 'cuda-base-too-big',
  severity: 'info',
  title: 'Use the base flavour where wheels bring CUDA',
  why: 'torch, `jax[cuda12]`, `tensorflow[and-cuda]` and vLLM bring CUDA and cuDNN as wheels. A `runtime`, `devel` or `cudnn` image holds them a second time: 2 GB more for `runtime`, 6 for `devel`.',
  reach: 'file',
  looksAt: [
    ...pythonPackages,
    ...beside(
      '* nvcc',
      '* CUDA_HOME',
      '* setup.py',
      '* git+',
      '* make',
      '* ninja',
      '* TORCH_CUDA_ARCH_LIST',
      '* no-build-isolation',
      '* -e .',
      '* install .',
      'COPY --from',
    ),
  ],
  needs: pythonInstalls('torch', 'vllm', 'tensorflow', 'jax'),
  examples: [
    {
      bad: 'FROM «nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04»\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install torch==2.5.1\n',
      good: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install torch==2.5.1\n',
    },
    {
      title: 'something else needs the libraries',
      good: 'FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\nRUN pip3 install torch==2.5.1 onnxruntime-gpu==1.20.1\n',
    },
    {
      title: 'extensions are compiled',
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04\nRUN pip3 install torch==2.5.1 && pip3 install flash-attn --no-build-isolation\n',
    },
    {
      title: 'a stage hands over what it built',
      good: 'FROM nvidia/cuda:12.4.1-devel-ubuntu22.04 AS builder\nRUN ./build.sh\nFROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\nCOPY --from=builder /lib/own.so /lib/\nRUN pip3 install torch==2.5.1\n',
    },
  ],
  *check(file, world) {
    const shipped = shippedStages(file);
    const [last] = shipped;
    if (!last) return;
    for (const { image, parts, word, literal, stage } of bases(file, world)) {
      if (!isCudaImage(parts) || !lineage(last).includes(stage) || !/-(?:runtime|devel)-|-cudnn/.test(parts.tag ?? '')) continue;
      const packages = stagePackages(file, last, world);
      const found = packages.find(({ requirement }) => own(requirement.name, requirement.extras));
      const text = stageText(last);
      const needs =
        packages.some(
          ({ requirement }) =>
            /^(?:onnxruntime-gpu|tensorflow|jax|cupy|paddlepaddle-gpu|flash-attn|deepspeed|apex|xformers|tensorrt|faiss-gpu|dali|numba|pycuda|llama-cpp-python|ctranslate2|faster-whisper|detectron2|torch-scatter|mmcv)/.test(
              requirement.name,
            ) && !own(requirement.name, requirement.extras),
        ) ||
        /nvcc|CUDA_HOME|setup\.py|git\+|make\b|cmake|ninja|TORCH_CUDA_ARCH_LIST|no-build-isolation|-e \.|install \./.test(text) ||
        allInstructions(last).some(
          ({ keyword, flags }) =>
            keyword === 'COPY' && flags.some(({ name, value }) => name === 'from' && !/[/:]/.test(value?.value ?? '')),
        );
      if (!found || needs) continue;
      const base = image.replace(/(?:-cudnn\d*)?-(?:runtime|devel)-/, '-base-');
      const [size, lean] = [imageSize(world.knowledge, image), imageSize(world.knowledge, base)];
      yield {
        span: word.span,
        message: `${named(found)} brings CUDA and cuDNN of its own, so «${image}» holds them twice${size === undefined ? '' : ` in its ${size}`}. ${base} is enough${lean === undefined ? '' : `, ${lean}`}.`,
        fixes: literal ? [{ title: `Use ${base}`, safe: false, edits: [{ span: word.span, text: base }] }] : [],
      };
    }
  },
});
