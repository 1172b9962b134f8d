import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-conflict',
  severity: 'error',
  title: 'Say each thing once',
  why: 'Two keys that mean the same and differ, or that exclude each other: Compose refuses the file.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    network_mode: «host»\n    networks: [default]\n' },
    { bad: 'services:\n  api:\n    image: api:1\n    container_name: «api»\n    scale: 2\n' },
    {
      bad: 'services:\n  api:\n    image: api:1\nvolumes:\n  data:\n    external: true\n    «driver»: local\n',
      good: 'services:\n  api:\n    image: api:1\nvolumes:\n  data:\n    external: true\n    name: datasets\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('conflict', file, world);
  },
});
