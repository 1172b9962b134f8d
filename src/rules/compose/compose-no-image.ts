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
      title: 'parts in folders that are put together with -f',
      path: 'suites/one/compose.yaml',
      files: {
        'suites/compose.yaml': 'networks:\n  inner:\n',
        'suites/parts/app/compose.yaml': 'services:\n  app:\n    image: app:1\n',
        'suites/one/compose.yaml': 'services:\n  app:\n    environment: {A: "1"}\n',
        'suites/two/compose.yaml': 'services:\n  app:\n    environment: {A: "2"}\n',
        'suites/three/compose.yaml': 'services:\n  app:\n    environment: {A: "3"}\n',
      },
      good: 'services:\n  app:\n    environment: {A: "1"}\n',
    },
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
