import { addKey, environmentOf } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest, isFragment } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'nvidia-env-on-cpu',
  severity: 'info',
  title: 'Ask for GPUs with gpus, not with a variable',
  why: '`NVIDIA_VISIBLE_DEVICES` is read by the NVIDIA runtime only. Unless that runtime is the engine’s default, the container gets no GPU.',
  looksAt: ['image', 'build', 'environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    environment:\n      NVIDIA_VISIBLE_DEVICES: «all»\n',
      good: 'services:\n  a:\n    image: a:1\n    gpus: all\n    environment:\n      NVIDIA_VISIBLE_DEVICES: all\n',
    },
    {
      good: 'services:\n  a:\n    image: a:1\n    environment: {NVIDIA_VISIBLE_DEVICES: all}\n    gpus: all\n  b:\n    image: b:1\n    environment: {NVIDIA_VISIBLE_DEVICES: void}\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const variable = environmentOf(node).get('NVIDIA_VISIBLE_DEVICES');
      if (
        !variable?.value ||
        /^(?:void|none)$|\$/.test(variable.value) ||
        gpuRequest(node) ||
        isFragment(node) ||
        entry(node, 'extends') ||
        entry(node, 'runtime')
      )
        continue;
      const edit = variable.value === 'all' ? addKey(file.source, node, 'gpus', 'all') : undefined;
      yield {
        span: variable.node.span,
        message: 'Only the NVIDIA runtime reads this, and the service does not ask for it: add gpus: all.',
        fixes: edit ? [{ title: 'Add gpus: all', safe: false, edits: [edit] }] : [],
      };
    }
  },
});
