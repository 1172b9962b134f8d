import { entry, get, items, text, type MapNode } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type Fix, type World } from '../../lint/rule.ts';
import { nearest } from '../../text/nearest.ts';
import { serviceImage } from '../shared/composeImage.ts';
import { examined } from '../shared/composeComplaints.ts';
import { aliasesOf, effectiveServices, hasOwnNetwork, type EffectiveService, networkNames } from '../shared/composeServices.ts';
import { placeOf, replaceText } from '../shared/replaceText.ts';
import { envFileUrls, serviceHosts, serviceUrls } from '../shared/serviceUrls.ts';

export default composeRule({
  id: 'unknown-host-in-url',
  severity: 'warning',
  title: 'Name services that are there in addresses',
  why: 'Services find each other by service name, alias or container name. A host without a dot that is none of these is not found at all.',
  reach: [
    'environment',
    'env_file',
    'command',
    'entrypoint',
    'network_mode',
    'networks',
    'extra_hosts',
    'links',
    'external_links',
    'container_name',
    'hostname',
    'image',
    'build',
  ],
  examples: [
    {
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: postgresql://app@«postgress:5432»/app\n  postgres:\n    image: postgres:17\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      DATABASE_URL: postgresql://app@postgres:5432/app\n  postgres:\n    image: postgres:17\n',
    },
    {
      title: 'the name of a container, which depends on the folder',
      bad: 'services:\n  api:\n    image: api:1\n    environment:\n      REDIS_URL: redis://«shop-redis-1:6379»\n  redis:\n    image: redis:8\n',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      REDIS_URL: redis://redis:6379\n  redis:\n    image: redis:8\n',
    },
    {
      title: 'the name of a container, where the project has a name',
      good: 'name: shop\nservices:\n  api:\n    image: api:1\n    environment:\n      REDIS_URL: redis://shop-redis-1:6379\n  redis:\n    image: redis:8\n',
    },
    {
      title: 'aliases, external networks, machines elsewhere',
      good: 'services:\n  api:\n    image: api:1\n    networks: [shared]\n    environment:\n      A: redis://cache:6379\n  web:\n    image: web:1\n    extra_hosts: ["gpubox:10.0.0.5"]\n    environment:\n      B: http://gpubox:8000\n      C: https://example.com\n      D: http://queue:5672\n  mq:\n    image: rabbitmq:4\n    networks: {default: {aliases: [queue]}}\nnetworks:\n  shared:\n    external: true\n',
    },
    {
      title: 'the usual name of a service that has another one here',
      bad: 'services:\n  api:\n    image: api:1\n    environment: {DATABASE_URL: "postgresql://app@«postgres:5432»/app"}\n  store:\n    image: postgres:17\n',
      good: 'services:\n  api:\n    image: api:1\n    environment: {DATABASE_URL: "postgresql://app@store:5432/app"}\n  store:\n    image: postgres:17\n',
    },
    {
      title: 'a brother that another file starts',
      good: 'services:\n  api:\n    image: api:1\n    environment:\n      PARSE: http://nim-parse:8000\n  nim-ocr:\n    image: ocr:1\n',
    },
  ],
  *check(file, world) {
    const project = examined(file, world);
    const services = effectiveServices(file, world);
    if (services.length < 2 || entry(file.root, 'include')) return;
    const known = new Set(services.flatMap(namesOf));
    for (const service of services) {
      const unknown = (host: string): boolean =>
        host !== 'localhost' &&
        !/^\d+$/.test(host) &&
        !host.includes('.') &&
        !known.has(host.toLowerCase()) &&
        !ownNames(service).includes(host) &&
        hasOwnNetwork(service) &&
        !joinsOutside(service.node, project.root);
      // A short name alone may be any word: only longer ones are taken for a misspelt service.
      for (const { host, written, node, variable } of [
        ...serviceUrls(service),
        ...envFileUrls(file, service, world),
        ...serviceHosts(service).filter((each) => each.host.length > 4),
      ]) {
        if (!unknown(host)) continue;
        const like = nearest(
          host,
          services.map(({ name }) => name),
        );
        // A name that is like none may be a machine of the network that only its owner knows, unless it is what everybody calls such a service.
        const container = containerOf(host, services);
        const meant = container ?? (like !== undefined && isLike(host, like) ? like : productNamed(host, services, world));
        if (
          meant === undefined ||
          project.isFragment() ||
          (container !== undefined && host.startsWith(`${text(get(project.root, 'name')) ?? ''}-`))
        )
          continue;
        yield {
          span: placeOf(file.source, node, written) ?? node.span,
          message:
            container === undefined
              ? `${variable} names the host «${host}», and no service is called so. Did you mean «${meant}»?`
              : host.endsWith(`_${meant}_1`)
                ? `${variable} names «${host}», as Compose called containers before version 2: now this is «${host.slice(0, -meant.length - 3)}-${meant}-1» at most. Write «${meant}».`
                : `${variable} names «${host}», a container of «${meant}»: it is called so only while the project is called «${host.slice(0, -meant.length - 3)}», which is the name of the folder. Write «${meant}».`,
          fixes: onlyOnce(replaceText(file.source, node, meant, false, host), node.text, host),
        };
      }
    }
  },
});

/** The service whose container is called so in some project: `shop-redis-1`, of older Compose `shop_redis_1`. */
const containerOf = (host: string, services: readonly EffectiveService[]): string | undefined =>
  services.find(({ name, node }) => !get(node, 'container_name') && (host.endsWith(`-${name}-1`) || host.endsWith(`_${name}_1`)))?.name;

/** What everybody calls the services of a product. */
const usual: Readonly<Record<string, readonly string[]>> = {
  postgres: ['postgres', 'postgresql', 'db', 'database', 'pg', 'postgres-db', 'postgresdb'],
  mysql: ['mysql', 'mariadb', 'db', 'database', 'mysql-db'],
  mongo: ['mongo', 'mongodb', 'db', 'database', 'mongo-db'],
  redis: ['redis', 'cache', 'redis-cache', 'redis-server'],
  rabbitmq: ['rabbitmq', 'rabbit', 'mq', 'broker'],
  mlflow: ['mlflow', 'mlflow-server', 'mlflow-tracking', 'tracking'],
  minio: ['minio', 's3'],
  qdrant: ['qdrant', 'vectordb', 'vector-db'],
  kafka: ['kafka', 'broker'],
  elasticsearch: ['elasticsearch', 'elastic', 'es'],
  ollama: ['ollama'],
};

/** The one service of the product that a host is usually called after, where it has another name here. */
function productNamed(host: string, services: readonly EffectiveService[], { knowledge }: World): string | undefined {
  const ids = Object.keys(usual).filter((id) => usual[id]?.includes(host.toLowerCase()));
  const [found, ...others] = ids.length
    ? services.filter(({ node }) => ids.includes(serviceFacts(knowledge, serviceImage(node) ?? '')?.id ?? ''))
    : [];
  return found && !others.length ? found.name : undefined;
}

/** Whether a name is another one misspelt, and not a brother of it: of `store-read` and `store-write` only one word differs, and wholly. */
function isLike(name: string, other: string): boolean {
  const [a, b] = [name.toLowerCase().split(/[-_.]/), other.toLowerCase().split(/[-_.]/)];
  return a.length === 1 || a.length !== b.length || a.every((word, at) => word === b[at] || nearest(word, [b[at] ?? '']) !== undefined);
}

/** The fix, unless the host's name stands in the text more than once: a user or a path may have the same name. */
const onlyOnce = (fixes: readonly Fix[], written: string, host: string): readonly Fix[] => (written.split(host).length === 2 ? fixes : []);

const namesOf = ({ name, node }: EffectiveService): readonly string[] => [name, ...aliasesOf(node)].map((each) => each.toLowerCase());

/** The names that a service alone knows others by. */
const ownNames = ({ node }: EffectiveService): readonly string[] => [
  ...items(get(node, 'extra_hosts')).map((item) => (text(item) ?? '').replace(/[=:].*$/, '')),
  ...['links', 'external_links'].flatMap((key) => items(get(node, key)).map((item) => (text(item) ?? '').replace(/^[^:]*:/, ''))),
];

/** Whether a service is on a network that others outside this file are on, too. */
const joinsOutside = (service: MapNode, root: MapNode): boolean =>
  networkNames(service).some((name) => entry(get(root, 'networks', name), 'external') !== undefined);
