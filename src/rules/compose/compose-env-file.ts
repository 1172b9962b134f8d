import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-env-file',
  severity: 'error',
  title: 'Have the env files that services name',
  why: 'Compose stops when a file under `env_file` is missing, unless it says `required: false`.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    env_file: «prod.env»\n' },
    {
      title: 'there, or not needed',
      files: { 'prod.env': 'A=1\n' },
      good: 'services:\n  api:\n    image: api:1\n    env_file:\n      - prod.env\n      - path: mine.env\n        required: false\n',
    },
    {
      title: 'an example asks for it',
      files: { '.env.example': 'A=1\n' },
      good: 'services:\n  api:\n    image: api:1\n    env_file: .env\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('env-file', file, world);
  },
});
