import { composeRule } from '../../lint/rule.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { imageServices, major } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'airflow-webserver-3',
  severity: 'error',
  title: 'Start Airflow 3 with api-server',
  why: 'Airflow 3 has no `webserver` command: `api-server` took its place, and the DAGs are read by a `dag-processor` of its own. `db init` became `db migrate`.',
  looksAt: ['image', 'build', 'command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    command: «webserver»\n',
      good: 'services:\n  web:\n    image: apache/airflow:3.0.2\n    command: api-server\n',
    },
    { bad: 'services:\n  init:\n    image: apache/airflow:3.0.2\n    command: «airflow db init»\n' },
    { good: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    command: webserver\n' },
  ],
  *check(file, { knowledge }) {
    for (const { service, image, parts } of imageServices(file)) {
      if (serviceFacts(knowledge, image)?.id !== 'airflow' || (major(parts.tag) ?? 0) < 3) continue;
      const words = commandWords(service.node).filter(({ value }) => value !== 'airflow');
      const [first, second] = words;
      if (!first) continue;
      if (first.value === 'webserver')
        yield {
          span: first.node.span,
          message: 'Airflow 3 has no command «webserver»: the container ends at once. It is api-server now.',
          fixes:
            first.node.kind === 'scalar' && first.node.text === 'webserver' && !first.node.quoted
              ? [{ title: 'Use api-server', safe: false, edits: [{ span: first.node.span, text: 'api-server' }] }]
              : [],
        };
      else if (first.value === 'db' && second && /^(?:init|upgrade)$/.test(second.value))
        yield { span: second.node.span, message: `Airflow 3 has no «db ${second.value}»: it is db migrate now.` };
    }
  },
});
