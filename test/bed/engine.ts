import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, openSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { writeGpuBoundary } from './gpu.ts';
import { ensurePrograms } from './packages.ts';
import { cache, must, run, timed, until, type Log, type Output, type Unavailable } from './shell.ts';

/** A real Docker Engine and the command line that talks to it. */
export interface BedEngine {
  /** `unix:///…`, as DOCKER_HOST has it. */
  readonly host: string;
  readonly socket: string;
  /** Whether the bed started it, so that its GPU boundary and its registry are ours. */
  readonly own: boolean;
  /** The environment for `docker`, `docker compose`, VS Code. */
  readonly env: NodeJS.ProcessEnv;
  docker(args: readonly string[], options?: { readonly input?: string; readonly cwd?: string }): Promise<Output>;
  /** The same, but a non-zero status throws; answers standard output, trimmed. */
  must(args: readonly string[], options?: { readonly input?: string; readonly cwd?: string }): Promise<string>;
  start(): Promise<void>;
  /** SIGKILL, as a crash: containers and state stay for the next start. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** The engine that answers on this machine; else one of our own, left running for the next call. */
export async function ensureEngine(log: Log = () => undefined): Promise<BedEngine | Unavailable> {
  const usual = usualSocket();
  if (usual && (await answers(usual))) return engineAt({ socket: usual, own: false, env: process.env });
  return ownEngine('shared', log, { gpuHook: true });
}

/** A separate engine of our own, for tests that kill it. Stop it when done. */
export function privateEngine(
  name: string,
  log: Log = () => undefined,
  options: { readonly gpuHook?: boolean } = {},
): Promise<BedEngine | Unavailable> {
  return ownEngine(name, log, { gpuHook: options.gpuHook ?? false });
}

function usualSocket(): string | undefined {
  const host = process.env['DOCKER_HOST'];
  if (host) return host.startsWith('unix://') ? host.slice('unix://'.length) : undefined;
  return existsSync('/var/run/docker.sock') ? '/var/run/docker.sock' : undefined;
}

async function ownEngine(name: string, log: Log, { gpuHook }: { readonly gpuHook: boolean }): Promise<BedEngine | Unavailable> {
  const programs = await ensurePrograms(log);
  if ('unavailable' in programs) return programs;
  const state = `/run/ml-containers-bed/${name}`;
  const data = join(cache, 'engines', name);
  const socket = join(state, 'docker.sock');
  for (const folder of [state, data, join(state, 'config')]) mkdirSync(folder, { recursive: true });
  const plugins = join(state, 'config/cli-plugins');
  if (!existsSync(plugins)) symlinkSync(programs.plugins, plugins);
  const gpu = writeGpuBoundary(join(data, 'gpu'), { hook: gpuHook });
  const env = {
    ...process.env,
    PATH: `${gpu.bin}:${programs.path}:${process.env['PATH'] ?? ''}`,
    DOCKER_HOST: `unix://${socket}`,
    DOCKER_CONFIG: join(state, 'config'),
  };
  const config = {
    features: { cdi: true, 'containerd-snapshotter': false },
    'cdi-spec-dirs': [gpu.cdi],
    'insecure-registries': ['127.0.0.0/8'],
  };
  writeFileSync(join(state, 'daemon.json'), JSON.stringify(config));
  const pidFile = join(state, 'docker.pid');

  const alive = (): number | undefined => {
    const pid = existsSync(pidFile) ? Number(readFileSync(pidFile, 'utf8')) : NaN;
    return Number.isInteger(pid) && existsSync(`/proc/${pid}`) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(socket)
      ? pid
      : undefined;
  };
  const start = async (): Promise<void> => {
    if (alive() && (await answers(socket))) return;
    rmSync(pidFile, { force: true });
    const file = openSync(join(state, 'dockerd.log'), 'a');
    const network = name === 'shared' ? [] : await ownNetwork(name);
    const args = [
      '--config-file',
      join(state, 'daemon.json'),
      '--data-root',
      data,
      '--exec-root',
      join(state, 'exec'),
      '--pidfile',
      pidFile,
      '-H',
      `unix://${socket}`,
      ...network,
    ];
    spawn('dockerd', args, { env, detached: true, stdio: ['ignore', file, file] }).unref();
    await until(`the Docker Engine (see ${join(state, 'dockerd.log')})`, () => answers(socket), 60_000);
  };
  const end = async (signal: 'SIGKILL' | 'SIGTERM'): Promise<void> => {
    const pid = alive();
    if (!pid) return;
    process.kill(pid, signal);
    await until('the end of the Docker Engine', () => !existsSync(`/proc/${pid}`), 30_000);
    if (signal === 'SIGTERM') return;
    // What a crash leaves: the pid file and containerd, which the next start takes over or replaces.
    rmSync(pidFile, { force: true });
  };
  if (!(await answers(socket))) await timed(log, `start the Docker Engine (${name})`, start);
  return { ...engineAt({ socket, own: true, env }), start, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}

/** Two engines on one machine may not meet: another than the first gets a bridge of its own and leaves the firewall alone. */
async function ownNetwork(name: string): Promise<string[]> {
  const number = Array.from(name).reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 250, 0);
  const bridge = `mlc-${name}`.slice(0, 15);
  if ((await run('ip', ['link', 'show', bridge])).code !== 0) {
    await must('ip', ['link', 'add', bridge, 'type', 'bridge']);
    await must('ip', ['address', 'add', `10.213.${number}.1/24`, 'dev', bridge]);
  }
  await must('ip', ['link', 'set', bridge, 'up']);
  return [`--bridge=${bridge}`, '--iptables=false', '--ip6tables=false'];
}

function engineAt({ socket, own, env }: { readonly socket: string; readonly own: boolean; readonly env: NodeJS.ProcessEnv }): BedEngine {
  const nothing = (): Promise<void> => Promise.resolve();
  return {
    host: `unix://${socket}`,
    socket,
    own,
    env,
    docker: (args, options) => run('docker', args, { env, ...options }),
    must: async (args, options) => (await must('docker', args, { env, ...options })).trim(),
    start: nothing,
    kill: nothing,
    stop: nothing,
  };
}

/** Whether an engine answers at a socket. */
export function answers(socket: string): Promise<boolean> {
  return new Promise((done) => {
    const ping = request({ socketPath: socket, path: '/_ping', timeout: 2000 }, (response) => {
      response.resume();
      done(response.statusCode === 200);
    });
    ping.on('error', () => {
      done(false);
    });
    ping.on('timeout', () => {
      ping.destroy();
      done(false);
    });
    ping.end();
  });
}
