import { composeRule } from '../../lint/rule.ts';
import { postgresMajor } from '../shared/postgresMajor.ts';
import { imageServices } from '../shared/serviceImages.ts';

const products: Readonly<Record<string, { readonly product: string; readonly digits: number }>> = {
  postgres: { product: 'postgresql', digits: 1 },
  'postgis/postgis': { product: 'postgresql', digits: 1 },
  'pgvector/pgvector': { product: 'postgresql', digits: 1 },
  'timescale/timescaledb': { product: 'postgresql', digits: 1 },
  redis: { product: 'redis', digits: 2 },
  mongo: { product: 'mongodb', digits: 2 },
  mysql: { product: 'mysql', digits: 2 },
  elasticsearch: { product: 'elasticsearch', digits: 1 },
  'grafana/grafana': { product: 'grafana', digits: 2 },
};

export default composeRule({
  id: 'postgres-eol',
  severity: 'info',
  title: 'Run databases that still get fixes',
  why: 'A database past its end of life gets no security fixes. Moving PostgreSQL to a new major takes a dump and a restore: plan it.',
  looksAt: ['image', 'build'],
  examples: [
    { title: 'an image on it', bad: 'services:\n  db:\n    image: «postgis/postgis:13-3.4»\n' },
    { bad: 'services:\n  db:\n    image: «postgres:13»\n' },
    { title: 'the date decides', today: '2025-11-20', good: 'services:\n  db:\n    image: postgres:14-alpine\n' },
    { good: 'services:\n  db:\n    image: postgres:17\n' },
  ],
  *check(file, { knowledge, today }) {
    for (const { image, parts, node } of imageServices(file)) {
      const row = parts.registry === 'docker.io' && Object.hasOwn(products, parts.name) ? products[parts.name] : undefined;
      const own = postgresMajor(parts);
      const version = own === undefined ? /^(\d+)(?:\.(\d+))?/.exec(parts.tag ?? '') : [String(own), String(own)];
      if (!row || !version) continue;
      const releases = knowledge.endOfLife[row.product] ?? {};
      const life = releases[`${version[1] ?? ''}.${version[2] ?? ''}`] ?? releases[version[1] ?? ''];
      if (typeof life?.eol === 'string' && life.eol < today)
        yield {
          span: node.span,
          message: `«${image}» has had no fixes since ${life.eol}. Plan the move to a newer major${row.product === 'postgresql' ? '; a dump and a restore take the data along' : ''}.`,
        };
    }
  },
});
