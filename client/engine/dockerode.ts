import { setMaxListeners } from 'node:events';
import { Agent } from 'node:http';
import { Readable } from 'node:stream';
import type Dockerode from 'dockerode';
import { containerDetails } from './details.ts';
import type { Change, Endpoint, EngineClient, ExecResult, ResourceKind } from './engine.ts';
import { EngineError, engineError } from './failure.ts';
import { jsonLines } from './jsonLines.ts';
import { list, number, object, text } from './json.ts';
import * as read from './read.ts';
import { SshAgent } from './sshAgent.ts';

/** Reaches an engine. The library is loaded here, on first use, because it is large. */
export async function connectDocker(endpoint: Endpoint): Promise<EngineClient> {
  const { default: Docker } = await import('dockerode');
  const agent = endpoint.host.startsWith('ssh://') ? new SshAgent(endpoint.host) : new Agent({ keepAlive: true, maxSockets: 64 });
  return dockerodeEngine(new Docker(address(endpoint, agent)), endpoint, agent);
}

/** Every option is said, since the library takes what is absent from the environment. */
function address({ host, tls }: Endpoint, agent: Agent): object {
  const none = { host: undefined, port: undefined, socketPath: undefined, ca: undefined, cert: undefined, key: undefined };
  const rest = { agent, protocol: 'http', headers: {} } as const;
  if (host.startsWith('unix://')) return { ...none, ...rest, socketPath: host.slice('unix://'.length) };
  if (host.startsWith('npipe://')) return { ...none, ...rest, socketPath: host.slice('npipe://'.length) };
  if (host.startsWith('ssh://')) return { ...none, ...rest, host: 'docker', port: 80 };
  const url = new URL(host.replace(/^tcp:/, 'http:'));
  const place = { host: url.hostname, port: Number(url.port) || (tls ? 2376 : 2375) };
  if (!tls) return { ...none, ...rest, ...place, protocol: url.protocol === 'https:' ? 'https' : 'http' };
  const { ca, cert, key, verify } = tls;
  const trust = verify ? {} : { checkServerIdentity: () => undefined };
  return { ...none, headers: {}, ...place, protocol: 'https', ca, cert, key, ...trust };
}

function dockerodeEngine(docker: Dockerode, endpoint: Endpoint, agent: Agent): EngineClient {
  const container = (id: string): Dockerode.Container => docker.getContainer(id);
  const open = new AbortController();
  const until = (signal?: AbortSignal): AbortSignal => (signal ? AbortSignal.any([signal, open.signal]) : open.signal);

  return {
    endpoint,
    ping: () => ask(docker.ping()).then(nothing),
    info: async () => read.readInfo(await ask<unknown>(docker.info())),

    containers: async () => list(await ask(docker.listContainers({ all: true }))).flatMap(read.readContainer),
    images: async () => list(await ask(docker.listImages())).flatMap(read.readImage),
    volumes: async () => list(object(await ask(docker.listVolumes()))['Volumes']).flatMap(read.readVolume),
    networks: async () => list(await ask(docker.listNetworks())).flatMap(read.readNetwork),
    details: async (id) => containerDetails(await ask(container(id).inspect())),
    inspect: (kind, id) => ask<unknown>(record(docker, kind, id)),

    start: (id) => ask(container(id).start()).catch(unlessAlready),
    stop: (id) => ask(container(id).stop()).catch(unlessAlready),
    restart: (id) => ask(container(id).restart()).then(nothing),
    pause: (id) => ask(container(id).pause()).then(nothing),
    unpause: (id) => ask(container(id).unpause()).then(nothing),
    kill: (id, signal) => ask(container(id).kill({ signal })).then(nothing),
    rename: (id, name) => ask(container(id).rename({ name })).then(nothing),
    removeContainer: (id, { force, volumes }) => ask(container(id).remove({ force, v: volumes })).catch(unlessGone),
    removeImage: (reference, { force }) => ask(docker.getImage(reference).remove({ force })).then(nothing),
    removeVolume: (name) => ask(docker.getVolume(name).remove()).then(nothing),
    removeNetwork: (id) => ask(docker.getNetwork(id).remove()).then(nothing),
    createVolume: (Name) => ask(docker.createVolume({ Name })).then(nothing),
    createNetwork: (Name, { driver = 'bridge', internal = false }) =>
      ask(docker.createNetwork({ Name, Driver: driver, Internal: internal })).then(nothing),
    connect: (network, id) => ask(docker.getNetwork(network).connect({ Container: id })).then(nothing),
    disconnect: (network, id) => ask(docker.getNetwork(network).disconnect({ Container: id })).then(nothing),
    tag: (image, reference) => {
      const colon = reference.lastIndexOf(':');
      const tagged = colon > reference.lastIndexOf('/');
      const [repo, tag] = tagged ? [reference.slice(0, colon), reference.slice(colon + 1)] : [reference, 'latest'];
      return ask(docker.getImage(image).tag({ repo, tag })).then(nothing);
    },
    async *pull(reference, signal) {
      const stream = await ask(docker.pull(reference, { abortSignal: until(signal) }));
      for await (const value of jsonLines(bytes(stream, until(signal)))) {
        const failed = text(object(value)['error']);
        if (failed) throw new EngineError('refused', failed);
        yield read.readTransfer(value);
      }
    },
    prune: async (kind, { all = false } = {}) => read.readPruned(await ask(pruned(docker, kind, all))),
    diskUsage: async () => read.readDiskUsage(await ask(docker.df())),

    async logs(id, { tail, since, follow, signal }) {
      const abortSignal = until(signal);
      const { tty } = containerDetails(await ask(container(id).inspect()));
      const wanted = {
        stdout: true,
        stderr: true,
        timestamps: true,
        ...(tail !== undefined && { tail }),
        ...(since !== undefined && { since }),
      };
      // The types have one signature for a stream and another for a buffer; `follow` decides which.
      const given = { ...wanted, abortSignal, follow } as unknown as { readonly follow: true };
      const answer: unknown = await ask(container(id).logs(given));
      return { tty, chunks: answer instanceof Uint8Array ? once(answer) : bytes(answer as NodeJS.ReadableStream, abortSignal) };
    },
    async attach(id, signal) {
      const abortSignal = until(signal);
      return bytes(await ask(container(id).attach({ stream: true, stdout: true, stderr: true, abortSignal })), abortSignal);
    },
    exec: (id, command, { signal } = {}) => run(docker, id, command, until(signal)),
    history: async (image) => list(await ask<unknown>(docker.getImage(image).history())).map(read.readLayer),
    top: async (id) => read.readTop(await ask(container(id).top())),
    archive: async (id, path, signal) => bytes(await ask(container(id).getArchive({ path, abortSignal: until(signal) })), until(signal)),

    changes: (signal, onOpen) => changes(docker, until(signal), onOpen),
    close: () => {
      open.abort();
      agent.destroy();
    },
  };
}

async function* changes(docker: Dockerode, signal: AbortSignal, onOpen?: () => void): AsyncIterable<Change> {
  const stream = await ask(docker.getEvents({ abortSignal: signal }));
  onOpen?.();
  for await (const value of jsonLines(bytes(stream, signal))) yield* read.readChange(value);
  if (!signal.aborted) throw new EngineError('unreachable', 'The engine closed its event stream.');
}

async function* once(all: Uint8Array): AsyncIterable<Uint8Array> {
  yield await Promise.resolve(all);
}

function record(docker: Dockerode, kind: ResourceKind, id: string): Promise<unknown> {
  switch (kind) {
    case 'container':
      return docker.getContainer(id).inspect();
    case 'image':
      return docker.getImage(id).inspect();
    case 'volume':
      return docker.getVolume(id).inspect();
    case 'network':
      return docker.getNetwork(id).inspect();
  }
}

function pruned(docker: Dockerode, kind: ResourceKind | 'build', all: boolean): Promise<unknown> {
  switch (kind) {
    case 'container':
      return docker.pruneContainers();
    case 'image':
      return docker.pruneImages({ filters: { dangling: [String(!all)] } });
    case 'volume':
      return docker.pruneVolumes(all ? { filters: { all: ['true'] } } : {});
    case 'network':
      return docker.pruneNetworks();
    case 'build':
      return docker.pruneBuilder();
  }
}

async function run(docker: Dockerode, id: string, command: readonly string[], signal: AbortSignal): Promise<ExecResult> {
  const exec = await ask(docker.getContainer(id).exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true }));
  const stream = await ask(exec.start({ hijack: false, stdin: false, abortSignal: signal }));
  const pieces: { 1: Uint8Array[]; 2: Uint8Array[] } = { 1: [], 2: [] };
  let rest = Buffer.alloc(0);
  for await (const chunk of bytes(stream, signal)) {
    rest = Buffer.concat([rest, chunk]);
    for (let length; rest.length >= 8 && rest.length >= 8 + (length = rest.readUInt32BE(4)); rest = rest.subarray(8 + length))
      pieces[rest[0] === 2 ? 2 : 1].push(rest.subarray(8, 8 + length));
  }
  const ended = object(await ask(exec.inspect()));
  const said = (which: 1 | 2): string => Buffer.concat(pieces[which]).toString('utf8');
  return { code: number(ended['ExitCode']), out: said(1), err: said(2) };
}

/** A stream's bytes until it ends or the signal comes, which is no error. */
async function* bytes(stream: NodeJS.ReadableStream, signal: AbortSignal): AsyncIterable<Uint8Array> {
  const source = stream instanceof Readable ? stream : new Readable().wrap(stream);
  const end = (): void => void source.destroy();
  // Each container of a project is read with the same signal, and there may be any number.
  setMaxListeners(0, signal);
  if (signal.aborted) end();
  signal.addEventListener('abort', end, { once: true });
  try {
    for await (const chunk of source) yield chunk as Uint8Array;
  } catch (error) {
    if (!signal.aborted) throw engineError(error);
  } finally {
    signal.removeEventListener('abort', end);
    source.destroy();
  }
}

const nothing = (): void => undefined;

async function ask<T>(request: Promise<T>): Promise<T> {
  try {
    return await request;
  } catch (error) {
    throw engineError(error);
  }
}

/** 304: it is in that state already, which is what was wanted. */
function unlessAlready(error: EngineError): void {
  if (error.status !== 304) throw error;
}

/** Gone already, or going: what was wanted. */
function unlessGone(error: EngineError): void {
  if (error.reason !== 'missing' && !/removal of container .* is already in progress/i.test(error.message)) throw error;
}
