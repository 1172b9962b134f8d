import { composeRule } from '../../lint/rule.ts';
import { serviceMounts } from '../shared/published.ts';
import { postgresMajor } from '../shared/postgresMajor.ts';
import { imageServices } from '../shared/serviceImages.ts';
import { environmentOf } from '../../compose/insert.ts';

export default composeRule({
  id: 'postgres18-volume',
  severity: 'error',
  title: 'Mount PostgreSQL 18’s data one folder higher',
  why: 'From PostgreSQL 18 on, the image keeps its data in `/var/lib/postgresql/18/docker` and refuses to start when something is mounted at the old `/var/lib/postgresql/data`. Mount the volume at `/var/lib/postgresql`.',
  looksAt: ['image', 'build', 'environment', 'volumes'],
  examples: [
    {
      title: 'an image on it',
      bad: 'services:\n  db:\n    image: pgvector/pgvector:pg18\n    volumes: [«"./pg:/var/lib/postgresql/data"»]\n',
      good: 'services:\n  db:\n    image: pgvector/pgvector:pg18\n    volumes: ["./pg:/var/lib/postgresql"]\n',
    },
    {
      bad: 'services:\n  db:\n    image: postgres:18\n    volumes:\n      - «pgdata:/var/lib/postgresql/data»\n',
      good: 'services:\n  db:\n    image: postgres:18\n    volumes:\n      - pgdata:/var/lib/postgresql\n',
    },
    { good: 'services:\n  db:\n    image: postgres:17\n    volumes:\n      - pgdata:/var/lib/postgresql/data\n' },
    {
      title: 'PGDATA says otherwise',
      good: 'services:\n  db:\n    image: postgres:18\n    environment:\n      PGDATA: /var/lib/postgresql/data\n    volumes:\n      - pgdata:/var/lib/postgresql/data\n',
    },
  ],
  *check(file) {
    for (const { service, parts, image } of imageServices(file)) {
      const old = '/var/lib/postgresql/data';
      // A floating tag may stand for an older image that this machine has: the rule latest-tag speaks of it.
      if (parts.registry !== 'docker.io' || parts.digest !== undefined || (postgresMajor(parts) ?? 0) < 18) continue;
      if (environmentOf(service.node).has('PGDATA')) continue;
      const mount = serviceMounts(service.node).find(({ target }) => target.replace(/\/$/, '') === old);
      if (!mount) continue;
      const written = mount.node.kind === 'scalar' ? mount.node.text : undefined;
      const at = written === undefined ? -1 : file.source.text.indexOf(old, mount.node.span.start);
      yield {
        span: mount.node.span,
        message: `«${image}» keeps its data below /var/lib/postgresql/18 and does not start with a mount at ${old}. Mount the volume at /var/lib/postgresql.`,
        fixes:
          at >= 0 && at < mount.node.span.end
            ? [
                {
                  title: 'Mount at /var/lib/postgresql',
                  safe: false,
                  edits: [{ span: { start: at, end: at + old.length }, text: '/var/lib/postgresql' }],
                },
              ]
            : [],
      };
    }
  },
});
