import { entry, get, items, text, type MapNode, type Node } from '../../compose/model.ts';
import { deviceRequests } from './deviceReservations.ts';

/** What GPUs a service asks for. `count` is undefined for all of them, or when it is not fixed. */
export interface GpuRequest {
  readonly count?: number;
  readonly ids?: readonly string[];
  /** The node that says how many: the number, the list of ids, or `all`. */
  readonly node: Node;
}

/** The GPU request of a service in any of its forms: `gpus`, a device reservation, `runtime: nvidia`, CDI names in `devices`. */
export function gpuRequest(service: MapNode): GpuRequest | undefined {
  const gpus = get(service, 'gpus');
  if (gpus?.kind === 'scalar' && gpus.value !== null) return { node: gpus };
  for (const request of deviceRequests(service)) {
    const capabilities = items(get(request, 'capabilities')).map((item) => text(item));
    const fromGpus = gpus?.kind === 'list' && gpus.items.includes(request);
    if (!fromGpus && !capabilities.some((name) => name === 'gpu' || name === 'nvidia-compute') && text(get(request, 'driver')) !== 'nvidia')
      continue;
    const ids = get(request, 'device_ids');
    const count = get(request, 'count');
    if (ids?.kind === 'list') return { ids: ids.items.map((item) => text(item) ?? ''), count: ids.items.length, node: ids };
    const number = Number(text(count) ?? '1');
    return { ...(Number.isInteger(number) && number >= 0 ? { count: number } : {}), node: count ?? request };
  }
  const runtime = get(service, 'runtime');
  if (runtime && text(runtime) === 'nvidia') return { node: runtime };
  const cdi = items(get(service, 'devices')).find((item) => /^(?:nvidia\.com\/gpu|amd\.com\/gpu)=/.test(text(item) ?? ''));
  return cdi && { node: cdi };
}

/** A service that only others build on: it has neither image nor build. */
export const isFragment = (service: MapNode): boolean => !entry(service, 'image') && !entry(service, 'build');
