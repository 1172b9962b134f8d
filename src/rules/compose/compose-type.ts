import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-type',
  severity: 'error',
  title: 'Give each key the kind of value it takes',
  why: 'A list where a text belongs, or nothing at all: Compose refuses the file before it starts anything.',
  examples: [
    { bad: 'services:\n  api:\n    image: «[api]»\n' },
    {
      title: 'a number for a text',
      bad: 'services:\n  api:\n    image: api:1\n    user: «1000»\n',
      good: 'services:\n  api:\n    image: api:1\n    user: "1000"\n',
    },
    {
      title: 'long and short forms',
      good: 'services:\n  api:\n    image: api:1\n    environment: [A=1]\n    command: python app.py\n    build:\n      context: .\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('type', file, world);
  },
});
