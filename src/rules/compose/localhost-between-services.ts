import type { Service } from '../../knowledge/knowledge.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { effectiveServices, hasOwnNetwork, type EffectiveService } from '../shared/composeServices.ts';
import { publishedPorts } from '../shared/published.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';
import { envFileUrls, imageHosts, imageUrls, listensOn, serviceHosts, serviceUrls } from '../shared/serviceUrls.ts';

/** Variables whose HTTP address a program calls. */
const backend =
  /MLFLOW|TRACKING|OLLAMA|QDRANT|CHROMA|MILVUS|WEAVIATE|ELASTIC|OPENSEARCH|ENDPOINT_URL|DATABASE|_DB_|PREFECT|VLLM|TRITON|TGI|TEI|OTEL|EMBED|INFERENCE|RERANK|LLM|OPENAI|_URI$/;

export default composeRule({
  id: 'localhost-between-services',
  severity: 'warning',
  quiet: 'What answers there may be in the same container; that nothing does is likely, not certain.',
  title: 'Call other services by their name',
  why: 'Inside a container `localhost` is the container itself. Another service of the file answers at its service name, on the port it listens on inside.',
  reach: ['environment', 'env_file', 'command', 'entrypoint', 'network_mode', 'ports', 'expose', 'image', 'build'],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: postgresql://app@«localhost:5432»/app\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: postgresql://app@db:5432/app\n  db:\n    image: postgres:17\n    ports: ["5432:5432"]\n',
    },
    {
      title: 'a host alone, and an option of the command',
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      - REDIS_HOST=«localhost»\n  worker:\n    image: worker:1\n    command: ["--broker-url", "redis://«localhost:6379»/0"]\n  redis:\n    image: redis:7\n    ports: ["127.0.0.1:6379:6379"]\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      - REDIS_HOST=redis\n  worker:\n    image: worker:1\n    command: ["--broker-url", "redis://redis:6379/0"]\n  redis:\n    image: redis:7\n    ports: ["127.0.0.1:6379:6379"]\n',
    },
    {
      title: 'what publishes no port, and an env file',
      files: { 'api.env': 'OLLAMA_BASE_URL=http://localhost:11434\nREDIS_URL=redis://localhost:6379\n' },
      bad: 'services:\n  api:\n    image: api:1\n    env_file: «api.env»\n    environment:\n      REDIS_URL: redis://«localhost:6379»/0\n  redis:\n    image: redis:7\n  ollama:\n    image: ollama/ollama:0.5.1\n',
    },
    {
      title: 'an env file for all services, and what one of them sets better',
      files: { '.env': 'REDIS_URL=redis://localhost:6379\nDATABASE_URL=postgres://localhost:5432\n' },
      good: 'services:\n  api:\n    image: api:1\n    env_file: .env\n    environment:\n      REDIS_URL: redis://redis:6379\n      DATABASE_URL: postgres://db:5432\n  worker:\n    image: worker:1\n    env_file: .env\n  redis:\n    image: redis:7\n    env_file: .env\n  db:\n    image: postgres:17\n    env_file: .env\n',
    },
    {
      title: 'what ENV of its Dockerfile says, and the service does not',
      files: {
        'api/Dockerfile':
          'FROM python:3.12-slim\nENV MLFLOW_TRACKING_URI=http://localhost:5000 REDIS_URL=redis://localhost:6379\nCMD ["python", "-m", "api"]\n',
        'own/Dockerfile': 'FROM python:3.12-slim\nENV OLLAMA_URL=http://localhost:11434\nEXPOSE 11434\nCMD ["./both.sh"]\n',
      },
      bad: 'services:\n  api:\n    build: «./api»\n    environment: {REDIS_URL: "redis://redis:6379"}\n  own:\n    build: ./own\n  mlflow:\n    image: ghcr.io/mlflow/mlflow:v3.4.0\n    ports: ["5000:5000"]\n  redis:\n    image: redis:7\n  ollama:\n    image: ollama/ollama:0.5.1\n',
    },
    {
      title: 'a host alone in ENV; one that the service sets, and one for a program of the same image',
      files: {
        'api/Dockerfile': 'FROM python:3.12-slim\nENV DB_HOST=localhost DB_PORT=5432 REDIS_HOST=127.0.0.1\nCMD ["python", "-m", "api"]\n',
        'ui/Dockerfile': 'FROM python:3.12-slim\nENV QDRANT_HOST=localhost\nCMD ["python", "-m", "ui"]\n',
      },
      bad: 'services:\n  api:\n    build: «./api»\n    environment: {REDIS_HOST: redis}\n  ui:\n    build: ./ui\n  db:\n    image: postgres:17\n  redis:\n    image: redis:7\n',
    },
    {
      title: 'another database than the one that is here',
      good: 'services:\n  jobs:\n    image: jobs:1\n    environment: {MYSQL_HOST: localhost}\n  pgvector:\n    image: pgvector/pgvector:pg16\n',
    },
    {
      title: 'its own port, an address for browsers, the network of the host',
      good: 'services:\n  api:\n    image: api:1\n    ports: ["8000:8000"]\n    environment:\n      SELF: http://localhost:8000\n      PUBLIC_UI_URL: http://localhost:3000\n  ui:\n    image: ui:1\n    ports: ["3000:3000"]\n  job:\n    image: job:1\n    network_mode: host\n    environment: ["UI=http://localhost:3000"]\n',
    },
  ],
  *check(file, world) {
    const services = effectiveServices(file, world);
    let open: ReadonlyMap<string, readonly Open[]> | undefined;
    for (const service of services) {
      if (!hasOwnNetwork(service)) continue;
      for (const { host, port, scheme, written, node, variable, path } of [
        ...serviceUrls(service),
        ...envFileUrls(file, service, world),
        ...imageUrls(file, service, world),
      ]) {
        if (!loopback.test(host) || port === undefined || listensOn(service).has(port)) continue;
        const first =
          (open ??= openPorts(services)).get(port)?.find(({ other }) => other !== service) ??
          unpublished(Number(port), scheme, variable, service, services, world);
        if (!first) continue;
        const { other, target } = first;
        // Over HTTP it may be meant for a browser: only what surely is not, and is not the port of the host alone.
        if (scheme.startsWith('http') && (target !== port || !backend.test(variable.toUpperCase()))) continue;
        if (scheme === '' && !isKnown(other, world)) continue;
        const right = `${other.name}:${target}`;
        yield {
          span: placeOf(file.source, node, written) ?? node.span,
          message: `${path === undefined ? 'Inside' : `${variable} of ${path}: inside`} «${service.name}», ${host} is «${service.name}» itself. «${other.name}» answers at ${scheme === '' ? '' : `${scheme}://`}${right}.`,
          fixes: replaceText(file.source, node, right, false, written),
        };
      }
      for (const { variable, host, written, node } of serviceHosts(service)) {
        const other = loopback.test(host) ? meantBy(variable, service, services, world) : undefined;
        if (!other) continue;
        yield {
          span: placeOf(file.source, node, written) ?? node.span,
          message: `Inside «${service.name}», ${host} is «${service.name}» itself. «${other.name}» answers at its name, ${other.name}.`,
          fixes: replaceText(file.source, node, other.name, false, host),
        };
      }
      for (const { variable, host, node, path } of imageHosts(file, service, world)) {
        const other = loopback.test(host) ? meantBy(variable, service, services, world) : undefined;
        if (!other) continue;
        yield {
          span: node.span,
          message: `${variable} of ${path}: inside «${service.name}», ${host} is «${service.name}» itself. «${other.name}» answers at its name, ${other.name}.`,
        };
      }
    }
  },
});

interface Open {
  readonly other: EffectiveService;
  readonly target: string;
}

/** The services that publish a port, by its number inside and on the host. */
function openPorts(services: readonly EffectiveService[]): ReadonlyMap<string, readonly Open[]> {
  const found = new Map<string, Open[]>();
  for (const other of services.filter(hasOwnNetwork))
    for (const { published, target } of publishedPorts(other.node))
      for (const port of new Set([published, String(target)])) {
        const all = found.get(port) ?? [];
        all.push({ other, target: String(target) });
        found.set(port, all);
      }
  return found;
}

/** A known service that listens on a port and publishes none. Over HTTP, which many speak, the variable has to be about it. */
function unpublished(
  port: number,
  scheme: string,
  variable: string,
  own: EffectiveService,
  services: readonly EffectiveService[],
  world: World,
): Open | undefined {
  const words = variable.toUpperCase().split(/[^A-Z\d]+/);
  const [only, ...others] = services.filter((other) => {
    const facts = other === own || !hasOwnNetwork(other) ? undefined : factsOf(other, world);
    if (!facts?.ports.some((each) => each.port === port) || publishedPorts(other.node).length) return false;
    const names = [facts.id, other.name].flatMap((each) => each.toUpperCase().split(/[^A-Z\d]+/));
    return !scheme.startsWith('http') || words.some((word) => names.includes(word));
  });
  return only && !others.length ? { other: only, target: String(port) } : undefined;
}

const loopback = /^(?:localhost|127\.0\.0\.1)$/;

const factsOf = ({ node }: EffectiveService, { knowledge }: World): Service | undefined => {
  const image = serviceImage(node);
  return image === undefined ? undefined : serviceFacts(knowledge, image);
};
const isKnown = (service: EffectiveService, world: World): boolean => factsOf(service, world) !== undefined;

/** Other words for a database in the names of variables: any, and those of one product. */
const database = /^(?:DB|DATABASE|SQL)$/;
const products = [/^(?:PG|POSTGRES|POSTGRESQL)$/, /^(?:MYSQL|MARIADB)$/];

/** Whether a word of a variable says what a name of a service says. */
const means = (word: string, name: string): boolean =>
  word === name ||
  products.some((each) => each.test(word) && each.test(name)) ||
  (database.test(word) && [database, ...products].some((each) => each.test(name)));

/** The one other service that a variable such as `REDIS_HOST` is about: a known image whose kind the variable names. */
function meantBy(
  variable: string,
  own: EffectiveService,
  services: readonly EffectiveService[],
  world: World,
): EffectiveService | undefined {
  const words = variable.toUpperCase().split('_').slice(0, -1);
  const about = (service: EffectiveService): boolean => {
    const facts = factsOf(service, world);
    if (!facts) return false;
    const names = [facts.id, service.name].flatMap((each) => each.toUpperCase().split(/[^A-Z\d]+/));
    return words.some((word) => names.some((name) => means(word, name)));
  };
  const found = services.filter((each) => each !== own && hasOwnNetwork(each) && about(each));
  return about(own) || found.length !== 1 ? undefined : found[0];
}
