import { entry, get } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'gpu-reservation-level',
  severity: 'error',
  title: 'Reserve GPUs under deploy.resources.reservations',
  why: 'Devices are reserved at `deploy.resources.reservations.devices` and nowhere else: not under `limits`, `resources` or `deploy` itself.',
  looksAt: ['deploy', 'reservations'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        limits:\n          «devices»:\n            - capabilities: [gpu]\n',
      good: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - capabilities: [gpu]\n',
    },
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      «reservations»:\n        devices:\n          - capabilities: [gpu]\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const [key, ...path] of [
        ['devices', 'deploy', 'resources', 'limits'],
        ['devices', 'deploy', 'resources'],
        ['devices', 'deploy'],
        ['reservations', 'deploy'],
        ['reservations'],
      ] as const) {
        const found = entry(get(node, ...path), key);
        if (found && !found.merged)
          yield {
            span: found.keySpan,
            message: `Compose knows no «${key}» ${path.length ? `under ${path.join('.')}` : 'in a service'}: GPUs go to deploy.resources.reservations.devices, or gpus: all.`,
          };
      }
  },
});
