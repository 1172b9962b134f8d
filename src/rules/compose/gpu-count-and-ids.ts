import { removeKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { deviceRequests } from '../shared/deviceReservations.ts';

export default composeRule({
  id: 'gpu-count-and-ids',
  severity: 'error',
  title: 'Ask for GPUs by count or by id',
  why: '`count` takes any free GPUs, `device_ids` takes these. Compose refuses a request with both.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              «count: 1»\n              device_ids: ["0"]\n              capabilities: [gpu]\n',
      good: 'services:\n  train:\n    image: trainer:1\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              device_ids: ["0"]\n              capabilities: [gpu]\n',
    },
    {
      bad: 'services:\n  train:\n    image: trainer:1\n    gpus:\n      - {«count: 2», device_ids: ["0", "1"]}\n',
      good: 'services:\n  train:\n    image: trainer:1\n    gpus:\n      - {device_ids: ["0", "1"]}\n',
    },
    { title: 'one of them', good: 'services:\n  train:\n    image: trainer:1\n    gpus:\n      - count: 2\n      - device_ids: ["0"]\n' },
  ],
  *check(file) {
    for (const { node } of file.services)
      for (const request of deviceRequests(node)) {
        const count = entry(request, 'count');
        const ids = entry(request, 'device_ids');
        if (!count || !ids) continue;
        const edit = removeKey(file.source, request, 'count');
        const other = removeKey(file.source, request, 'device_ids');
        yield {
          span: { start: count.keySpan.start, end: count.value.span.end },
          message: 'A device request has count or device_ids, not both: Compose refuses the file.',
          fixes: [
            ...(edit ? [{ title: 'Keep device_ids', safe: true, edits: [edit] }] : []),
            ...(other ? [{ title: 'Keep count', safe: false, edits: [other] }] : []),
          ],
        };
      }
  },
});
