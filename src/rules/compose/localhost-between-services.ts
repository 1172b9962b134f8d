import { composeRule } from '../../lint/rule.ts';
import { effectiveServices, hasOwnNetwork } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';
import { listensOn, serviceUrls } from '../shared/serviceUrls.ts';

/** Variables whose HTTP address a program calls. */
const backend =
  /MLFLOW|TRACKING|OLLAMA|QDRANT|CHROMA|MILVUS|WEAVIATE|ELASTIC|OPENSEARCH|ENDPOINT_URL|DATABASE|_DB_|PREFECT|VLLM|TRITON|TGI|TEI|OTEL|EMBED|INFERENCE|RERANK|LLM|OPENAI|_URI$/;

export default composeRule({
  id: 'localhost-between-services',
  severity: 'warning',
  title: 'Call other services by their name',
  why: 'Inside a container `localhost` is the container itself. Another service of the file answers at its service name, on the port it listens on inside.',
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: «postgresql://app@localhost:5432/app»\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: postgresql://app@db:5432/app\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n',
    },
    {
      title: 'its own port, an address for browsers, the network of the host',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n    environment:\n      SELF: http://localhost:8000\n      PUBLIC_UI_URL: http://localhost:3000\n  ui:\n    image: ui:1\n    ports: ["3000:3000"]\n  job:\n    image: job:1\n    network_mode: host\n    environment: ["UI=http://localhost:3000"]\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    for (const service of services) {
      if (!hasOwnNetwork(service)) continue;
      const own = listensOn(service);
      for (const { host, port, scheme, node, variable } of serviceUrls(service)) {
        if (!/^(?:localhost|127\.0\.0\.1)$/.test(host) || port === undefined || own.has(port)) continue;
        const other = services.find(
          (each) =>
            each !== service &&
            hasOwnNetwork(each) &&
            publishedPorts(each.node).some(({ published, target }) => published === port || String(target) === port),
        );
        const target = other && publishedPorts(other.node).find((each) => each.published === port || String(each.target) === port)?.target;
        if (!other || target === undefined) continue;
        // Over HTTP it may be meant for a browser: only what surely is not, and is not the port of the host alone.
        if (scheme.startsWith('http') && (String(target) !== port || !backend.test(variable.toUpperCase()))) continue;
        const right = `${other.name}:${String(target)}`;
        const written = file.source.text.slice(node.span.start, node.span.end);
        const at = written.indexOf(`${host}:${port}`);
        yield {
          span: node.span,
          message: `Inside «${service.name}», ${host} is «${service.name}» itself. «${other.name}» answers at ${scheme}://${right}.`,
          fixes:
            at < 0
              ? []
              : [
                  {
                    title: `Write ${right}`,
                    safe: false,
                    edits: [{ span: { start: node.span.start + at, end: node.span.start + at + `${host}:${port}`.length }, text: right }],
                  },
                ],
        };
      }
    }
  },
});
