import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import type { Endpoint } from './engine.ts';
import { object, text } from './json.ts';

/** A way to an engine that a person can choose. */
export interface FoundContext {
  readonly name: string;
  readonly host: string;
  readonly description: string;
  readonly tls?: { readonly folder: string; readonly verify: boolean };
}

/** What is looked at; the real ones unless a test says otherwise. */
export interface Surroundings {
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly home: string;
  readonly platform: NodeJS.Platform;
  readonly uid?: number;
}

export const surroundings = (): Surroundings => {
  const uid = process.getuid?.();
  return { env: process.env, home: homedir(), platform: process.platform, ...(uid !== undefined && { uid }) };
};

/** The folder of the docker command line's own settings. */
export const configFolder = ({ env, home }: Surroundings): string => env['DOCKER_CONFIG'] ?? join(home, '.docker');

/** The contexts as `docker context ls` has them, and engines that no context names but whose sockets are there. */
export function findContexts(around: Surroundings = surroundings()): readonly FoundContext[] {
  const known = [defaultContext(around), ...storedContexts(around)];
  const others = sockets(around)
    .map(({ name, path }): FoundContext => ({ name, host: `unix://${path}`, description: 'found on this machine' }))
    .filter(({ host, name }) => !known.some((one) => one.host === host || one.name === name));
  return [...known, ...others];
}

/** Which context the docker command line uses now. */
export function currentContext(around: Surroundings = surroundings()): string {
  const { env } = around;
  // As the command line does: DOCKER_HOST wins and is the default context's.
  if (env['DOCKER_HOST']) return 'default';
  if (env['DOCKER_CONTEXT']) return env['DOCKER_CONTEXT'];
  return text(object(readJson(join(configFolder(around), 'config.json')))['currentContext']) || 'default';
}

/** Where a context's engine is. A name that is not there is an error that says so. */
export function endpointOf(name: string, around: Surroundings = surroundings()): Endpoint {
  const context = findContexts(around).find((one) => one.name === name);
  if (!context) throw new Error(`There is no Docker context "${name}".`);
  const { host, tls } = context;
  const own = storedContexts(around).some((one) => one.name === name);
  const file = (folder: string, base: string): string | undefined =>
    existsSync(join(folder, base)) ? readFileSync(join(folder, base), 'utf8') : undefined;
  const [ca, cert, key] = tls ? ['ca.pem', 'cert.pem', 'key.pem'].map((base) => file(tls.folder, base)) : [];
  return {
    context: name,
    host,
    ...(tls && {
      tls: { verify: tls.verify, ...(ca !== undefined && { ca }), ...(cert !== undefined && { cert }), ...(key !== undefined && { key }) },
    }),
    // The variable that is not wanted is emptied: it would win over the other.
    env: own ? { DOCKER_CONTEXT: name, DOCKER_HOST: '' } : { DOCKER_HOST: host, DOCKER_CONTEXT: '' },
  };
}

function defaultContext(around: Surroundings): FoundContext {
  const { env, platform } = around;
  const given = env['DOCKER_HOST'];
  if (given) {
    const host = given.includes('://') ? given : `tcp://${given}`;
    const secure = host.startsWith('tcp:') && (env['DOCKER_TLS_VERIFY'] || env['DOCKER_CERT_PATH']);
    const folder = env['DOCKER_CERT_PATH'] ?? configFolder(around);
    const tls = secure ? { tls: { folder, verify: Boolean(env['DOCKER_TLS_VERIFY']) } } : {};
    return { name: 'default', host, description: 'from DOCKER_HOST', ...tls };
  }
  if (platform === 'win32') return { name: 'default', host: 'npipe:////./pipe/docker_engine', description: 'Docker on this machine' };
  const usual = '/var/run/docker.sock';
  const path = existsSync(usual) ? usual : (sockets(around)[0]?.path ?? usual);
  return { name: 'default', host: `unix://${path}`, description: 'Docker on this machine' };
}

/** Sockets that engines other than the system's own make. */
function sockets({ env, home, platform, uid = 0 }: Surroundings): readonly { readonly name: string; readonly path: string }[] {
  if (platform === 'win32') return [];
  const runtime = env['XDG_RUNTIME_DIR'] ?? `/run/user/${uid}`;
  const places = [
    { name: 'rootless', path: join(runtime, 'docker.sock') },
    { name: 'docker-desktop', path: join(home, '.docker/run/docker.sock') },
    { name: 'docker-desktop-linux', path: join(home, '.docker/desktop/docker.sock') },
    { name: 'colima', path: join(home, '.colima/default/docker.sock') },
    { name: 'rancher-desktop', path: join(home, '.rd/docker.sock') },
    { name: 'orbstack', path: join(home, '.orbstack/run/docker.sock') },
    { name: 'podman', path: join(runtime, 'podman/podman.sock') },
    { name: 'podman-system', path: '/run/podman/podman.sock' },
  ];
  return places.filter(({ path }) => existsSync(path));
}

function storedContexts(around: Surroundings): readonly FoundContext[] {
  const folder = join(configFolder(around), 'contexts');
  const meta = join(folder, 'meta');
  if (!existsSync(meta)) return [];
  return readdirSync(meta)
    .flatMap((entry): readonly FoundContext[] => {
      const record = object(readJson(join(meta, entry, 'meta.json')));
      const name = text(record['Name']);
      const docker = object(object(record['Endpoints'])['docker']);
      const host = text(docker['Host']);
      if (!name || !host) return [];
      const description = text(object(record['Metadata'])['Description']);
      const keys = join(folder, 'tls', createHash('sha256').update(name).digest('hex'), 'docker');
      return [{ name, host, description, ...(existsSync(keys) && { tls: { folder: keys, verify: docker['SkipTLSVerify'] !== true } }) }];
    })
    .sort((a, b) => a.name.localeCompare(b.name));
}

function readJson(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    // Absent, or being written: as good as empty.
    return undefined;
  }
}
