import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-reference',
  severity: 'error',
  title: 'Define what services name',
  why: 'A service, network, volume, secret, config or model that is named and not defined: Compose refuses the file.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    networks: [«backend»]\n' },
    { bad: 'services:\n  api:\n    image: api:1\n    volumes: [«models:/models»]\nvolumes:\n  «model»:\n' },
    {
      title: 'only there with a profile',
      bad: 'services:\n  api:\n    image: api:1\n    depends_on: [«db»]\n  db:\n    image: postgres:17\n    profiles: [full]\n',
    },
    {
      title: 'defined in the file that is laid over it',
      files: { 'compose.override.yaml': 'volumes:\n  models:\n' },
      good: 'services:\n  api:\n    image: api:1\n    volumes: [models:/models]\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('reference', file, world);
  },
});
