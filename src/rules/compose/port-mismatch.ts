import { environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { allInstructions, rootImage } from '../../dockerfile/scope.ts';
import { serviceFacts } from '../../knowledge/lookup.ts';
import { composeRule, type Fix, type World } from '../../lint/rule.ts';
import { slice, type Source } from '../../text/text.ts';
import { buildSource } from '../shared/buildSource.ts';
import { serviceBuild, serviceImage } from '../shared/composeImage.ts';
import { join } from '../shared/paths.ts';
import { publishedPorts, serviceMounts, type PublishedPort } from '../shared/published.ts';
import { commandWords, optionValue } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'port-mismatch',
  severity: 'warning',
  quiet: 'What a program listens on may be set where the file does not show it.',
  title: 'Publish the port that the container listens on',
  why: 'In `"HOST:CONTAINER"` the right side is the port inside. When nothing listens there, the host’s port opens and every connection is reset.',
  looksAt: [
    'image',
    'build',
    'command',
    'entrypoint',
    'environment',
    'env_file',
    'healthcheck',
    'ports',
    'expose',
    'volumes',
    'configs',
    'network_mode',
  ],
  examples: [
    {
      title: 'a port in the command',
      bad: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port", "9000"]\n    ports: [«"8000:8000"»]\n  open:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port=${PORT}"]\n    ports: ["8000:8001"]\n',
      good: 'services:\n  llm:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port", "9000"]\n    ports: ["8000:9000"]\n  open:\n    image: vllm/vllm-openai:v0.11.0\n    command: ["--model", "/m", "--port=${PORT}"]\n    ports: ["8000:8001"]\n',
    },
    {
      bad: 'services:\n  db:\n    image: postgres:17\n    ports: [«"127.0.0.1:5433:5433"»]\n',
      good: 'services:\n  db:\n    image: postgres:17\n    ports: ["127.0.0.1:5433:5432"]\n',
    },
    {
      title: 'what the Dockerfile exposes',
      files: { Dockerfile: 'FROM python:3.12-slim\nEXPOSE 8000\nCMD ["uvicorn", "app:app", "--host", "0.0.0.0", "--port", "8000"]\n' },
      bad: 'services:\n  api:\n    build: .\n    ports:\n      - «"8080:80"»\n',
      good: 'services:\n  api:\n    build: .\n    ports:\n      - "8080:8000"\n',
    },
    {
      title: 'told otherwise, or one of several ports',
      files: { Dockerfile: 'FROM python:3.12-slim\nENV PORT=9000\nEXPOSE 8000\n' },
      good: 'services:\n  db:\n    image: postgres:17\n    command: ["-p", "5433"]\n    ports: ["127.0.0.1:5433:5433"]\n  a:\n    build: .\n    ports: ["9000:9000"]\n  b:\n    build: .\n    ports: ["8000:8000", "5678:5678"]\n  dev:\n    build: .\n    command: npm run dev\n    ports: ["5173:5173"]\n  c:\n    image: nginx:1.29\n    volumes: ["./nginx.conf:/etc/nginx/nginx.conf:ro"]\n    ports: ["8080:8080"]\n',
    },
    {
      title: 'told in the settings of the program',
      files: {
        Dockerfile: 'FROM eclipse-temurin:21-jre\nEXPOSE 8080\n',
        'src/main/resources/application.properties': 'quarkus.http.port=8081\n',
      },
      good: 'services:\n  reader:\n    build: .\n    ports: ["8081:8081"]\n',
    },
    {
      title: 'a configuration that the start writes, or that Compose brings',
      good: `services:\n  a:\n    image: nginx:1.29\n    entrypoint:\n      - sh\n      - -c\n      - |\n        cat > /etc/nginx/nginx.conf <<EOF\n        http { server { listen 3100; } }\n        EOF\n        exec nginx -g "daemon off;"\n    ports: ["3100:3100"]\n  b:\n    image: nginx:1.29\n    configs: [{ source: conf, target: /etc/nginx/nginx.conf }]\n    ports: ["3100:3100"]\nconfigs:\n  conf:\n    content: "http { server { listen 3100; } }"\n`,
    },
  ],
  *check(file, world) {
    for (const { name, node } of file.services) {
      if (entry(node, 'network_mode') || entry(node, 'extends')) continue;
      const published = publishedPorts(node).filter(({ protocol }) => protocol === 'tcp');
      const listens = published.length ? listeningOn(file, node, world) : undefined;
      if (!listens || published.some(({ target }) => listens.ports.includes(target) || listens.mentioned(target))) continue;
      const wrong = [...new Set(published.map(({ node: at }) => at))];
      const right = listens.ports.length === 1 || listens.known ? listens.ports[0] : undefined;
      for (const at of wrong) {
        const port = published.find((each) => each.node === at);
        if (!port || at.span.start < 0) continue;
        yield {
          span: at.kind === 'map' ? (get(at, 'target')?.span ?? at.span) : at.span,
          message: `${listens.says} ${listens.ports.join(', ')}; nothing in «${name}» listens on ${port.target}.`,
          fixes: right === undefined || wrong.length > 1 ? [] : toTarget(file.source, port, right),
        };
      }
    }
  },
});

/** Where programs of the usual frameworks are told their port, seen from the build context. */
const settingsFiles = [
  ...['properties', 'yml', 'yaml'].flatMap((end) => [`src/main/resources/application.${end}`, `config/application.${end}`]),
  ...['package.json', 'vite.config.ts', 'vite.config.js', 'gunicorn.conf.py', 'config.toml', '.streamlit/config.toml'],
  ...['main.py', 'app.py', 'server.py', 'run.py', 'app/main.py', 'src/main.py', 'server.js', 'index.js', 'main.go'],
];

interface Listening {
  readonly ports: readonly number[];
  readonly says: string;
  /** Whether the first of the ports is the main one. */
  readonly known: boolean;
  /** Whether a port is named in anything that may tell the program to listen on it. */
  readonly mentioned: (port: number) => boolean;
}

function listeningOn(file: ComposeFile, service: MapNode, world: World): Listening | undefined {
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
    ...items(get(service, 'healthcheck', 'test')).map((item) => text(item) ?? ''),
    ...items(get(service, 'expose')).map((item) => text(item) ?? ''),
    ...[...environmentOf(service).keys()].filter((key) => environmentOf(service).get(key)?.value === undefined),
  ];
  const inText = (content: string) => (port: number) => new RegExp(`(?:^|\\D)${port}(?:\\D|$)`).test(content);
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

function toTarget(file: Source, { node, target }: PublishedPort, right: number): readonly Fix[] {
  const at = node.kind === 'map' ? get(node, 'target') : node;
  if (at?.kind !== 'scalar') return [];
  const written = slice(file, at.span);
  const found = new RegExp(`(\\d+)(?=(?:/tcp)?["']?$)`).exec(written);
  if (found?.[1] !== String(target)) return [];
  const start = at.span.start + found.index;
  return [{ title: `Publish ${right}`, safe: false, edits: [{ span: { start, end: start + found[1].length }, text: String(right) }] }];
}
