import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-variable',
  severity: 'error',
  title: 'Write variables as Compose reads them',
  why: 'Compose fills in `$NAME` and `${NAME}` everywhere. A `$` that is meant as such is written `$$`.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    command: «echo ${!PATH}»\n',
      good: 'services:\n  api:\n    image: api:1\n    command: echo $${!PATH}\n',
    },
    { title: 'all forms', good: 'services:\n  api:\n    image: ${IMAGE:-api:1}\n    command: ${A-} ${B:+b} $$HOME ${C:-${D:-d}}\n' },
  ],
  *check(file, world) {
    yield* complaintsOf('variable', file, world);
  },
});
