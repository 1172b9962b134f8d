import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-repeated-item',
  severity: 'error',
  title: 'Name each thing once in a list',
  why: 'Compose refuses some lists in which the same item stands twice.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    security_opt: [seccomp:unconfined, «seccomp:unconfined»]\n',
      good: 'services:\n  api:\n    image: api:1\n    security_opt: [seccomp:unconfined]\n    cap_add: [IPC_LOCK, IPC_LOCK]\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('repeated-item', file, world);
  },
});
