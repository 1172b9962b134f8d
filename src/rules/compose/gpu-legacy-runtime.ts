import { gpuForms } from '../../compose/gpuForms.ts';
import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'gpu-legacy-runtime',
  severity: 'hint',
  title: 'Ask for GPUs with gpus or a device reservation',
  why: '`runtime: nvidia` starts only on engines where someone has registered a runtime of that name; elsewhere it stops with «unknown or invalid runtime name: nvidia». `gpus` and device reservations need the toolkit alone, and say how many.',
  looksAt: ['environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  llm:\n    image: llm:1\n    runtime: «nvidia»\n    environment:\n      NVIDIA_VISIBLE_DEVICES: "0,1"\n',
      good: 'services:\n  llm:\n    image: llm:1\n    gpus:\n      - driver: nvidia\n        device_ids: ["0", "1"]\n    environment:\n      NVIDIA_VISIBLE_DEVICES: "0,1"\n',
    },
    { good: 'services:\n  llm:\n    image: llm:1\n    gpus: all\n  b:\n    image: b:1\n    runtime: runc\n' },
  ],
  *check({ source, services }) {
    for (const { node } of services) {
      const runtime = get(node, 'runtime');
      if (!runtime || text(runtime) !== 'nvidia') continue;
      yield {
        span: runtime.span,
        message: 'Only engines with a runtime called «nvidia» start this: gpus asks any engine that has the NVIDIA toolkit.',
        fixes: gpuForms(source, node).map(({ title, edits }) => ({ title, safe: false, edits })),
      };
    }
  },
});
