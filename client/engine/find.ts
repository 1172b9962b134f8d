import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

// Where engines are: Docker's own contexts and variables, read as the docker command reads them.

/** What dockerode needs to reach an engine, and its address for people. */
export interface Endpoint {
  readonly address: string;
  readonly options: {
    readonly socketPath?: string;
    readonly host?: string;
    readonly port?: number;
    readonly protocol?: 'http' | 'https' | 'ssh';
    readonly username?: string;
    readonly ca?: Buffer;
    readonly cert?: Buffer;
    readonly key?: Buffer;
    readonly sshOptions?: Readonly<Record<string, unknown>>;
  };
}

/** A Docker context. */
export interface Context {
  readonly kind: 'context';
  readonly id: string;
  readonly name: string;
  readonly description: string;
  readonly host: string;
  readonly current: boolean;
  /** The variable that decides, when one does: switching then has no effect. */
  readonly decidedBy?: string;
}

export type Environment = Readonly<Record<string, string | undefined>>;

const defaultHost = process.platform === 'win32' ? 'npipe:////./pipe/docker_engine' : 'unix:///var/run/docker.sock';
const folder = (env: Environment): string => env['DOCKER_CONFIG'] ?? join(homedir(), '.docker');

function config(env: Environment): Record<string, unknown> {
  try {
    return JSON.parse(readFileSync(join(folder(env), 'config.json'), 'utf8')) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** All contexts, the default one first. Which is current follows DOCKER_HOST, DOCKER_CONTEXT and the configuration, in this order. */
export function contexts(env: Environment): readonly Context[] {
  const stored = storedContexts(env);
  const decidedBy = env['DOCKER_HOST'] ? 'DOCKER_HOST' : env['DOCKER_CONTEXT'] ? 'DOCKER_CONTEXT' : undefined;
  const wanted = env['DOCKER_HOST'] ? 'default' : (env['DOCKER_CONTEXT'] ?? config(env)['currentContext'] ?? 'default');
  const known = stored.some(({ name }) => name === wanted) ? wanted : 'default';
  const all = [
    {
      name: 'default',
      description: env['DOCKER_HOST'] ? 'From DOCKER_HOST' : 'The engine on this machine',
      host: env['DOCKER_HOST'] ?? firstSocket(),
    },
    ...stored,
  ];
  return all.map(({ name, description, host }) => ({
    kind: 'context',
    id: name,
    name,
    description,
    host,
    current: name === known,
    ...(decidedBy ? { decidedBy } : {}),
  }));
}

/** Sockets of engines that do not make a context of their own. */
function firstSocket(): string {
  if (process.platform === 'win32') return defaultHost;
  const candidates = [
    '/var/run/docker.sock',
    join(homedir(), '.docker/run/docker.sock'),
    `/run/user/${process.getuid?.() ?? 0}/docker.sock`,
    join(homedir(), '.colima/default/docker.sock'),
    `/run/user/${process.getuid?.() ?? 0}/podman/podman.sock`,
  ];
  return `unix://${candidates.find((path) => existsSync(path)) ?? '/var/run/docker.sock'}`;
}

function storedContexts(env: Environment): { readonly name: string; readonly description: string; readonly host: string }[] {
  const meta = join(folder(env), 'contexts', 'meta');
  let names: string[];
  try {
    names = readdirSync(meta);
  } catch {
    return [];
  }
  return names
    .flatMap((name) => {
      try {
        const { Name, Metadata, Endpoints } = JSON.parse(readFileSync(join(meta, name, 'meta.json'), 'utf8')) as {
          Name?: string;
          Metadata?: { Description?: string };
          Endpoints?: { docker?: { Host?: string } };
        };
        return Name ? [{ name: Name, description: Metadata?.Description ?? '', host: Endpoints?.docker?.Host || defaultHost }] : [];
      } catch {
        return [];
      }
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Makes a context the current one, as `docker context use` does. */
export function useContext(name: string, env: Environment): void {
  const path = join(folder(env), 'config.json');
  const { currentContext: _, ...others } = config(env);
  const next = name === 'default' ? others : { ...others, currentContext: name };
  mkdirSync(folder(env), { recursive: true });
  const partial = `${path}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(next, null, '\t')}\n`, { mode: 0o600 });
  renameSync(partial, path);
}

/** How to reach a context's engine. */
export function endpoint({ host, name }: Pick<Context, 'host' | 'name'>, env: Environment): Endpoint {
  if (host.startsWith('unix://')) return { address: host, options: { socketPath: host.slice('unix://'.length) } };
  if (host.startsWith('npipe://')) return { address: host, options: { socketPath: host.slice('npipe://'.length).replaceAll('/', '\\') } };
  const url = new URL(host);
  if (url.protocol === 'ssh:') {
    const agent = env['SSH_AUTH_SOCK'];
    return {
      address: host,
      options: {
        protocol: 'ssh',
        host: url.hostname,
        port: Number(url.port || 22),
        ...(url.username ? { username: url.username } : {}),
        ...(agent ? { sshOptions: { agent, agentForward: true } } : {}),
      },
    };
  }
  const tls = certificates(name, env);
  return {
    address: host,
    options: {
      host: url.hostname.replace(/^\[|\]$/g, ''),
      port: Number(url.port || (tls ? 2376 : 2375)),
      protocol: tls ? 'https' : 'http',
      ...tls,
    },
  };
}

function certificates(context: string, env: Environment): Pick<Endpoint['options'], 'ca' | 'cert' | 'key'> | undefined {
  const hash = createHash('sha256').update(context).digest('hex');
  const stored = join(folder(env), 'contexts', 'tls', hash, 'docker');
  const path = context === 'default' ? (env['DOCKER_TLS_VERIFY'] ? (env['DOCKER_CERT_PATH'] ?? folder(env)) : undefined) : stored;
  if (path === undefined || !existsSync(path)) return undefined;
  const file = (name: string): Buffer | undefined => (existsSync(join(path, name)) ? readFileSync(join(path, name)) : undefined);
  const [ca, cert, key] = [file('ca.pem'), file('cert.pem'), file('key.pem')];
  return { ...(ca ? { ca } : {}), ...(cert ? { cert } : {}), ...(key ? { key } : {}) };
}
