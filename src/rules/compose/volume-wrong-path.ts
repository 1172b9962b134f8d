import { entry } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { environmentOf } from '../../compose/insert.ts';
import { composeRule } from '../../lint/rule.ts';
import { besideData } from '../shared/besideData.ts';
import { serviceMounts } from '../shared/published.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'volume-wrong-path',
  severity: 'warning',
  quiet: 'A variable or a configuration file may put the data where the volume is.',
  title: 'Mount the volume where the service keeps its data',
  why: 'A volume beside the data folder stays empty, and the data goes with the container.',
  looksAt: ['image', 'build', 'command', 'entrypoint', 'environment', 'volumes'],
  examples: [
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    volumes:\n      - «pgdata:/var/lib/postgres»\n',
      good: 'services:\n  db:\n    image: postgres:17\n    volumes:\n      - pgdata:/var/lib/postgresql/data\n',
    },
    { bad: 'services:\n  db:\n    image: postgres:17\n    volumes:\n      - «pgdata:/var/lib/postgres/data»\n' },
    { bad: 'services:\n  vectors:\n    image: qdrant/qdrant:v1.15.0\n    volumes: [«"qdrant:/data"»]\n' },
    { good: 'services:\n  db:\n    image: mysql:8.4\n    volumes: ["${PWD}/data:/data"]\n' },
    { good: 'services:\n  db:\n    image: postgres:17\n    environment: {PGDATA: /data}\n    volumes: ["pgdata:/data"]\n' },
  ],
  *check(file, { knowledge }) {
    for (const { service, image } of imageServices(file)) {
      const known = serviceFacts(knowledge, image);
      const row = known && besideData[known.id];
      const body = service.node;
      // A command or a variable may move the data.
      if (!known || !row || entry(body, 'command') || [...environmentOf(body).keys()].some((name) => /DATA|PATH|MODELS|DIR/.test(name)))
        continue;
      const mounts = serviceMounts(body);
      if (mounts.some(({ target }) => target.startsWith(row.right) || row.right.startsWith(`${target.replace(/\/$/, '')}/`))) continue;
      for (const { node, target, type, source } of mounts) {
        if (type !== 'volume' || source === '' || !row.beside.test(target)) continue;
        const at = file.source.text.indexOf(target, node.span.start + source.length);
        const right = image.includes('postgres:18') ? '/var/lib/postgresql' : row.right;
        yield {
          span: node.span,
          ...(known.sure === 'certain' ? {} : { severity: 'info' as const }),
          message: `${known.name} keeps its data in ${right}, not in ${target}: the volume stays empty and the data is lost with the container.`,
          fixes:
            node.kind === 'scalar' && at > 0 && at < node.span.end
              ? [{ title: `Mount at ${right}`, safe: false, edits: [{ span: { start: at, end: at + target.length }, text: right }] }]
              : [],
        };
      }
    }
  },
});
