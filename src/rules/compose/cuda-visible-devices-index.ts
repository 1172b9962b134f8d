import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'cuda-visible-devices-index',
  severity: 'warning',
  quiet: 'The container runs; a program may go on without a GPU.',
  title: 'Count GPUs from 0 inside the container',
  why: 'A container sees only the GPUs it was given, numbered from 0. `CUDA_VISIBLE_DEVICES: "2"` in a container with one GPU hides that one, and CUDA finds no device.',
  looksAt: ['environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    environment:\n      CUDA_VISIBLE_DEVICES: «"2"»\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              device_ids: ["2"]\n              capabilities: [gpu]\n',
      good: 'services:\n  train:\n    image: trainer:1\n    environment:\n      CUDA_VISIBLE_DEVICES: "0"\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              device_ids: ["2"]\n              capabilities: [gpu]\n',
    },
    {
      title: 'within what it was given, or all',
      good: 'services:\n  a:\n    image: a:1\n    environment: [CUDA_VISIBLE_DEVICES=1]\n    gpus: [{count: 2}]\n  b:\n    image: b:1\n    environment: {CUDA_VISIBLE_DEVICES: "3"}\n    gpus: all\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const variable = environmentOf(node).get('CUDA_VISIBLE_DEVICES');
      const count = gpuRequest(node)?.count;
      if (variable?.value === undefined || !count || !/^\d+(?:,\d+)*$/.test(variable.value)) continue;
      const indices = variable.value.split(',').map(Number);
      if (indices.every((index) => index < count)) continue;
      const right = Array.from({ length: Math.min(count, indices.length) }, (_, index) => index).join(',');
      const { span } = variable.node;
      const list = file.source.text.slice(span.start, span.end).includes('CUDA_VISIBLE_DEVICES');
      yield {
        span,
        message: `This container is given ${count === 1 ? 'one GPU, which is number 0' : `${count} GPUs, which are 0 to ${count - 1}`} inside it; with «${variable.value}» CUDA finds no device.`,
        fixes: [
          { title: `Use ${right}`, safe: true, edits: [{ span, text: list ? `CUDA_VISIBLE_DEVICES=${right}` : JSON.stringify(right) }] },
        ],
      };
    }
  },
});
