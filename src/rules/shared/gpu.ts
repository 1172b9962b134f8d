import { environmentOf } from '../../compose/insert.ts';
import { entry, get, items, text, type MapNode } from '../../compose/model.ts';

/** Whether a service asks for a GPU in any of the ways there are. */
export function asksGpu(service: MapNode): boolean {
  if (entry(service, 'gpus') || text(get(service, 'runtime')) === 'nvidia') return true;
  const reserved = items(get(service, 'deploy', 'resources', 'reservations', 'devices'));
  if (reserved.length) return true;
  const devices = items(get(service, 'devices')).map((item) => text(item) ?? text(get(item, 'source')) ?? '');
  if (devices.some((device) => /nvidia|\/dev\/(?:kfd|dri|accel)|amd\.com\/gpu|intel\.com|habana/.test(device))) return true;
  const visible = environmentOf(service).get('NVIDIA_VISIBLE_DEVICES');
  return visible !== undefined && !/^(?:none|void|)$/.test(visible.value ?? 'all');
}

/** The NVIDIA GPUs a service reserves: a number, `all`, or undefined when it reserves none or the number is not fixed. */
export function gpuCount(service: MapNode): number | 'all' | undefined {
  const gpus = get(service, 'gpus');
  if (text(gpus) === 'all') return 'all';
  const requests = [
    ...items(get(service, 'deploy', 'resources', 'reservations', 'devices')),
    ...(gpus?.kind === 'list' ? gpus.items : []),
  ].filter((node) => node.kind === 'map');
  if (requests.length !== 1) return undefined;
  const ids = get(requests[0], 'device_ids');
  if (ids?.kind === 'list') return ids.items.length;
  const count = text(get(requests[0], 'count'));
  if (count === undefined) return 'all';
  return count === 'all' ? 'all' : /^\d+$/.test(count) ? Number(count) : undefined;
}
