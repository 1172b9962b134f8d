import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-extends',
  severity: 'error',
  title: 'Extend services that are there',
  why: 'Compose takes over the keys of the service that `extends` names; it stops where there is none.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    extends:\n      file: «common.yaml»\n      service: base\n' },
    {
      title: 'a path from the folder that Compose is started in',
      path: 'deploy/compose.yaml',
      files: { 'deploy/common.yaml': 'services:\n  base:\n    image: api:1\n' },
      good: 'services:\n  api:\n    extends:\n      file: ${DEPLOY:-deploy}/common.yaml\n      service: base\n',
    },
    {
      title: 'no such service',
      files: { 'common.yaml': 'services:\n  base:\n    image: api:1\n' },
      bad: 'services:\n  api:\n    extends:\n      file: common.yaml\n      service: «bse»\n',
      good: 'services:\n  api:\n    extends:\n      file: common.yaml\n      service: base\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('extends', file, world);
  },
});
