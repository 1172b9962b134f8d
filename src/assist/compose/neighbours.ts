import { referencesOf } from '../../compose/check/references.ts';
import { get, keysOf, text, type ComposeFile } from '../../compose/model.ts';
import type { Instruction } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { serviceBuild } from '../../rules/shared/composeImage.ts';
import type { Completion } from '../model.ts';
import { offer } from '../offer.ts';
import type { Place } from './place.ts';
import type { Value } from './values.ts';

// What the services of a file tell about each other.

/** What is known of the image of a service. */
export const factsOf = (file: ComposeFile, service: string, { knowledge }: World): ReturnType<typeof serviceFacts> => {
  const image = text(get(file.root, 'services', service, 'image'));
  return image === undefined ? undefined : serviceFacts(knowledge, image);
};

/** What the stage says that a service is built to, and the stages below it. */
export function builtBy(file: ComposeFile, name: string, world: World): readonly Instruction[] {
  const service = get(file.root, 'services', name);
  const built = service?.kind === 'map' ? serviceBuild(file, service, world) : undefined;
  return built ? allInstructions(built.stage) : [];
}

/** The other services as the host of the address that is being written, or of a variable that is called so. */
export function serviceHosts(file: ComposeFile, place: Place, world: World, variable?: string): readonly Completion[] {
  const [, name = variable ?? '', written = place.prefix] =
    (variable === undefined ? /^([^=]*)=(.*)$/s.exec(place.prefix) : undefined) ?? [];
  const before = place.prefix.slice(0, place.prefix.length - written.length);
  const address = /^[a-z][a-z\d+.-]*:\/\/(?:[^@/\s]*@)?(?=[\w.-]*$)/i.exec(written)?.[0];
  const whole = wholeAddress(file, place, world, name, written);
  if (whole.length)
    return whole.map((text) => ({
      ...offer(place, text, 'reference', 'another service'),
      text: `${before}${text}`,
      filter: `${before}${text}`,
    }));
  if (address === undefined && !(/(?:_(?:HOST|HOSTNAME)|^(?:PG|REDIS|MYSQL|MONGO|RABBITMQ)HOST)$/i.test(name) && /^[\w.-]*$/.test(written)))
    return [];
  const here = file.services.find(({ span }) => span.start <= place.span.start && place.span.start <= span.end);
  return file.services
    .filter((each) => each !== here && !get(each.node, 'network_mode'))
    .map(({ name: host }) => {
      const port = factsOf(file, host, world)?.ports[0]?.port ?? portOf(file, host, world);
      const label = address === undefined || port === undefined ? host : `${host}:${String(port)}`;
      const text = `${before}${address ?? ''}${label}`;
      return { ...offer(place, label, 'reference', 'another service'), text, filter: text };
    });
}

/** Variables that name the address of one product. */
const addresses: Readonly<Record<string, readonly [service: string, scheme: string]>> = {
  MLFLOW_TRACKING_URI: ['mlflow', 'http'],
  MLFLOW_S3_ENDPOINT_URL: ['minio', 'http'],
  AWS_ENDPOINT_URL: ['minio', 'http'],
  AWS_ENDPOINT_URL_S3: ['minio', 'http'],
  REDIS_URL: ['redis', 'redis'],
  CELERY_BROKER_URL: ['redis', 'redis'],
  QDRANT_URL: ['qdrant', 'http'],
  OLLAMA_HOST: ['ollama', 'http'],
  OLLAMA_BASE_URL: ['ollama', 'http'],
  WEAVIATE_URL: ['weaviate', 'http'],
  ELASTICSEARCH_URL: ['elasticsearch', 'http'],
  PREFECT_API_URL: ['prefect', 'http'],
};

/** The address of the services that a variable means, while little of it is written. */
function wholeAddress(file: ComposeFile, place: Place, world: World, name: string, written: string): readonly string[] {
  const [id, scheme] = (Object.hasOwn(addresses, name) ? addresses[name] : undefined) ?? [];
  if (id === undefined || scheme === undefined || written.includes('/')) return [];
  const path = id === 'prefect' ? '/api' : '';
  return file.services
    .filter(({ span }) => !(span.start <= place.span.start && place.span.start <= span.end))
    .flatMap(({ name: host }) => {
      const facts = factsOf(file, host, world);
      const port = facts?.ports[0]?.port;
      return facts?.id === id && port !== undefined ? [`${scheme}://${host}:${String(port)}${path}`] : [];
    })
    .filter((text) => text.startsWith(written));
}

const portOf = (file: ComposeFile, service: string, world: World): number | undefined => {
  const [port] = builtBy(file, service, world).flatMap(({ keyword, args }) => (keyword === 'EXPOSE' ? args : []));
  return port && /^\d+(?:\/tcp)?$/.test(port.value) ? parseInt(port.value, 10) : undefined;
};

/** What services name in a section and nothing defines yet. */
export function undefinedNames({ services, documents }: ComposeFile, section: string): readonly Value[] {
  const known = new Set(documents.flatMap((document) => keysOf(get(document, section))));
  const wanted = services.flatMap(({ name, node }) =>
    referencesOf(node).flatMap((each) =>
      each.section === section && each.name !== '' && !known.has(each.name) && each.name !== 'default' ? [[each.name, name] as const] : [],
    ),
  );
  return [...new Map(wanted)].map(([value, from]) => ({ value, detail: `«${from}» names it` }));
}
