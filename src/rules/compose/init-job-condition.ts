import { entry, get, items, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { commandWords } from '../shared/serviceCommand.ts';

const job =
  /\bmc mb\b|\bmlflow db upgrade\b|\bairflow db (?:init|migrate|upgrade)\b|\balembic\b.*\bupgrade\b|\bprisma migrate deploy\b|\bmanage\.py migrate\b|\bmc alias set\b/;

export default composeRule({
  id: 'init-job-condition',
  severity: 'warning',
  title: 'Wait until a preparing job is done',
  why: 'A job that creates a bucket or migrates a database ends. Waiting for it to start is a race; `service_completed_successfully` waits for its end, and for its success.',
  reach: ['depends_on', 'restart', 'command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: mlflow:1\n    depends_on:\n      bucket:\n        condition: «service_started»\n  bucket:\n    image: quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z\n    entrypoint: mc mb --ignore-existing store/mlflow\n',
      good: 'services:\n  mlflow:\n    image: mlflow:1\n    depends_on:\n      bucket:\n        condition: service_completed_successfully\n  bucket:\n    image: quay.io/minio/mc:RELEASE.2025-08-13T08-35-41Z\n    entrypoint: mc mb --ignore-existing store/mlflow\n',
    },
    {
      title: 'a job that then serves',
      good: 'services:\n  a:\n    image: a:1\n    depends_on: [b]\n  b:\n    image: b:1\n    restart: always\n    command: sh -c "alembic upgrade head && uvicorn app:app"\n',
    },
  ],
  *check({ services }) {
    for (const { node } of services) {
      const wanted = get(node, 'depends_on');
      const waits =
        wanted?.kind === 'list'
          ? items(wanted).map((item) => ({ name: text(item) ?? '', span: item.span, condition: 'service_started', mendable: false }))
          : wanted?.kind === 'map'
            ? wanted.entries.map(({ key, value, merged }) => ({
                name: merged ? '' : key,
                span: get(value, 'condition')?.span ?? value.span,
                condition: text(get(value, 'condition')) ?? '',
                mendable: true,
              }))
            : [];
      for (const { name, span, condition, mendable } of waits) {
        const target = services.find((service) => service.name === name)?.node;
        if (!target || condition !== 'service_started' || /^(?:always|unless-stopped)$/.test(text(entry(target, 'restart')?.value) ?? ''))
          continue;
        const command = commandWords(target)
          .map(({ value }) => value)
          .join(' ');
        if (
          !job.test(command) ||
          /\b(?:serve|server|uvicorn|gunicorn|webserver|api-server|scheduler|worker|sleep infinity|tail -f)\b/.test(command)
        )
          continue;
        yield {
          span,
          message: `«${name}» is a job that ends; this waits only until it has started. Use service_completed_successfully.`,
          fixes: mendable
            ? [{ title: 'Wait until it is done', safe: true, edits: [{ span, text: 'service_completed_successfully' }] }]
            : [],
        };
      }
    }
  },
});
