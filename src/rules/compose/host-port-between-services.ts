import { environmentOf } from '../../compose/insert.ts';
import { get, type ComposeFile } from '../../compose/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { effectiveServices, hasOwnNetwork, type EffectiveService } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';
import { commandWords } from '../shared/serviceCommand.ts';
import { envFileUrls, listensOn, serviceUrls } from '../shared/serviceUrls.ts';

export default composeRule({
  id: 'host-port-between-services',
  severity: 'warning',
  quiet: 'A program may listen on more ports than the file shows.',
  title: 'Call other services on the port inside their container',
  why: 'In `"5001:5000"` only the host listens on 5001. Services reach each other on 5000, without the mapping.',
  reach: ['environment', 'env_file', 'command', 'entrypoint', 'network_mode', 'ports', 'expose', 'image', 'build'],
  examples: [
    {
      bad: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: http://«mlflow:5001»\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
      good: 'services:\n  train:\n    image: train:1\n    environment:\n      MLFLOW_TRACKING_URI: http://mlflow:5000\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
    },
    {
      title: 'without a scheme, and in a command',
      bad: 'services:\n  app:\n    image: app:1\n    environment: {REDIS_ADDR: "«redis:6380»"}\n    command: [serve, --tracking-uri=http://«mlflow:5001»]\n  redis:\n    image: redis:7\n    ports: ["127.0.0.1:6380:6379"]\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
    },
    {
      title: 'in an env file',
      files: { 'job.env': 'MLFLOW_TRACKING_URI=http://mlflow:5001\n' },
      bad: 'services:\n  train:\n    image: train:1\n    env_file: [«job.env»]\n  mlflow:\n    image: mlflow:1\n    ports: ["5001:5000"]\n',
    },
    {
      title: 'http without a port',
      bad: 'services:\n  app:\n    image: app:1\n    environment:\n      OLLAMA_HOST: http://«ollama»\n  ollama:\n    image: ollama/ollama:0.12.0\n',
      good: 'services:\n  app:\n    image: app:1\n    environment:\n      OLLAMA_HOST: http://ollama:11434\n  ollama:\n    image: ollama/ollama:0.12.0\n',
    },
    {
      title: 'clients that know the port, a server that is told another',
      good: 'services:\n  app:\n    image: app:1\n    environment: {QDRANT_URL: "http://qdrant", OLLAMA_HOST: ollama, LLM_URL: "http://llm/v1"}\n  qdrant:\n    image: qdrant/qdrant:v1.15.0\n  ollama:\n    image: ollama/ollama:0.12.0\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: [--model, m, --port, "80"]\n',
    },
    {
      title: 'a port that is exposed, known of the image, or not mentioned',
      good: 'services:\n  train:\n    image: train:1\n    environment:\n      A: http://mlflow:9000\n      B: http://mlflow:5001\n  mlflow:\n    image: mlflow:1\n    expose: ["5001"]\n    ports: ["5001:5000"]\n  search:\n    image: search:1\n    environment: {QDRANT_URL: "http://qdrant:6333"}\n  qdrant:\n    image: qdrant/qdrant:v1.15.0\n    ports: ["6333:6334"]\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    const byName = new Map(services.map((each) => [each.name, each]));
    for (const service of services)
      for (const { host, port, scheme, written, node, variable, path } of [...serviceUrls(service), ...envFileUrls(file, service, world)]) {
        const other = byName.get(host);
        if (!other || other === service || !hasOwnNetwork(other)) continue;
        const says = path === undefined ? '' : `${variable} of ${path}: `;
        if (port === undefined) {
          const own = scheme === 'http' ? portToName(other, world) : undefined;
          if (own === undefined) continue;
          const right = `${host}:${own}`;
          yield {
            span: placeOf(file.source, node, written) ?? node.span,
            message: `${says}http without a port is port 80, and «${host}» answers on ${own}: write ${right}.`,
            fixes: replaceText(file.source, node, right, true, written),
          };
          continue;
        }
        if (listensOn(other).has(port)) continue;
        const mapped = publishedPorts(other.node).find(({ published, protocol }) => published === port && protocol === 'tcp');
        // What the image is known to listen on needs no mapping.
        if (!mapped || ownPorts(file, other, world).has(Number(port))) continue;
        const right = `${host}:${String(mapped.target)}`;
        yield {
          span: placeOf(file.source, node, written) ?? node.span,
          message: `${says}${port} is the port of the host. Between services «${host}» answers on ${String(mapped.target)}: write ${right}.`,
          fixes: replaceText(file.source, node, right, true, written),
        };
      }
  },
});

/** Servers that programs call by HTTP as it is: clients of a database know its port themselves. */
const plain = new Set([
  'ollama',
  'vllm',
  'sglang',
  'llama-cpp',
  'localai',
  'litellm',
  'mlflow',
  'minio',
  'prometheus',
  'loki',
  'triton',
  'langfuse',
]);

/** The port that has to stand in the address of a known server, where nothing in the file lets it answer on 80. */
function portToName({ node }: EffectiveService, { knowledge }: World): string | undefined {
  const image = serviceImage(node);
  const facts = image === undefined || get(node, 'build') ? undefined : serviceFacts(knowledge, image);
  if (!facts || !plain.has(facts.id)) return undefined;
  const told = [...environmentOf(node).values()].map(({ value }) => value ?? '').concat(commandWords(node).map(({ value }) => value));
  if (listensOn({ node }).has('80') || told.some((each) => /(?:^|\D)80(?:\D|$)|\$/.test(each))) return undefined;
  const targets = new Set(publishedPorts(node).map(({ target }) => target));
  const [first] = facts.ports.filter(({ port }) => !targets.size || targets.has(port));
  return first === undefined ? undefined : String(first.port);
}

/** The ports that the image of a service listens on, as far as that is known. */
function ownPorts(file: ComposeFile, { node }: EffectiveService, world: World): ReadonlySet<number> {
  const build = serviceBuild(file, node, world);
  if (build)
    return new Set(
      allInstructions(build.stage).flatMap(({ keyword, args }) =>
        keyword === 'EXPOSE' ? args.map(({ value }) => parseInt(value, 10)) : [],
      ),
    );
  const image = serviceImage(node);
  const facts = image === undefined ? undefined : serviceFacts(world.knowledge, image);
  return new Set(facts?.ports.map(({ port }) => port));
}
