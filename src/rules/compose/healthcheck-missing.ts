import { addKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { runsKnown } from '../shared/knownHealth.ts';
import { serviceImage } from '../shared/composeImage.ts';

export default composeRule({
  id: 'healthcheck-missing',
  severity: 'info',
  enabled: false,
  quiet: 'Jobs, development files and images that others wrap need none; on by default it would report most services.',
  title: 'Give services a health check',
  why: 'With a health check others can wait until the service answers, and the engine shows when it does not. Off by default.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'healthcheck'],
  examples: [
    {
      bad: 'services:\n  «cache»:\n    image: redis:8\n',
      good: 'services:\n  cache:\n    image: redis:8\n    healthcheck:\n      test: ["CMD", "redis-cli", "ping"]\n      interval: 10s\n      timeout: 5s\n      retries: 5\n',
    },
    {
      title: 'by the image: MariaDB has no mysqladmin',
      bad: 'services:\n  «db»:\n    image: mariadb:11.8\n',
      good: 'services:\n  db:\n    image: mariadb:11.8\n    healthcheck:\n      test: ["CMD", "healthcheck.sh", "--connect", "--innodb_initialized"]\n      interval: 10s\n      timeout: 5s\n      retries: 5\n',
    },
    { title: 'a worker answers nowhere', good: 'services:\n  worker:\n    image: apache/airflow:2.9.1\n    command: celery worker\n' },
    { good: 'services:\n  cache:\n    image: redis:8\n    healthcheck: {test: redis-cli ping}\n  api:\n    image: api:1\n' },
  ],
  *check(file, { knowledge }) {
    for (const { node, name, nameSpan } of file.services) {
      const known = serviceFacts(knowledge, serviceImage(node) ?? '');
      if (!known?.health?.test || entry(node, 'healthcheck') || entry(node, 'extends') || !runsKnown(node, known)) continue;
      const edit = addKey(file.source, node, 'healthcheck', { test: known.health.test, interval: '10s', timeout: '5s', retries: '5' });
      yield {
        span: nameSpan,
        message: `Nothing tells whether «${name}» works: ${known.name} has a check.`,
        fixes: edit ? [{ title: 'Add its health check', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
