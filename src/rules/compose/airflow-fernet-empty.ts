import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'airflow-fernet-empty',
  severity: 'info',
  quiet: 'Nothing breaks; for a trial on a laptop it is common.',
  title: 'Give Airflow a Fernet key',
  why: 'With an empty `AIRFLOW__CORE__FERNET_KEY`, passwords of connections and variables are stored in clear text in the database. Make one key for all services and keep it in `.env`.',
  looksAt: ['environment'],
  examples: [
    {
      bad: "services:\n  web:\n    image: apache/airflow:2.10.5\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: «''»\n",
      good: 'services:\n  web:\n    image: apache/airflow:2.10.5\n    environment:\n      AIRFLOW__CORE__FERNET_KEY: ${FERNET_KEY:?set FERNET_KEY}\n',
    },
  ],
  *check(file) {
    const reported = new Set<number>();
    for (const { node } of file.services) {
      const key = environmentOf(node).get('AIRFLOW__CORE__FERNET_KEY');
      if (key?.value !== '' || reported.has(key.node.span.start)) continue;
      reported.add(key.node.span.start);
      yield {
        span: key.node.span,
        message: 'An empty Fernet key stores the passwords of Airflow’s connections in clear text. Keep one key for all services in .env.',
        fixes:
          key.node.kind === 'scalar' && key.node.text === ''
            ? [{ title: 'Take it from FERNET_KEY', safe: false, edits: [{ span: key.node.span, text: '${FERNET_KEY:?set FERNET_KEY}' }] }]
            : [],
      };
    }
  },
});
