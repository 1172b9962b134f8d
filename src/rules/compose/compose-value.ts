import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-value',
  severity: 'error',
  title: 'Write values as Compose reads them',
  why: 'Durations, sizes, numbers and choices have a form; Compose stops at a value that it cannot read.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    healthcheck:\n      test: ["CMD", "true"]\n      interval: «"10"»\n',
      good: 'services:\n  api:\n    image: api:1\n    healthcheck:\n      test: ["CMD", "true"]\n      interval: 10s\n',
    },
    {
      title: 'one of a few words',
      bad: 'services:\n  api:\n    image: api:1\n    depends_on:\n      db:\n        condition: «service_health»\n  db:\n    image: postgres:17\n    healthcheck: {test: [CMD, pg_isready]}\n',
      good: 'services:\n  api:\n    image: api:1\n    depends_on:\n      db:\n        condition: service_healthy\n  db:\n    image: postgres:17\n    healthcheck: {test: [CMD, pg_isready]}\n',
    },
    {
      title: 'good ones',
      good: 'services:\n  api:\n    image: api:1\n    shm_size: 8gb\n    mem_limit: ${LIMIT:-16g}\n    stop_grace_period: 1m30s\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('value', file, world);
  },
});
