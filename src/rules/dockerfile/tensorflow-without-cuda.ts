import { dockerfileRule } from '../../lint/rule.ts';
import { takesQuotes } from '../shared/edits.ts';
import { beside, pythonPackages, stageWords } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { meantForGpu } from '../shared/meantForGpu.ts';
import { compareVersions } from '../shared/pins.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { shippedWithoutCudnn } from '../shared/withoutCudnn.ts';

export default dockerfileRule({
  id: 'tensorflow-without-cuda',
  severity: 'warning',
  title: 'Install tensorflow[and-cuda] where the image has no CUDA',
  why: 'Plain `tensorflow` loads CUDA and cuDNN from the image. Where they are missing it prints «Cannot dlopen some GPU libraries» among other lines and computes on the CPU, while the GPU is held. Since 2.14, `tensorflow[and-cuda]` brings both.',
  reach: 'shipped',
  looksAt: [...pythonPackages, ...beside(...stageWords)],
  needs: pythonInstalls('tensorflow'),
  examples: [
    {
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n' },
      bad: 'FROM python:3.12-slim\nRUN pip install «tensorflow==2.17.0» pandas\n',
      good: 'FROM python:3.12-slim\nRUN pip install "tensorflow[and-cuda]==2.17.0" pandas\n',
    },
    {
      title: 'a GPU in a file beside',
      files: {
        'compose.yaml': 'services:\n  train:\n    build: .\n',
        'compose.gpu.yaml': 'services:\n  train:\n    gpus: all\n',
      },
      bad: 'FROM python:3.12-slim\nRUN pip install «tensorflow==2.17.0»\n',
      good: 'FROM python:3.12-slim\nRUN pip install "tensorflow[and-cuda]==2.17.0"\n',
    },
    {
      title: 'CUDA without cuDNN',
      files: { 'requirements.txt': 'tensorflow==2.18.0\n' },
      bad: 'FROM nvidia/cuda:12.5.1-base-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nCOPY requirements.txt .\nRUN pip3 install -r «requirements.txt»\n',
    },
    {
      title: 'no GPU; it brings them; the image has them; other packages bring them',
      good: 'FROM nvidia/cuda:12.5.1-base-ubuntu22.04\nRUN pip install tensorflow==2.18.0 nvidia-cudnn-cu12\n',
    },
    { good: 'FROM python:3.12-slim\nRUN pip install tensorflow==2.17.0\n' },
    { good: 'FROM nvidia/cuda:12.3.2-cudnn9-runtime-ubuntu22.04\nRUN pip install tensorflow==2.17.0\n' },
    {
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n' },
      good: 'FROM python:3.12-slim\nRUN pip install "tensorflow[and-cuda]==2.17.0"\n',
    },
  ],
  *check(file, world) {
    const shipped = shippedWithoutCudnn(file, world);
    if (!shipped) return;
    const { stage } = shipped;
    if (/cudnn|nvidia-cu|conda|\.run\b/i.test(stageText(stage))) return;
    const packages = stagePackages(file, stage, world);
    const found = packages.find(({ requirement }) => requirement.name === 'tensorflow');
    if (
      !found ||
      packages.some(({ requirement: { name, extras } }) => name === 'torch' || name.startsWith('nvidia-') || extras.includes('and-cuda'))
    )
      return;
    const { requirement, word, path, install } = found;
    if (requirement.url !== undefined || requirement.extras.length || requirement.marker !== undefined) return;
    // Before 2.14 there is no such extra; what is open may be any.
    if (requirement.pinned === undefined ? requirement.specifier !== '' : compareVersions(requirement.pinned, '2.14') < 0) return;
    const why = meantForGpu(file, stage, world);
    if (why === undefined) return;
    const { nameSpan, specifier } = requirement;
    yield {
      span: word.span,
      message: `${why}, and the image has no cuDNN: ${named(found)} loads none of its GPU libraries and computes on the CPU. Install tensorflow[and-cuda].`,
      fixes:
        path === undefined && takesQuotes(file, install) && word.span.end - word.span.start >= nameSpan.end - nameSpan.start
          ? [
              {
                title: 'Install tensorflow[and-cuda]',
                safe: false,
                edits: [{ span: word.span, text: `"tensorflow[and-cuda]${specifier}"` }],
              },
            ]
          : [],
    };
  },
});
