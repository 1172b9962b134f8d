import { composeRule } from '../../lint/rule.ts';
import { entry } from '../../compose/model.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';

export default composeRule({
  id: 'gpu-required-everywhere',
  severity: 'hint',
  enabled: false,
  quiet: 'A file for GPU machines alone is as common as one for all.',
  title: 'Keep GPUs out of the file that everyone starts',
  why: 'On a laptop without an NVIDIA GPU, a file that reserves one does not start: «could not select device driver». An override file (`compose.gpu.yaml`) or a profile lets both kinds of machine use it. Off by default.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices', 'profiles'],
  examples: [
    { bad: 'services:\n  train:\n    image: a:1\n    gpus: «all»\n' },
    { good: 'services:\n  train:\n    image: a:1\n    gpus: all\n    profiles: [gpu]\n' },
  ],
  *check({ source, services }) {
    if (/gpu|cuda|nvidia|override/i.test(source.path)) return;
    for (const { node } of services) {
      const request = gpuRequest(node);
      if (request && !entry(node, 'profiles'))
        yield {
          span: request.node.span,
          message: 'On a machine without this GPU the file does not start: an override file or a profile keeps it optional.',
        };
    }
  },
});
