import { addKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { reservations } from '../shared/deviceReservations.ts';

export default composeRule({
  id: 'gpu-capabilities-missing',
  severity: 'error',
  title: 'Say the capabilities of a device reservation',
  why: 'Compose refuses a device reservation without `capabilities`. `[gpu]` asks for a GPU.',
  looksAt: ['deploy'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - «driver»: nvidia\n              count: all\n',
      good: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              capabilities: ["gpu"]\n              count: all\n',
    },
    {
      title: 'taken out again',
      bad: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - «driver»: nvidia\n              capabilities: !reset [gpu]\n',
    },
    {
      title: 'gpus: needs none',
      good: 'services:\n  train:\n    image: trainer:1\n    gpus:\n      - count: 1\n  serve:\n    image: serve:1\n    gpus: all\n',
    },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const request of reservations(node)) {
        const first = request.entries[0];
        const own = entry(request, 'capabilities');
        if (own && own.value.tag !== '!reset') continue;
        const edit = own ? undefined : addKey(file.source, request, 'capabilities', ['gpu'], ['driver', 'count']);
        yield {
          span: first?.keySpan ?? request.span,
          message: 'This device reservation has no capabilities: Compose refuses the file. Add capabilities: [gpu].',
          fixes: edit ? [{ title: 'Add capabilities: [gpu]', safe: true, edits: [edit] }] : [],
        };
      }
  },
});
