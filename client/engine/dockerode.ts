import type { IncomingMessage } from 'node:http';
import { PassThrough, type Readable } from 'node:stream';
import Docker from 'dockerode';
import {
  EngineError,
  type Change,
  type Container,
  type ContainerState,
  type EngineClient,
  type EngineInfo,
  type Health,
  type Image,
  type Network,
  type Port,
  type Pruned,
  type Reason,
  type ResourceKind,
  type Volume,
} from './engine.ts';
import type { Endpoint } from './find.ts';

// The only file that knows dockerode. What it passes on is plain data; a record it cannot read does not hide the others.

/** Connects to an engine; nothing is sent until something is asked. */
export function connectDocker(endpoint: Endpoint): EngineClient {
  const docker = new Docker(endpoint.options);
  const container = (id: string) => docker.getContainer(id);
  return {
    address: endpoint.address,
    info: () => asked(async () => infoOf((await docker.info()) as unknown)),
    containers: () => asked(async () => readable(await docker.listContainers({ all: true }), containerOf)),
    images: () => asked(async () => readable(await docker.listImages(), imageOf)),
    volumes: () => asked(async () => readable((await docker.listVolumes()).Volumes, volumeOf)),
    networks: () => asked(async () => readable(await docker.listNetworks(), networkOf)),
    inspect: (kind, id) => asked(() => resource(docker, kind, id).inspect()),
    // 304: it is so already.
    start: (id) => done(() => container(id).start(), 304),
    stop: (id) => done(() => container(id).stop(), 304),
    restart: (id) => done(() => container(id).restart()),
    pause: (id) => done(() => container(id).pause()),
    unpause: (id) => done(() => container(id).unpause()),
    kill: (id) => done(() => container(id).kill()),
    rename: (id, name) => done(() => container(id).rename({ name })),
    remove: (kind, id, { force }) =>
      done(() => resource(docker, kind, id).remove({ force, ...(kind === 'container' ? { v: true } : {}) }), 404),
    prune: (kind) => asked(() => prune(docker, kind)),
    logs: (id, options) =>
      asked(async () => {
        const { Config } = await container(id).inspect();
        const query = {
          stdout: true,
          stderr: true,
          timestamps: true,
          ...(options.tail === undefined ? {} : { tail: options.tail }),
          ...(options.since === undefined ? {} : { since: options.since }),
        };
        // dockerode tells the two apart by the literal: a followed log is a stream, the other a buffer.
        const stream = options.follow
          ? await container(id).logs({ ...query, follow: true, abortSignal: options.signal } as Docker.ContainerLogsOptions & {
              follow: true;
            })
          : await container(id).logs({ ...query, follow: false, abortSignal: options.signal } as Docker.ContainerLogsOptions & {
              follow: false;
            });
        return {
          tty: Config.Tty,
          chunks: Buffer.isBuffer(stream) ? once(stream) : chunksOf(stream as unknown as Readable, options.signal),
        };
      }),
    exec: (id, command, signal) => asked(() => run(docker, id, command, signal)),
    changes: (signal, onOpen) => changes(docker, signal, onOpen),
  };
}

function resource(docker: Docker, kind: ResourceKind, id: string) {
  switch (kind) {
    case 'container':
      return docker.getContainer(id) as { inspect(): Promise<unknown>; remove(options: object): Promise<unknown> };
    case 'image':
      return docker.getImage(id) as { inspect(): Promise<unknown>; remove(options: object): Promise<unknown> };
    case 'volume':
      return docker.getVolume(id) as { inspect(): Promise<unknown>; remove(options: object): Promise<unknown> };
    case 'network':
      return docker.getNetwork(id) as { inspect(): Promise<unknown>; remove(options: object): Promise<unknown> };
  }
}

async function asked<T>(work: () => Promise<T>, fine?: number): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (fine !== undefined && (error as { statusCode?: number }).statusCode === fine) return undefined as T;
    throw translated(error);
  }
}

/** For what is only done; an answer of `fine` means that it was so already. */
async function done(work: () => Promise<unknown>, fine?: number): Promise<void> {
  await asked(work, fine);
}

function translated(error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  const {
    statusCode,
    code,
    message = String(error),
    json,
    reason,
  } = error as { statusCode?: number; code?: string; message?: string; json?: { message?: string }; reason?: string };
  const own = (json?.message ?? reason ?? message).trim();
  return new EngineError(reasonOf(statusCode, code, own), json?.message ?? message.replace(/^\(HTTP code \d+\) [^-]*- /, ''), {
    cause: error,
  });
}

function reasonOf(status: number | undefined, code: string | undefined, message: string): Reason {
  if (code === 'EACCES' || code === 'EPERM' || status === 401 || status === 403) return 'denied';
  if (code === 'ABORT_ERR') return 'cancelled';
  if (status === undefined) return code === undefined && !/socket hang up/i.test(message) ? 'failed' : 'unreachable';
  if (status === 404) return 'missing';
  if (status === 409) return 'conflict';
  return status === 501 ? 'unsupported' : 'failed';
}

/** Reads what can be read. */
function readable<Raw, T>(rows: readonly Raw[] | null | undefined, read: (row: Raw) => T | readonly T[]): T[] {
  return (rows ?? []).flatMap((row) => {
    try {
      return read(row);
    } catch {
      return [];
    }
  });
}

const project = (labels: Readonly<Record<string, string>> | null | undefined) => {
  const name = labels?.['com.docker.compose.project'];
  return name ? { project: name } : {};
};

function containerOf(row: Docker.ContainerInfo): Container {
  const labels = row.Labels as Record<string, string> | null;
  const status = row.Status;
  const health = /\((health: starting|healthy|unhealthy)\)/.exec(status)?.[1]?.replace('health: ', '') as Health | undefined;
  const exit = /^Exited \((\d+)\)/.exec(status)?.[1];
  const service = labels?.['com.docker.compose.service'];
  return {
    kind: 'container',
    id: row.Id,
    name: nameOf(row),
    image: row.Image,
    state: row.State as ContainerState,
    status,
    ...(health ? { health } : {}),
    ...(exit === undefined ? {} : { exitCode: Number(exit) }),
    ports: readable(row.Ports, portOf),
    labels: labels ?? {},
    ...project(labels),
    ...(service ? { service } : {}),
    created: row.Created * 1000,
  };
}

/** Its own name: the one without a slash inside (the others are legacy links). */
const nameOf = ({ Names, Id }: Docker.ContainerInfo): string =>
  ((Names as readonly string[] | null) ?? []).map((name) => name.replace(/^\//, '')).find((name) => !name.includes('/')) ?? Id.slice(0, 12);

const portOf = ({ PrivatePort, PublicPort, Type, IP }: Docker.Port): Port => ({
  container: PrivatePort,
  protocol: Type,
  ...((PublicPort as number | undefined) ? { host: PublicPort } : {}),
  ...(IP ? { address: IP } : {}),
});

/** One row a name; one without a name when it has none. */
function imageOf(row: Docker.ImageInfo): readonly Image[] {
  const references = ((row.RepoTags as readonly string[] | null) ?? []).filter((tag) => !tag.startsWith('<none>'));
  const image = { kind: 'image' as const, id: row.Id, references, size: row.Size, created: row.Created * 1000 };
  return references.length ? references.map((reference) => ({ ...image, reference })) : [image];
}

function volumeOf(row: Docker.VolumeInspectInfo & { CreatedAt?: string }): Volume {
  const created = Date.parse(row.CreatedAt ?? '');
  return {
    kind: 'volume',
    id: row.Name,
    name: row.Name,
    driver: row.Driver,
    ...project(row.Labels),
    ...(Number.isNaN(created) ? {} : { created }),
  };
}

const builtIn = new Set(['bridge', 'host', 'none', 'nat', 'ingress', 'docker_gwbridge']);
const networkOf = (row: Docker.NetworkInspectInfo): Network => ({
  kind: 'network',
  id: row.Id,
  name: row.Name,
  driver: row.Driver,
  ...project(row.Labels),
  builtIn: builtIn.has(row.Name),
});

function infoOf(raw: unknown): EngineInfo {
  const info = raw as {
    Name?: string;
    ServerVersion?: string;
    OperatingSystem?: string;
    NCPU?: number;
    MemTotal?: number;
    Runtimes?: object;
    DiscoveredDevices?: { Source?: string; ID?: string }[];
  };
  return {
    name: info.Name ?? '',
    version: info.ServerVersion ?? '',
    os: info.OperatingSystem ?? '',
    cpus: info.NCPU ?? 0,
    memory: info.MemTotal ?? 0,
    runtimes: Object.keys(info.Runtimes ?? {}),
    cdiDevices: (info.DiscoveredDevices ?? []).flatMap(({ Source, ID }) => (Source === 'cdi' && ID ? [ID] : [])),
  };
}

async function prune(docker: Docker, kind: ResourceKind): Promise<Pruned> {
  switch (kind) {
    case 'container': {
      const done = await docker.pruneContainers();
      return { removed: (done.ContainersDeleted as readonly string[] | null)?.length ?? 0, bytes: done.SpaceReclaimed };
    }
    case 'image': {
      const done = await docker.pruneImages({ filters: { dangling: ['true'] } });
      return {
        removed: ((done.ImagesDeleted as readonly { Deleted?: string }[] | null) ?? []).filter(({ Deleted }) => Deleted).length,
        bytes: done.SpaceReclaimed,
      };
    }
    case 'volume': {
      const done = await docker.pruneVolumes({ filters: { all: ['true'] } });
      return { removed: (done.VolumesDeleted as readonly string[] | null)?.length ?? 0, bytes: done.SpaceReclaimed };
    }
    case 'network': {
      const done = await docker.pruneNetworks();
      return { removed: (done.NetworksDeleted as readonly string[] | null)?.length ?? 0, bytes: 0 };
    }
  }
}

async function run(docker: Docker, id: string, command: readonly string[], signal?: AbortSignal) {
  const exec = await docker.getContainer(id).exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({});
  signal?.addEventListener('abort', () => stream.destroy(), { once: true });
  const parts = { out: [] as Buffer[], err: [] as Buffer[] };
  const collect = (into: Buffer[]) => new PassThrough().on('data', (chunk: Buffer) => into.push(chunk));
  docker.modem.demuxStream(stream, collect(parts.out), collect(parts.err));
  await new Promise<void>((resolve, reject) => {
    stream.once('end', resolve).once('close', resolve).once('error', reject);
  });
  const { ExitCode } = await exec.inspect();
  return { code: ExitCode ?? -1, out: Buffer.concat(parts.out).toString(), err: Buffer.concat(parts.err).toString() };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}

async function* chunksOf(stream: Readable, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  const stop = (): void => void stream.destroy();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    for await (const chunk of stream) yield chunk as Uint8Array;
  } catch (error) {
    if (!signal.aborted) throw translated(error);
  } finally {
    signal.removeEventListener('abort', stop);
    stream.destroy();
  }
}

const kinds = new Set<string>(['container', 'image', 'volume', 'network']);

async function* changes(docker: Docker, signal: AbortSignal, onOpen: () => void): AsyncGenerator<Change> {
  let stream: IncomingMessage;
  try {
    stream = (await docker.getEvents({ filters: { type: ['container', 'image', 'volume', 'network'] } })) as unknown as IncomingMessage;
  } catch (error) {
    throw translated(error);
  }
  onOpen();
  let rest = '';
  for await (const chunk of chunksOf(stream, signal)) {
    const lines = (rest + Buffer.from(chunk).toString()).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      const event = read(line);
      if (event?.Type !== undefined && kinds.has(event.Type))
        yield {
          kind: event.Type as ResourceKind,
          action: event.Action ?? '',
          id: event.Actor?.ID ?? '',
          attributes: event.Actor?.Attributes ?? {},
        };
    }
  }
}

function read(line: string): { Type?: string; Action?: string; Actor?: { ID?: string; Attributes?: Record<string, string> } } | undefined {
  try {
    return line.trim() ? (JSON.parse(line) as ReturnType<typeof read>) : undefined;
  } catch {
    return undefined;
  }
}
