import { date, list, number, object, text, texts, type Json } from './json.ts';

/** What the engine's list does not say of a container. */
export interface ContainerDetails {
  readonly running: boolean;
  /** RFC 3339; absent when it never started or never ended. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** What the engine said when it could not start. */
  readonly error: string;
  readonly tty: boolean;
  /** Bytes of `/dev/shm`. */
  readonly shm: number;
  readonly gpus: readonly GpuRequest[];
  readonly healthLog: readonly { readonly exitCode: number; readonly output: string }[];
  readonly autoRemove: boolean;
}

/** What a container asked for: all GPUs, a number of them, or some by index, UUID or CDI name. */
export type GpuRequest =
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'devices'; readonly ids: readonly string[] };

/** What `inspect` says of a container. */
export function containerDetails(value: unknown): ContainerDetails {
  const record = object(value);
  const state = object(record['State']);
  const config = object(record['Config']);
  const host = object(record['HostConfig']);
  const [startedAt, finishedAt] = [date(state['StartedAt']), date(state['FinishedAt'])];
  return {
    running: state['Running'] === true,
    ...(startedAt !== undefined && { startedAt }),
    ...(finishedAt !== undefined && { finishedAt }),
    exitCode: number(state['ExitCode']),
    oomKilled: state['OOMKilled'] === true,
    error: text(state['Error']),
    tty: config['Tty'] === true,
    shm: number(host['ShmSize']),
    gpus: gpuRequests(host, texts(config['Env'])),
    healthLog: list(object(state['Health'])['Log'])
      .map(object)
      .map((probe) => ({ exitCode: number(probe['ExitCode']), output: text(probe['Output']).trim() })),
    autoRemove: host['AutoRemove'] === true,
  };
}

/** The GPUs a container asked for by any of the three ways: `--gpus`, CDI, the NVIDIA runtime's variable. */
function gpuRequests(host: Json, env: readonly string[]): readonly GpuRequest[] {
  const asked = list(host['DeviceRequests']).map(object).flatMap(ofDeviceRequest);
  if (asked.length || text(host['Runtime']) !== 'nvidia') return asked;
  const visible = env.find((entry) => entry.startsWith('NVIDIA_VISIBLE_DEVICES='))?.slice('NVIDIA_VISIBLE_DEVICES='.length);
  if (visible === undefined || ['', 'void', 'none'].includes(visible)) return [];
  return visible === 'all' ? [{ kind: 'all' }] : [{ kind: 'devices', ids: visible.split(',').map((id) => id.trim()) }];
}

function ofDeviceRequest(request: Json): readonly GpuRequest[] {
  const ids = texts(request['DeviceIDs']);
  if (text(request['Driver']) === 'cdi') {
    const gpus = ids.filter((id) => /\/gpu=/.test(id));
    if (!gpus.length) return [];
    return gpus.some((id) => id.endsWith('=all')) ? [{ kind: 'all' }] : [{ kind: 'devices', ids: gpus }];
  }
  const capabilities = list(request['Capabilities']).flatMap(texts);
  const driver = text(request['Driver']);
  if (!capabilities.includes('gpu') && driver !== 'nvidia') return [];
  if (ids.length) return [{ kind: 'devices', ids }];
  const count = number(request['Count']);
  if (count < 0) return [{ kind: 'all' }];
  return count ? [{ kind: 'count', count }] : [];
}
