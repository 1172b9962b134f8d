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
      title: 'in a script',
      bad: 'services:\n  web:\n    image: apache/airflow:3.1.0\n    entrypoint: «bash -c "airflow db migrate && airflow webserver"»\n',
    },
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
      const words = commandWords(service.node);
      for (const [at, word] of words.entries()) {
        // The first word, or what follows the program: the command of a longer script.
        if (words[at - 1]?.value !== 'airflow' && (at > 0 || word.value === 'airflow')) continue;
        const second = words[at + 1];
        if (word.value === 'webserver')
          yield {
            span: word.node.span,
            message: 'Airflow 3 has no command «webserver»: the container ends at once. It is api-server now.',
            fixes:
              word.node.kind === 'scalar' && word.node.text === 'webserver' && !word.node.quoted
                ? [{ title: 'Use api-server', safe: false, edits: [{ span: word.node.span, text: 'api-server' }] }]
                : [],
          };
        else if (word.value === 'db' && second && /^(?:init|upgrade)$/.test(second.value))
          yield { span: second.node.span, message: `Airflow 3 has no «db ${second.value}»: it is db migrate now.` };
      }
    }
  },
});
