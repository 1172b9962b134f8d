import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'driver-capabilities',
  severity: 'info',
  title: 'Keep compute and utility in NVIDIA_DRIVER_CAPABILITIES',
  why: 'The variable replaces the default `compute,utility`. Without `compute` there is no CUDA, without `utility` no `nvidia-smi` and no NVML; NVENC and NVDEC need `video` as well.',
  looksAt: ['environment'],
  examples: [
    {
      bad: 'services:\n  a:\n    image: a:1\n    gpus: all\n    environment:\n      NVIDIA_DRIVER_CAPABILITIES: «video»\n',
      good: 'services:\n  a:\n    image: a:1\n    gpus: all\n    environment:\n      NVIDIA_DRIVER_CAPABILITIES: compute,utility,video\n',
    },
    { good: 'services:\n  a:\n    image: a:1\n    gpus: all\n    environment: [NVIDIA_DRIVER_CAPABILITIES=all]\n' },
  ],
  *check(file) {
    for (const { node } of file.services) {
      const variable = environmentOf(node).get('NVIDIA_DRIVER_CAPABILITIES');
      if (!variable?.value || variable.value.includes('$')) continue;
      const names = variable.value.split(',').map((name) => name.trim());
      const missing = ['compute', 'utility'].filter((name) => !names.includes(name));
      if (names.includes('all') || !missing.length) continue;
      const { span } = variable.node;
      const right = [...missing, ...names].join(',');
      const list = file.source.text.slice(span.start, span.end).includes('NVIDIA_DRIVER_CAPABILITIES');
      yield {
        span,
        message: `Without ${missing.join(' and ')}, the container has ${missing.includes('compute') ? 'no CUDA' : 'no nvidia-smi'}.`,
        fixes: list ? [] : [{ title: `Write ${right}`, safe: true, edits: [{ span, text: right }] }],
      };
    }
  },
});
