import { composeRule } from '../../lint/rule.ts';
import { endedProduct } from '../shared/endedProduct.ts';
import { imageServices } from '../shared/serviceImages.ts';

const products = {
  'grafana/grafana': 'grafana',
  'grafana/grafana-oss': 'grafana',
  'grafana/grafana-enterprise': 'grafana',
  rabbitmq: 'rabbitmq',
  'apache/kafka': 'apache-kafka',
  nginx: 'nginx',
};

export default composeRule({
  id: 'service-eol',
  severity: 'info',
  title: 'Run services that still get fixes',
  why: 'A release past its end of life gets no security fixes, and what faces the network needs them first. Databases have a rule of their own, `postgres-eol`.',
  looksAt: ['image', 'build'],
  examples: [
    { bad: 'services:\n  grafana:\n    image: «grafana/grafana:10.4.2»\n  proxy:\n    image: «nginx:1.25-alpine»\n' },
    { bad: 'services:\n  queue:\n    image: «rabbitmq:3.12-management»\n' },
    { title: 'the date decides', today: '2025-03-01', good: 'services:\n  grafana:\n    image: grafana/grafana:10.4.2\n' },
    {
      title: 'a tag that moves on',
      good: 'services:\n  proxy:\n    image: nginx:stable-alpine\n  queue:\n    image: rabbitmq:4-management\n',
    },
  ],
  *check(file, world) {
    for (const { image, parts, node } of imageServices(file)) {
      const end = endedProduct(products, parts, world);
      if (end !== undefined)
        yield { span: node.span, message: `«${image}» has had no fixes since ${end}. Use a release that is maintained.` };
    }
  },
});
