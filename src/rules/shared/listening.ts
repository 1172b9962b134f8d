import { environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';
import { buildSource } from './buildSource.ts';
import { commandScript, lastOf } from './commandScript.ts';
import { serviceBuild, serviceImage } from './composeImage.ts';
import { join } from '../../text/paths.ts';
import { publishedPorts, serviceMounts } from './published.ts';
import { portOf, servedPort } from './servedPort.ts';
import { commandWords, optionValue } from './serviceCommand.ts';
import { launched } from './startCommand.ts';

/** Where programs of the usual frameworks are told their port, seen from the build context. */
const settingsFiles = [
  ...['properties', 'yml', 'yaml'].flatMap((end) => [`src/main/resources/application.${end}`, `config/application.${end}`]),
  ...['package.json', 'vite.config.ts', 'vite.config.js', 'gunicorn.conf.py', 'config.toml', '.streamlit/config.toml'],
  ...['main.py', 'app.py', 'server.py', 'run.py', 'app/main.py', 'src/main.py', 'server.js', 'index.js', 'main.go'],
];

/** What a service listens on, as its image or Dockerfile has it. */
export interface Listening {
  readonly ports: readonly number[];
  readonly says: string;
  /** Whether the first of the ports is the main one. */
  readonly known: boolean;
  /** Whether a port is named in anything that may tell the program to listen on it. */
  readonly mentioned: (port: number) => boolean;
}

/**
 * The ports that a service listens on, where that is known for sure. `besides`: what may tell it another, of the keys that name ports and
 * start nothing.
 */
export function listeningOn(
  file: ComposeFile,
  service: MapNode,
  world: World,
  besides: readonly ('healthcheck' | 'ports')[],
): Listening | undefined {
  // A mounted configuration, and variables from elsewhere, may say anything.
  if (
    entry(service, 'env_file') ||
    entry(service, 'configs') ||
    serviceMounts(service).some(({ target }) =>
      /\.(?:conf|cfg|ini|ya?ml|toml|json|properties|xml|cnf|hcl|sh|py)$|^\/etc\/(?!localtime|timezone)|\/conf|Caddyfile$/.test(target),
    )
  )
    return undefined;
  const told = [
    ...commandWords(service).map(({ value }) => value),
    // What a script writes into a file of its own stands in no word.
    ...['entrypoint', 'command'].flatMap((key) => items(get(service, key)).map((item) => text(item) ?? '')),
    ...[...environmentOf(service).values()].map(({ value }) => value ?? '$'),
    ...(besides.includes('healthcheck') ? items(get(service, 'healthcheck', 'test')).map((item) => text(item) ?? '') : []),
    ...(besides.includes('ports') ? publishedPorts(service).map(({ target }) => String(target)) : []),
    ...items(get(service, 'expose')).map((item) => text(item) ?? ''),
    ...[...environmentOf(service).keys()].filter((key) => environmentOf(service).get(key)?.value === undefined),
  ];
  const inText = (content: string) => (port: number) => new RegExp(`(?:^|\\D)${port}(?:\\D|$)`).test(content);
  const script = commandScript(service);
  const last = script && lastOf(script);
  const own = last && portOf(launched(last.words).map(({ value }) => value));
  // The end of a script of its own, whatever the image is.
  if (own) return { ports: [Number(own.port)], says: `The command starts ${own.tool} on`, known: true, mentioned: inText(told.join('\n')) };
  const build = serviceBuild(file, service, world);
  if (build) {
    // Another program than the Dockerfile's own may listen anywhere.
    if (entry(service, 'command') || entry(service, 'entrypoint')) return undefined;
    if (/\$\{?PORT|\$\{?\w*_PORT/.test(told.join(' '))) return undefined;
    const exposed = allInstructions(build.stage).flatMap(({ keyword, args }) =>
      keyword === 'EXPOSE' ? args.flatMap(({ value }) => (/^\d+(?:\/tcp)?$/i.test(value) ? [parseInt(value, 10)] : [NaN])) : [],
    );
    const root = rootImage(build.dockerfile, build.stage, build.buildArgs);
    const base = root === undefined ? undefined : serviceFacts(world.knowledge, root);
    const served = servedPort(build.dockerfile, build.stage, world);
    if (served) {
      // What is exposed is a word about it; the server was told.
      const rest = allInstructions(build.stage).flatMap(({ keyword, body }) =>
        /^(?:EXPOSE|HEALTHCHECK)$/.test(keyword) ? [] : [body.text],
      );
      const mentioned = inText([...told, ...rest].join('\n'));
      return { ports: [Number(served.port)], says: `${served.path} starts ${served.tool} on`, known: true, mentioned };
    }
    if (!exposed.length || exposed.some(Number.isNaN) || base) return undefined;
    const says = `${build.dockerfile.source.path} exposes`;
    const context = buildSource(file, service)?.context ?? '';
    const settings = (): string => settingsFiles.map((path) => world.files.read(join(context, path)) ?? '').join('\n');
    return {
      ...{ ports: [...new Set(exposed)], says, known: false },
      mentioned: (port) => inText([...told, build.dockerfile.source.text].join('\n'))(port) || inText(settings())(port),
    };
  }
  const image = serviceImage(service);
  const facts = image === undefined ? undefined : serviceFacts(world.knowledge, image);
  if (!facts?.ports.length || facts.sure !== 'certain' || !facts.images.some((each) => image?.startsWith(each))) return undefined;
  const given = optionValue(commandWords(service), '--port')?.value;
  if (given?.includes('$')) return undefined;
  const ports = facts.ports.filter(({ protocol }) => protocol !== 'udp').map(({ port }) => port);
  // A server with one port that is told another one.
  if (ports.length === 1 && given !== undefined && /^\d+$/.test(given))
    return { ports: [Number(given)], says: `${facts.name} is told to listen on`, known: true, mentioned: () => false };
  return ports.length ? { ports, says: `${facts.name} listens on`, known: true, mentioned: inText(told.join('\n')) } : undefined;
}
