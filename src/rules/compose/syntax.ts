import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'syntax',
  severity: 'error',
  title: 'Write YAML that Compose can read',
  why: 'Compose refuses the file at this place, before it starts anything.',
  reach: 'file',
  examples: [
    {
      title: 'a key twice',
      bad: 'services:\n  api:\n    image: api:1\n    «image»: api:2\n',
      good: 'services:\n  api:\n    image: api:2\n',
    },
    { title: 'a tab', bad: 'services:\n  api:\n«\t»image: api:1\n' },
    { title: 'a list at the top', bad: '«- api\n»', good: 'services:\n  api:\n    image: api:1\n' },
  ],
  *check({ faults }) {
    yield* faults;
  },
});
