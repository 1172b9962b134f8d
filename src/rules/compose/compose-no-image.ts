import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-no-image',
  severity: 'error',
  title: 'Say what a service runs',
  why: 'A service needs an `image` or a `build`.',
  reach: ['image', 'build', 'provider', 'profiles'],
  examples: [
    { bad: 'services:\n  «api»:\n    command: python app.py\n' },
    { title: 'a variable that is not set', bad: 'services:\n  api:\n    image: «${IMAGE}»\n' },
    {
      title: 'from another service, or another file',
      files: { 'compose.override.yaml': 'services:\n  api:\n    build: .\n' },
      good: 'services:\n  base:\n    image: api:1\n  api:\n    command: serve\n  worker:\n    extends: base\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('image', file, world);
  },
});
