import { composeRule } from '../../lint/rule.ts';
import { effectiveServices, hasOwnNetwork } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';
import { replaceText } from '../shared/replaceText.ts';
import { listensOn, serviceUrls } from '../shared/serviceUrls.ts';

export default composeRule({
  id: 'host-port-between-services',
  severity: 'warning',
  quiet: 'A program may listen on more ports than the file shows.',
  title: 'Call other services on the port inside their container',
  why: 'In `"5001:5000"` only the host listens on 5001. Services reach each other on 5000, without the mapping.',
  reach: 'file',
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: «http://mlflow:5001»\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
      good: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
    },
    {
      title: 'without a scheme, and in a command',
      bad: 'services:\n  app:\n    image: app:1\n    environment: {REDIS_ADDR: «"redis:6380"»}\n    command: [serve, «--tracking-uri=http://mlflow:5001»]\n  redis:\n    image: redis:7\n    ports: ["127.0.0.1:6380:6379"]\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
    },
    {
      title: 'a port that is exposed, or not mentioned',
      good: 'services:\n  train:\n    image: train:1\n    environment:\n      A: http://mlflow:9000\n      B: http://mlflow:5001\n  mlflow:\n    image: mlflow:1\n    expose: ["5001"]\n    ports: ["5001:5000"]\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    for (const service of services)
      for (const { host, port, node } of serviceUrls(service)) {
        const other = services.find(({ name }) => name === host);
        if (!other || other === service || port === undefined || !hasOwnNetwork(other) || listensOn(other).has(port)) continue;
        const mapped = publishedPorts(other.node).find(({ published, protocol }) => published === port && protocol === 'tcp');
        if (!mapped) continue;
        const right = `${host}:${String(mapped.target)}`;
        yield {
          span: node.span,
          message: `${port} is the port of the host. Between services «${host}» answers on ${String(mapped.target)}: write ${right}.`,
          fixes: node.kind === 'scalar' ? replaceText(file.source, node, right, true, `${host}:${port}`) : [],
        };
      }
  },
});
