import { asRead } from '../../compose/model.ts';
import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { replaceText } from '../shared/replaceText.ts';

const names = ['KAFKA_ADVERTISED_LISTENERS', 'KAFKA_CFG_ADVERTISED_LISTENERS'];

export default composeRule({
  id: 'kafka-advertised',
  severity: 'warning',
  quiet: 'Clients on the host alone, which is common in development, are served by it.',
  title: 'Advertise Kafka under its service name',
  why: 'A Kafka client connects once and is then told the advertised addresses. With `localhost` alone, every other container is sent to itself. Advertise the service name for containers, and a second listener for programs on the host.',
  reach: ['environment', 'command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: «PLAINTEXT://localhost:9092»\n  features:\n    build: .\n    environment:\n      BROKER: kafka:9092\n',
      good: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:9092\n  features:\n    build: .\n    environment:\n      BROKER: kafka:9092\n',
    },
    {
      good: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://kafka:29092,HOST://localhost:9092\n  features:\n    build: .\n    environment:\n      BROKER: kafka:29092\n',
    },
    {
      title: 'nobody else uses it',
      good: 'services:\n  kafka:\n    image: apache/kafka:3.9.0\n    environment:\n      KAFKA_ADVERTISED_LISTENERS: PLAINTEXT://localhost:9092\n',
    },
  ],
  *check(file) {
    for (const service of file.services) {
      if (!names.some((name) => environmentOf(asRead(service.node)).has(name))) continue;
      const environment = environmentOf(service.node);
      const listeners = names.map((name) => environment.get(name)).find(Boolean);
      const hosts = [...(listeners?.value ?? '').matchAll(/:\/\/([^:,/]+)/g)].map((match) => match[1] ?? '');
      if (!listeners || !hosts.length || !hosts.every((host) => host === 'localhost' || host === '127.0.0.1')) continue;
      const user = file.services.find(
        (each) =>
          each !== service &&
          [...environmentOf(each.node).values(), ...commandWords(each.node)].some(({ value = '' }) =>
            new RegExp(`(?:^|[/,@=])${service.name}:\\d`).test(value),
          ),
      );
      if (user)
        yield {
          span: listeners.node.span,
          message: `Kafka tells its clients to connect to ${hosts[0] ?? ''}, so «${user.name}» is sent to itself. Advertise «${service.name}» to containers, and localhost on a second listener.`,
          fixes:
            listeners.node.kind === 'scalar' && hosts.length === 1
              ? replaceText(file.source, listeners.node, `//${service.name}`, false, `//${hosts[0] ?? ''}`).map((fix) => ({
                  ...fix,
                  title: `Advertise ${service.name} to containers, and nothing to the host`,
                }))
              : [],
        };
    }
  },
});
