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
