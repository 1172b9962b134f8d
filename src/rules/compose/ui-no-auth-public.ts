import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule } from '../../lint/rule.ts';
import { isPublic, publishedPorts } from '../shared/published.ts';
import { publishLocally } from '../shared/publishLocally.ts';
import { imageServices } from '../shared/serviceImages.ts';

const open: Readonly<Record<string, number>> = {
  mlflow: 5000,
  prometheus: 9090,
  ray: 8265,
  spark: 8080,
  tensorboard: 6006,
  qdrant: 6333,
  chroma: 8000,
  ollama: 11434,
};

export default composeRule({
  id: 'ui-no-auth-public',
  severity: 'hint',
  quiet: 'Whether the port can be reached from outside is for the network to say.',
  title: 'Keep interfaces without a login off the open network',
  why: 'MLflow, Prometheus, Ray, Spark, TensorBoard, Qdrant and Ollama have no login by default: whoever reaches the port reads experiments, deletes models or runs code (Ray’s dashboard does).',
  examples: [
    {
      title: 'the long form',
      bad: 'services:\n  p:\n    image: prom/prometheus:v3.0.1\n    ports: [«{target: 9090, published: "9090"}»]\n',
    },
    {
      bad: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports:\n      - «"5000:5000"»\n',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports:\n      - "127.0.0.1:5000:5000"\n',
    },
    {
      title: 'with its own login',
      good: 'services:\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    command: mlflow server --app-name basic-auth\n    ports: ["5000:5000"]\n',
    },
  ],
  *check(file, { knowledge }) {
    for (const { service, image } of imageServices(file)) {
      const known = serviceFacts(knowledge, image);
      const target = known && open[known.id];
      if (!known || target === undefined) continue;
      const text = file.source.text.slice(service.span.start, service.span.end);
      if (/basic-auth|api[_-]?key|_TOKEN|AUTH/i.test(text)) continue;
      for (const port of publishedPorts(service.node)) {
        if (port.target !== target || !isPublic(port)) continue;
        yield {
          span: port.node.span,
          message: `${known.name} has no login by default, and port ${port.published} is open on every network of the host. Publish it on 127.0.0.1, or put a proxy with a login before it.`,
          fixes: publishLocally(port),
        };
      }
    }
  },
});
