import type { GpuRequest } from '../engine/details.ts';
import type { Gpu, GpuProcess, GpuReport } from './nvidiaSmi.ts';

/** A running container with what is needed to tell which GPUs it has and uses. */
export interface GpuContainer {
  readonly id: string;
  readonly name: string;
  /** Process ids on the host. */
  readonly pids: readonly number[];
  readonly asked: readonly GpuRequest[];
}

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
  return asked.some((request) => {
    switch (request.kind) {
      case 'count':
        return false;
      case 'all':
        return true;
      case 'devices':
        return request.ids.some((id) => names(id.replace(/^nvidia\.com\/gpu=/, ''), gpu));
    }
  });
}

/** Devices are named by index, or by the start of their UUID. */
const names = (id: string, { index, uuid }: Gpu): boolean =>
  id === 'all' || id === String(index) || (id.length > 4 && uuid.toLowerCase().startsWith(id.toLowerCase()));
