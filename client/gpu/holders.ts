import type { Gpu, GpuProcess, GpuReport } from './nvidiaSmi.ts';

/** A running container with what is needed to tell which GPUs it has and uses. */
export interface GpuContainer {
  readonly id: string;
  readonly name: string;
  /** Process ids on the host. */
  readonly pids: readonly number[];
  /** What it asked for; undefined when it asked for none. */
  readonly asked?: GpuRequest;
}

/** What a container asked the engine for. */
export type GpuRequest =
  { readonly kind: 'all' } | { readonly kind: 'count'; readonly count: number } | { readonly kind: 'ids'; readonly ids: readonly string[] };

/** A container on one GPU. */
export interface GpuHolder {
  readonly container: GpuContainer;
  /** MiB that its processes hold; 0 when it only may use the GPU. */
  readonly memory: number;
  readonly processes: readonly GpuProcess[];
}

/** Who holds what of a GPU. `others` are processes of no container that we see. */
export interface GpuUse {
  readonly gpu: Gpu;
  readonly holders: readonly GpuHolder[];
  readonly others: readonly GpuProcess[];
}

export function gpuUses({ gpus, processes }: GpuReport, containers: readonly GpuContainer[]): readonly GpuUse[] {
  const owner = new Map(containers.flatMap((container) => container.pids.map((pid) => [pid, container] as const)));
  return gpus.map((gpu) => {
    const here = processes.filter(({ uuid }) => uuid === gpu.uuid);
    const holders = containers
      .map((container) => {
        const own = here.filter(({ pid }) => owner.get(pid) === container);
        return { container, processes: own, memory: own.reduce((sum, { memory }) => sum + (memory ?? 0), 0) };
      })
      .filter(({ container, processes }) => processes.length > 0 || mayUse(container, gpu))
      .sort((a, b) => b.memory - a.memory || a.container.name.localeCompare(b.container.name));
    return { gpu, holders, others: here.filter(({ pid }) => !owner.has(pid)) };
  });
}

/** Whether a container was given this GPU. With a count, which ones it got is only known when it uses them. */
function mayUse({ asked }: GpuContainer, gpu: Gpu): boolean {
  switch (asked?.kind) {
    case undefined:
    case 'count':
      return false;
    case 'all':
      return true;
    case 'ids':
      return asked.ids.some((id) => id === String(gpu.index) || gpu.uuid.toLowerCase().startsWith(id.toLowerCase()));
  }
}

/** The parts of a container's configuration that ask for GPUs. */
export interface GpuConfiguration {
  readonly deviceRequests?: readonly {
    readonly driver?: string;
    readonly count?: number;
    readonly ids?: readonly string[];
    readonly capabilities?: readonly (readonly string[])[];
  }[];
  readonly runtime?: string;
  readonly env?: readonly string[];
}

/** What a configuration asks for: by device request, by CDI device, or by the NVIDIA runtime's variable. */
export function requestOf({ deviceRequests = [], runtime, env = [] }: GpuConfiguration): GpuRequest | undefined {
  for (const { driver, count = 0, ids = [], capabilities = [] } of deviceRequests) {
    const cdi = ids.flatMap((id) => /^nvidia\.com\/gpu=(.+)$/.exec(id)?.[1] ?? []);
    if (driver === 'cdi' || cdi.length) {
      if (cdi.includes('all')) return { kind: 'all' };
      if (cdi.length) return { kind: 'ids', ids: cdi };
      continue;
    }
    if (driver !== 'nvidia' && !capabilities.flat().includes('gpu')) continue;
    if (ids.length) return { kind: 'ids', ids };
    return count < 0 ? { kind: 'all' } : { kind: 'count', count };
  }
  if (runtime !== 'nvidia') return undefined;
  const visible = env.findLast((entry) => entry.startsWith('NVIDIA_VISIBLE_DEVICES='))?.slice('NVIDIA_VISIBLE_DEVICES='.length) ?? '';
  if (visible === 'all') return { kind: 'all' };
  return /^(?:|none|void)$/.test(visible) ? undefined : { kind: 'ids', ids: visible.split(',').filter(Boolean) };
}
