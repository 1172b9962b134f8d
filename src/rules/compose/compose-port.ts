import { composeRule } from '../../lint/rule.ts';
import { complaintsOf } from '../shared/composeComplaints.ts';

export default composeRule({
  id: 'compose-port',
  severity: 'error',
  title: 'Write ports as Compose reads them',
  why: 'A port is `[ADDRESS:][HOST:]CONTAINER[/PROTOCOL]`; Compose refuses what it cannot take apart.',
  examples: [
    { bad: 'services:\n  api:\n    image: api:1\n    ports: [«"80:80:80"»]\n' },
    { bad: 'services:\n  api:\n    image: api:1\n    ports:\n      - «8000:99999»\n' },
    {
      title: 'all forms',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000", "8000:8001", "127.0.0.1:8888:8888", "[::1]:6006:6006", "9000-9002:9000-9002", "53:53/udp"]\n',
    },
  ],
  *check(file, world) {
    yield* complaintsOf('port', file, world);
  },
});
