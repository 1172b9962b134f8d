import { dockerfileRule } from '../../lint/rule.ts';
import { bringsLibraries } from '../shared/bringsCuda.ts';
import { takesQuotes } from '../shared/edits.ts';
import { beside, pythonPackages, stageWords } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { meantForGpu } from '../shared/meantForGpu.ts';
import { compareVersions } from '../shared/pins.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { shippedWithoutCudnn } from '../shared/withoutCudnn.ts';

/** Packages that load cuBLAS and cuDNN from where the loader finds them, and what they do without. */
const loads: Readonly<Record<string, string>> = {
  'onnxruntime-gpu': 'its CUDA provider does not load, and it computes on the CPU',
  ctranslate2: 'it stops with «Library libcublas.so.12 is not found» or «Unable to load any of libcudnn_ops.so»',
  'faster-whisper': 'it stops with «Library libcublas.so.12 is not found» or «Unable to load any of libcudnn_ops.so»',
};

export default dockerfileRule({
  id: 'gpu-libraries-missing',
  severity: 'warning',
  title: 'Bring cuBLAS and cuDNN for what uses them from the image',
  why: 'The wheels of onnxruntime-gpu and CTranslate2 (faster-whisper) hold no CUDA libraries. In an image without them onnxruntime computes on the CPU after one warning, and CTranslate2 stops with «Library libcublas.so.12 is not found or cannot be loaded». Take a `-cudnn-runtime` image, `onnxruntime-gpu[cuda,cudnn]` (since 1.21), or `nvidia-cublas-cu12` and `nvidia-cudnn-cu12` with their folders in `LD_LIBRARY_PATH`.',
  reach: 'file',
  looksAt: [...pythonPackages, ...beside(...stageWords)],
  needs: pythonInstalls(...Object.keys(loads)),
  examples: [
    {
      files: { 'compose.yaml': 'services:\n  ocr:\n    build: .\n    gpus: all\n' },
      bad: 'FROM python:3.12-slim\nRUN pip install «onnxruntime-gpu==1.23.0» fastapi\n',
      good: 'FROM python:3.12-slim\nRUN pip install "onnxruntime-gpu[cuda,cudnn]==1.23.0" fastapi\n',
    },
    {
      files: { 'requirements.txt': 'faster-whisper==1.1.1\n' },
      bad: 'FROM nvidia/cuda:12.4.1-base-ubuntu22.04\nCOPY requirements.txt .\nRUN pip3 install -r «requirements.txt»\n',
    },
    {
      title: 'no GPU; libraries of the image, of torch, of packages',
      good: 'FROM python:3.12-slim AS a\nRUN pip install onnxruntime-gpu==1.23.0\nFROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\nRUN pip3 install faster-whisper\n',
    },
    {
      files: { 'compose.yaml': 'services:\n  a:\n    build: .\n    gpus: all\n' },
      good: 'FROM python:3.12-slim\nRUN pip install torch faster-whisper\n',
    },
    {
      files: { 'compose.yaml': 'services:\n  a:\n    build: .\n    gpus: all\n' },
      good: 'FROM python:3.12-slim\nRUN pip install faster-whisper nvidia-cublas-cu12 nvidia-cudnn-cu12\n',
    },
  ],
  *check(file, world) {
    const shipped = shippedWithoutCudnn(file, world);
    if (!shipped) return;
    const { stage, image } = shipped;
    if (/cudnn|cublas|nvidia-cu|conda|LD_LIBRARY_PATH|\.run\b/i.test(stageText(stage))) return;
    const packages = stagePackages(file, stage, world);
    const found = packages.find(({ requirement }) => Object.hasOwn(loads, requirement.name));
    if (!found || packages.some(bringsLibraries)) return;
    const { requirement, word, path, install } = found;
    const { name, pinned, specifier } = requirement;
    // A build of one’s own, another system or index: whoever made it knows what it is for.
    if (
      install.project ||
      requirement.url !== undefined ||
      requirement.marker !== undefined ||
      install.indexUrl !== undefined ||
      install.extraIndexUrls.length
    )
      return;
    const why = meantForGpu(file, stage, world);
    if (why === undefined) return;
    const extra = name === 'onnxruntime-gpu' && (pinned === undefined || compareVersions(pinned, '1.21') >= 0);
    yield {
      span: word.span,
      message: `${why}, and «${image}» has no cuDNN: without it ${named(found)} is of no use on a GPU: ${loads[name] ?? ''}. ${extra ? 'Install onnxruntime-gpu[cuda,cudnn]' : 'Build on an nvidia/cuda image with cudnn-runtime'}.`,
      fixes:
        extra && path === undefined && takesQuotes(file, install)
          ? [
              {
                title: 'Install onnxruntime-gpu[cuda,cudnn]',
                safe: false,
                edits: [{ span: word.span, text: `"onnxruntime-gpu[cuda,cudnn]${specifier}"` }],
              },
            ]
          : [],
    };
  },
});
