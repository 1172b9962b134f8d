import { entry } from '../../compose/model.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { composeRule } from '../../lint/rule.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { imageDriverNeed, torchDriverNeed } from '../shared/driverNeed.ts';
import { nvidiaRequest } from '../shared/nvidiaRequest.ts';

export default composeRule({
  id: 'gpu-driver-too-old',
  severity: 'error',
  title: 'Use a CUDA that the driver of the machine can run',
  why: 'The driver of the host has to know the CUDA in the container: CUDA 13 needs driver 580, CUDA 12 needs 525.60.13, CUDA 11 needs 450.80.02. With an older one the container does not start («nvidia-container-cli: requirement error: unsatisfied condition: cuda>=…»), or torch says «The NVIDIA driver on your system is too old». The rule compares with the driver of the engine, when there is one.',
  looksAt: ['image', 'build', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      live: { driver: '550.54.15', gpus: [{ name: 'NVIDIA GeForce RTX 4090', memory: 24564 }] },
      bad: 'services:\n  llm:\n    image: «vllm/vllm-openai:v0.28.0»\n    gpus: all\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    gpus: all\n',
    },
    {
      title: 'PyTorch’s own image',
      live: { driver: '470.82.01', gpus: [{ name: 'NVIDIA GeForce RTX 3090', memory: 24576 }] },
      bad: 'services:\n  train:\n    image: «pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime»\n    gpus: all\n',
    },
    {
      title: 'what the Dockerfile installs',
      live: { driver: '550.54.15', gpus: [{ name: 'NVIDIA A100-SXM4-80GB', memory: 81920 }] },
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch==2.11.0 --index-url https://download.pytorch.org/whl/cu130\n' },
      bad: 'services:\n  train:\n    «build»: .\n    gpus: all\n',
    },
    {
      title: 'GPUs of data centres with NVIDIA’s compatibility package; no driver known',
      live: { driver: '550.54.15', gpus: [{ name: 'NVIDIA A100-SXM4-80GB', memory: 81920 }] },
      good: 'services:\n  a:\n    image: nvidia/cuda:13.0.2-runtime-ubuntu24.04\n    gpus: all\n',
    },
    { good: 'services:\n  a:\n    image: nvidia/cuda:13.0.2-runtime-ubuntu24.04\n    gpus: all\n' },
  ],
  *check(file, world) {
    const { live, knowledge } = world;
    if (live.driver === undefined) return;
    for (const { node } of file.services) {
      if (!nvidiaRequest(node)) continue;
      const build = serviceBuild(file, node, world);
      const image = build ? rootImage(build.dockerfile, build.stage, build.buildArgs) : serviceImage(node);
      const need =
        (image === undefined ? undefined : imageDriverNeed(image, live, knowledge)) ??
        (build && torchDriverNeed(build.dockerfile, build.stage, world));
      const place = entry(node, build ? 'build' : 'image');
      if (!need || !place) continue;
      yield {
        span: build ? place.keySpan : place.value.span,
        ...(need.unsure ? { severity: 'info' as const } : {}),
        message: `${need.what} is built with CUDA ${need.cuda}, which needs driver ${need.driver}; this engine has ${live.driver}. Update the driver, or take a build for CUDA ${Number(need.cuda.split('.')[0]) - 1}.`,
      };
    }
  },
});
