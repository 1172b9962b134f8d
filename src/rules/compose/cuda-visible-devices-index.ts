import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';
import { givenVariables, standsIn } from '../shared/serviceSettings.ts';

export default composeRule({
  id: 'cuda-visible-devices-index',
  severity: 'warning',
  quiet: 'The container runs; a program may go on without a GPU.',
  title: 'Count GPUs from 0 inside the container',
  why: 'A container sees only the GPUs it was given, numbered from 0. `CUDA_VISIBLE_DEVICES: "2"` in a container with one GPU hides that one, and CUDA finds no device.',
  looksAt: ['environment', 'env_file', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    environment:\n      CUDA_VISIBLE_DEVICES: «"2"»\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              device_ids: ["2"]\n              capabilities: [gpu]\n',
      good: 'services:\n  train:\n    image: trainer:1\n    environment:\n      CUDA_VISIBLE_DEVICES: "0"\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              device_ids: ["2"]\n              capabilities: [gpu]\n',
    },
    {
      title: 'in an env file, and by a variable of .env',
      files: { 'gpu.env': 'CUDA_VISIBLE_DEVICES=1\n', '.env': 'GPU=2\n' },
      bad: 'services:\n  a:\n    image: a:1\n    env_file: «gpu.env»\n    gpus: [{count: 1}]\n  b:\n    image: b:1\n    environment: {CUDA_VISIBLE_DEVICES: «"${GPU}"»}\n    gpus: [{count: 2}]\n',
    },
    {
      title: 'what is said here counts more than what the env file says',
      files: { 'gpu.env': 'CUDA_VISIBLE_DEVICES=1\n' },
      good: 'services:\n  a:\n    image: a:1\n    env_file: gpu.env\n    environment: [CUDA_VISIBLE_DEVICES=0]\n    gpus: [{count: 1}]\n  b:\n    image: b:1\n    env_file: gpu.env\n    environment: {CUDA_VISIBLE_DEVICES: "${ONE}"}\n    gpus: [{count: 1}]\n  c:\n    image: c:1\n    env_file: gpu.env\n',
    },
    {
      title: 'within what it was given, or all',
      good: 'services:\n  a:\n    image: a:1\n    environment: [CUDA_VISIBLE_DEVICES=1]\n    gpus: [{count: 2}]\n  b:\n    image: b:1\n    environment: {CUDA_VISIBLE_DEVICES: "3"}\n    gpus: all\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const count = gpuRequest(node)?.count;
      const variable = count ? givenVariables(file, node, world).get('CUDA_VISIBLE_DEVICES') : undefined;
      if (variable?.value === undefined || !count || !/^\d+(?:,\d+)*$/.test(variable.value)) continue;
      const indices = variable.value.split(',').map(Number);
      if (indices.every((index) => index < count)) continue;
      const right = Array.from({ length: Math.min(count, indices.length) }, (_, index) => index).join(',');
      const { span } = variable.node;
      const list = file.source.text.slice(span.start, span.end).includes('CUDA_VISIBLE_DEVICES');
      yield {
        span,
        message: `This container is given ${count === 1 ? 'one GPU, which is number 0' : `${count} GPUs, which are 0 to ${count - 1}`} inside it; with CUDA_VISIBLE_DEVICES=${variable.value}${standsIn(variable)} CUDA finds no device.`,
        fixes: variable.written
          ? [{ title: `Use ${right}`, safe: true, edits: [{ span, text: list ? `CUDA_VISIBLE_DEVICES=${right}` : JSON.stringify(right) }] }]
          : [],
      };
    }
  },
});
