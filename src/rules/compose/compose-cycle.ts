import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-cycle',
  severity: 'error',
  title: 'Let services wait for each other in one direction',
  why: 'Services that depend on each other in a circle cannot start.',
  reach: ['depends_on', 'links', 'volumes_from', 'network_mode', 'ipc', 'pid', 'uts', 'cgroup', 'profiles'],
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    depends_on: [db]\n  db:\n    image: postgres:17\n    depends_on: [«api»]\n' },
    {
      good: 'services:\n  api:\n    image: api:1\n    depends_on: [db, cache]\n  cache:\n    image: redis:8\n    depends_on: [db]\n  db:\n    image: postgres:17\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('cycle', file, world);
  },
});
