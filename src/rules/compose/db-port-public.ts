import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { isPublic, publishedPorts } from '../shared/published.ts';
import { publishLocally } from '../shared/publishLocally.ts';
import { imageServices } from '../shared/serviceImages.ts';

/** Services that answer whoever asks, or with a password alone, by their ports. */
const stores: Readonly<Record<string, readonly number[]>> = {
  postgres: [5432],
  mysql: [3306],
  redis: [6379],
  mongo: [27017],
  elasticsearch: [9200, 9300],
  etcd: [2379],
  zookeeper: [2181],
};

export default composeRule({
  id: 'db-port-public',
  severity: 'info',
  quiet: 'Files for development publish their database everywhere, and a laptop’s network is mostly closed.',
  title: 'Publish database ports on 127.0.0.1 only',
  why: 'A port without an address is open on every network of the host, and Docker’s rules go past `ufw`. Databases without a password, or with a weak one, are found within minutes. Other services of the file reach the database without any published port.',
  also: ['dclint:no-unbound-port-interfaces'],
  looksAt: ['image', 'build', 'ports'],
  examples: [
    {
      bad: 'services:\n  cache:\n    image: redis:8\n    ports:\n      - «"6379:6379"»\n',
      good: 'services:\n  cache:\n    image: redis:8\n    ports:\n      - "127.0.0.1:6379:6379"\n',
    },
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    ports:\n      - «5432:5432»\n',
      good: 'services:\n  db:\n    image: postgres:17\n    ports:\n      - 127.0.0.1:5432:5432\n',
    },
    { good: 'services:\n  db:\n    image: postgres:17\n    expose: ["5432"]\n' },
  ],
  *check(file, { knowledge }) {
    for (const { service, image } of imageServices(file)) {
      const known = serviceFacts(knowledge, image);
      const ports = known && stores[known.id];
      if (!known || !ports) continue;
      for (const port of publishedPorts(service.node)) {
        if (!ports.includes(port.target) || !isPublic(port)) continue;
        yield {
          span: port.node.span,
          message: `Port ${port.published} of ${known.name} is open on every network of the host, past the firewall. Publish it on 127.0.0.1, or not at all: the other services reach it anyway.`,
          fixes: publishLocally(port),
        };
      }
    }
  },
});
