import { rememberedPlaces } from '../../compose/move.ts';
import { readEnv } from '../../compose/envFile.ts';
import { environmentOf } from '../../compose/insert.ts';
import { asRead, get, text, type ComposeFile, type MapNode, type Node, type ScalarNode } from '../../compose/model.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { allInstructions, variablesAt } from '../../dockerfile/scope.ts';
import { buildSource } from './buildSource.ts';
import { serviceBuild, serviceImage } from './composeImage.ts';
import type { EffectiveService } from './composeServices.ts';
import { commandWords } from './serviceCommand.ts';
import { envFilesOf, envFileVariables } from './serviceSettings.ts';

/** An address in a variable of a service or an option of its command. */
export interface ServiceUrl {
  readonly variable: string;
  /** Empty where only `host:port` is written. */
  readonly scheme: string;
  readonly host: string;
  readonly port?: string;
  /** The host, with its port where one is written. */
  readonly written: string;
  /** The path and all else that follows in the address. */
  readonly rest: string;
  readonly node: ScalarNode;
  /** The env file or the Dockerfile that it stands in; `node` is then what names the file. */
  readonly path?: string;
}

const schemes =
  /^(?:jdbc:)?((?:https?|grpcs?|wss?|tcp|rediss?|valkey|postgres(?:ql)?|mysql|mariadb|mongodb|amqps?|bolt|neo4j|nats|kafka|clickhouse|memcached|mqtt|milvus|cassandra)(?:\+\w+)?):\/\/(?:[^@/\s]*@)?([A-Za-z0-9][\w.-]*)(?::(\d+))?(?=[/?,;\s]|$)/;

/** Addresses that a browser or a person uses, not another service. */
const outward =
  /PUBLIC|EXTERNAL|BROWSER|CORS|ORIGIN|ALLOW|REDIRECT|CALLBACK|NEXTAUTH|^VITE_|REACT_APP|FRONT|ROOT_URL|(?<!DATA|(?:OLLAMA|OPENAI|LLM|API|EMBEDDINGS?|INFERENCE|MODEL|RERANKER)_)BASE_?URL|HOST_URL|SITE|DOMAIN|ADVERTISED|CLIENT|WEB_?URL|_UI_|^UI_|APP_URL|SERVER_URL|ISSUER|PROXY|WEBHOOK|LINK/;

/** What a program opens itself, or tells others about itself. */
const ownAddress = /LISTEN|(?:^|_)BIND|ADVERTISE|(?:^|_)SELF(?:_|$)|MY_|PUBLISH|INITIAL_CLUSTER|PEER/;

/** Names of variables and options whose value is `host:port` without a scheme. */
const hostAndPort =
  /(?:^|_)(?:HOSTS?|ADDR|ADDRESS|ADDRESSES|SERVERS?|BOOTSTRAP_SERVERS|BROKERS?|BROKER_LIST|ENDPOINTS?|HOSTPORT|TARGETS?|NODES?)$/;
/** Names of options whose value is an address of another. */
const addressOption = /(?:URI|URL|ENDPOINT|ADDR|ADDRESS|SERVERS?|BROKERS?|HOST|DSN|BACKEND|DATABASE|TARGET|UPSTREAM)$/;

/** The addresses of other services in a service's environment and the options of its command; those meant for browsers are left out. */
export const serviceUrls = ({ node }: EffectiveService): readonly ServiceUrl[] => urlsIn(node);

const urlsIn = rememberedPlaces((node): readonly ServiceUrl[] => [...variablesOf(node), ...optionsOf(node)].flatMap(urlsOf));

function urlsOf({ name, value, at }: Given): readonly ServiceUrl[] {
  if (at.kind !== 'scalar' || at.unknown || at.span.start < 0) return [];
  const upper = name.toUpperCase().replaceAll('-', '_').replace(/^_+/, '');
  if (outward.test(upper) || ownAddress.test(upper)) return [];
  const match = schemes.exec(value);
  if (match) {
    const [, scheme = '', host = '', port] = match;
    const rest = value.slice(match[0].length).split(/[,;\s]/, 1)[0] ?? '';
    const found = { variable: name, scheme, host, rest, node: at };
    return [port === undefined ? { ...found, written: host } : { ...found, port, written: `${host}:${port}` }];
  }
  if (!hostAndPort.test(upper)) return [];
  return value.split(',').flatMap((part): readonly ServiceUrl[] => {
    const [, host, port] = /^\s*([A-Za-z][A-Za-z0-9.-]*|127\.0\.0\.1):(\d{2,5})\s*$/.exec(part) ?? [];
    return host === undefined || port === undefined
      ? []
      : [{ variable: name, scheme: '', host, port, written: `${host}:${port}`, rest: '', node: at }];
  });
}

/**
 * The addresses in the env files of a service. Left out is what a service of the file sets itself: then the env file’s is for the host. So is
 * what a known image does not read: one env file is often given to all services.
 */
export function envFileUrls(
  file: ComposeFile,
  { node }: EffectiveService,
  { files, knowledge }: Pick<World, 'files' | 'knowledge'>,
): readonly ServiceUrl[] {
  const said = envFilesOf(file, node, files);
  if (!said.length) return [];
  const image = serviceImage(node);
  const facts = image === undefined ? undefined : serviceFacts(knowledge, image);
  const own = new Set(file.services.flatMap((service) => [...environmentOf(service.node).keys()]));
  const found = new Map<string, readonly ServiceUrl[]>();
  for (const { node: at, path, content } of said) {
    if (path === undefined || content === undefined) continue;
    for (const [name, value] of readEnv(content, () => undefined))
      if (!own.has(name) && (!facts || Object.hasOwn(facts.env, name)))
        found.set(
          name,
          urlsOf({ name, value, at }).map((url) => ({ ...url, path })),
        );
  }
  return [...found.values()].flat();
}

/**
 * The addresses that ENV leaves in the image that a service builds, as far as the service sets nothing better; they are about what the Compose
 * file says of the build. Left out is what another service of the file sets itself, and what the image may answer itself.
 */
export const imageUrls = (file: ComposeFile, service: EffectiveService, world: World): readonly ServiceUrl[] =>
  imageVariables(file, service, world).flatMap(({ exposed, path, ...given }) =>
    urlsOf(given)
      .filter(({ port }) => !exposed.has(port ?? ''))
      .map((url) => ({ ...url, path })),
  );

/** Of the same variables those that are a host alone. */
export const imageHosts = (
  file: ComposeFile,
  service: EffectiveService,
  world: World,
): readonly (Omit<ServiceHost, 'node'> & { readonly node: Node; readonly path: string })[] =>
  imageVariables(file, service, world).flatMap(({ name, value, at, path }) =>
    isHost(name, value) ? [{ variable: name, host: value, written: value, node: at, path }] : [],
  );

interface ImageVariable extends Given {
  readonly path: string;
  /** What the image says that it listens on. */
  readonly exposed: ReadonlySet<string>;
}

/** What ENV of the image that a service builds sets, and nothing in the Compose file. */
function imageVariables(file: ComposeFile, { name: own }: EffectiveService, world: World): readonly ImageVariable[] {
  const node = file.services.find(({ name }) => name === own)?.node;
  if (!node) return [];
  const source = buildSource(file, node);
  const at = source?.dockerfileNode ?? source?.contextNode;
  const built = at && serviceBuild(file, node, world);
  const files = built && !get(node, 'extends') ? envFileVariables(file, node, world) : undefined;
  if (!built || !files) return [];
  const { dockerfile, stage, buildArgs } = built;
  const set = new Set([...files.keys(), ...file.services.flatMap((service) => [...environmentOf(service.node).keys()])]);
  const exposed = new Set(
    allInstructions(stage).flatMap(({ keyword, args }) =>
      keyword === 'EXPOSE' ? args.map(({ value }) => value.replace(/\/tcp$/i, '')) : [],
    ),
  );
  return [...variablesAt(dockerfile, stage, undefined, buildArgs)].flatMap(([name, { kind, value }]) =>
    kind !== 'env' || value === undefined || set.has(name) ? [] : [{ name, value, at, exposed, path: dockerfile.source.path }],
  );
}

/** A variable that is the host alone: `DB_HOST: db`. */
export interface ServiceHost {
  readonly variable: string;
  readonly host: string;
  readonly written: string;
  readonly node: ScalarNode;
}

/** The variables of a service that name a host and nothing else. */
export const serviceHosts = ({ node }: EffectiveService): readonly ServiceHost[] => hostsIn(node);

const hostsIn = rememberedPlaces((node): readonly ServiceHost[] => {
  return variablesOf(node).flatMap(({ name, value, at }) => {
    if (at.kind !== 'scalar' || at.unknown || at.span.start < 0) return [];
    return isHost(name, value) ? [{ variable: name, host: value, written: value, node: at }] : [];
  });
});

function isHost(name: string, value: string): boolean {
  const upper = name.toUpperCase();
  return (
    !outward.test(upper) &&
    !ownAddress.test(upper) &&
    /_(?:HOST|HOSTNAME|SERVER)$/.test(upper) &&
    /^(?:[A-Za-z][A-Za-z0-9_-]*|127\.0\.0\.1)$/.test(value)
  );
}

interface Given {
  readonly name: string;
  readonly value: string;
  readonly at: Node;
}

function variablesOf(node: MapNode): readonly Given[] {
  const environment = get(node, 'environment');
  if (environment?.kind === 'map') return environment.entries.map(({ key, value }) => ({ name: key, value: text(value) ?? '', at: value }));
  if (environment?.kind !== 'list') return [];
  return environment.items.map((item) => {
    const [, name = '', value = ''] = /^([^=]*)=([^]*)$/.exec(text(item) ?? '') ?? [];
    return { name, value, at: item };
  });
}

function optionsOf(node: MapNode): readonly Given[] {
  const words = commandWords(node);
  return words.flatMap(({ value, node: at }, index): readonly Given[] => {
    const [, name, given = words[index + 1]?.value] = /^--([A-Za-z][\w-]*)(?:=([^]*))?$/.exec(value) ?? [];
    if (name === undefined || given === undefined || !addressOption.test(name.toUpperCase())) return [];
    return [{ name: `--${name}`, value: given, at: value.includes('=') ? at : (words[index + 1]?.node ?? at) }];
  });
}

/** The ports that a service listens on for others, as far as the file says. */
export function listensOn({ node }: Pick<EffectiveService, 'node'>): ReadonlySet<string> {
  const found = new Set<string>();
  for (const key of ['ports', 'expose']) {
    const list = get(asRead(node), key);
    if (list?.kind !== 'list') continue;
    for (const item of list.items) {
      const target = text(get(item, 'target')) ?? /(\d+)(?:-\d+)?(?:\/\w+)?$/.exec(text(item) ?? '')?.[1];
      if (target !== undefined) found.add(target);
    }
  }
  return found;
}
