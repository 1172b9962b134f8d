import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-missing-key',
  severity: 'error',
  title: 'Say what Compose must know',
  why: 'Some entries are incomplete without a key: a watch without a path, a mount without a type, a secret that says nowhere what it holds.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    volumes:\n      - «source»: ./data\n        target: /data\n' },
    {
      title: 'a secret',
      bad: 'services:\n  api:\n    image: api:1\n    secrets: [hf_token]\nsecrets:\n  «hf_token»:\n    name: hf\n',
      good: 'services:\n  api:\n    image: api:1\n    secrets: [hf_token]\nsecrets:\n  hf_token:\n    environment: HF_TOKEN\n',
    },
  ],
  *check(file, world) {
    // gpu-capabilities-missing says what a device reservation lacks.
    for (const problem of complaintsOf('missing-key', file, world)) if (!problem.message.startsWith('«capabilities»')) yield problem;
  },
});
