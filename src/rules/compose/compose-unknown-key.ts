import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-unknown-key',
  severity: 'error',
  title: 'Use the keys that Compose knows',
  why: 'Compose refuses a file with a key that it does not know, so that a misspelt one is not silently without effect. Keys of your own begin with `x-`.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    «cap-add»: [SYS_PTRACE]\n',
      good: 'services:\n  api:\n    image: api:1\n    cap_add: [SYS_PTRACE]\n',
    },
    { title: 'at the top', bad: '«servces»:\n  api:\n    image: api:1\n', good: 'services:\n  api:\n    image: api:1\n' },
    {
      title: 'keys of your own',
      good: 'x-gpu: &gpu\n  gpus: all\nservices:\n  api:\n    <<: *gpu\n    image: api:1\n    x-team: vision\n',
    },
  ],
  *check(file, world) {
    // gpu-reservation-level says where these go.
    for (const problem of complaintsOf('unknown-key', file, world))
      if (!/^Compose knows no «(?:devices» in «(?:limits|resources|deploy)»|reservations» in )/.test(problem.message)) yield problem;
  },
});
