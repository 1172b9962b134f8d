/** What the engine's list does not say of a container, read from its whole answer. */
export interface ContainerDetails {
  readonly running: boolean;
  /** RFC 3339; absent when it never started, or never ended. */
  readonly startedAt?: string;
  readonly finishedAt?: string;
  readonly exitCode: number;
  readonly oomKilled: boolean;
  /** What the engine said when it could not start it. */
  readonly error: string;
  readonly autoRemove: boolean;
  readonly logDriver: string;
  readonly runtime: string;
  readonly gpus: readonly GpuRequest[];
  /** Bytes of `/dev/shm`. */
  readonly shm: number;
  readonly ipc: string;
}

/** What a container asked the engine for: all GPUs, a number of them, or some by index, UUID or CDI name. */
export type GpuRequest =
  | { readonly kind: 'all' }
  | { readonly kind: 'count'; readonly count: number }
  | { readonly kind: 'devices'; readonly ids: readonly string[] };

interface Inspected {
  readonly State?: {
    readonly Running?: boolean;
    readonly StartedAt?: string;
    readonly FinishedAt?: string;
    readonly ExitCode?: number;
    readonly OOMKilled?: boolean;
    readonly Error?: string;
  };
  readonly Config?: { readonly Env?: readonly string[] | null };
  readonly HostConfig?: {
    readonly AutoRemove?: boolean;
    readonly LogConfig?: { readonly Type?: string };
    readonly Runtime?: string;
    readonly DeviceRequests?: readonly DeviceRequest[] | null;
    readonly ShmSize?: number;
    readonly IpcMode?: string;
  };
}
interface DeviceRequest {
  readonly Driver?: string;
  readonly Count?: number;
  readonly DeviceIDs?: readonly string[] | null;
  readonly Capabilities?: readonly (readonly string[])[] | null;
}

/** Reads `docker inspect`'s record; what is missing or strange in it has its plain value. */
export function containerDetails(raw: unknown): ContainerDetails {
  const { State = {}, Config = {}, HostConfig = {} } = (typeof raw === 'object' && raw !== null ? raw : {}) as Inspected;
  const started = moment(State.StartedAt);
  const finished = moment(State.FinishedAt);
  return {
    running: State.Running ?? false,
    ...(started !== undefined && { startedAt: started }),
    ...(finished !== undefined && { finishedAt: finished }),
    exitCode: State.ExitCode ?? 0,
    oomKilled: State.OOMKilled ?? false,
    error: State.Error ?? '',
    autoRemove: HostConfig.AutoRemove ?? false,
    logDriver: HostConfig.LogConfig?.Type ?? '',
    runtime: HostConfig.Runtime ?? '',
    gpus: gpuRequests(HostConfig.DeviceRequests ?? [], HostConfig.Runtime ?? '', Config.Env ?? []),
    shm: HostConfig.ShmSize ?? 0,
    ipc: HostConfig.IpcMode ?? '',
  };
}

/** By device request, by CDI device, or by the variable of the NVIDIA runtime. */
export function gpuRequests(requests: readonly DeviceRequest[], runtime: string, env: readonly string[]): readonly GpuRequest[] {
  const asked = requests.flatMap(({ Driver, Count = 0, DeviceIDs, Capabilities }): GpuRequest[] => {
    const ids = DeviceIDs ?? [];
    if (Driver === 'cdi') {
      const gpus = ids.filter((id) => id.startsWith('nvidia.com/gpu='));
      if (gpus.includes('nvidia.com/gpu=all')) return [{ kind: 'all' }];
      return gpus.length ? [{ kind: 'devices', ids: gpus }] : [];
    }
    if (Driver !== 'nvidia' && !(Capabilities ?? []).flat().includes('gpu')) return [];
    if (ids.length) return [{ kind: 'devices', ids }];
    return [Count < 0 ? { kind: 'all' } : { kind: 'count', count: Count }];
  });
  if (asked.length || runtime !== 'nvidia') return asked;
  const name = 'NVIDIA_VISIBLE_DEVICES=';
  const visible = env.findLast((entry) => entry.startsWith(name))?.slice(name.length) ?? '';
  if (visible === 'all') return [{ kind: 'all' }];
  const ids = visible.split(',').filter((id) => id && id !== 'none' && id !== 'void');
  return ids.length ? [{ kind: 'devices', ids }] : [];
}

/** The engine's zero time means that it did not happen. */
const moment = (text: string | undefined): string | undefined => (!text || text.startsWith('0001-') ? undefined : text);
