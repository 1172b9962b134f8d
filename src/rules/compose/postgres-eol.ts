import { composeRule } from '../../lint/rule.ts';
import { endedProduct } from '../shared/endedProduct.ts';
import { postgresMajor } from '../shared/postgresMajor.ts';
import { imageServices } from '../shared/serviceImages.ts';

const products = {
  postgres: 'postgresql',
  'postgis/postgis': 'postgresql',
  'pgvector/pgvector': 'postgresql',
  'timescale/timescaledb': 'postgresql',
  redis: 'redis',
  mongo: 'mongodb',
  mysql: 'mysql',
  elasticsearch: 'elasticsearch',
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
    { bad: 'services:\n  db:\n    image: «redis:6.0-alpine»\n' },
    { title: 'the date decides', today: '2025-11-20', good: 'services:\n  db:\n    image: postgres:14-alpine\n' },
    { good: 'services:\n  db:\n    image: postgres:17\n' },
  ],
  *check(file, world) {
    for (const { image, parts, node } of imageServices(file)) {
      const end = endedProduct(products, parts, world);
      if (end !== undefined)
        yield {
          span: node.span,
          message: `«${image}» has had no fixes since ${end}. Plan the move to a newer major${postgresMajor(parts) !== undefined ? '; a dump and a restore take the data along' : ''}.`,
        };
    }
  },
});
