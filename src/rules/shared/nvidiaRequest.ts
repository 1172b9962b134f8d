import { entry, get, items, text, type MapNode } from '../../compose/model.ts';
import type { Span } from '../../text/text.ts';
import { deviceRequests } from './deviceReservations.ts';

/** Where a service asks for an NVIDIA GPU; undefined when it asks for none, or for one of another maker. */
export function nvidiaRequest(service: MapNode): Span | undefined {
  const gpus = entry(service, 'gpus');
  if (gpus && !(gpus.value.kind === 'scalar' && gpus.value.value === null)) return gpus.keySpan;
  const runtime = entry(service, 'runtime');
  if (runtime && text(runtime.value) === 'nvidia') return runtime.keySpan;
  for (const request of deviceRequests(service)) {
    const driver = text(get(request, 'driver'));
    const capabilities = items(get(request, 'capabilities')).map((item) => text(item));
    if (driver === 'nvidia' || (driver === undefined && capabilities.includes('gpu'))) return entry(service, 'deploy')?.keySpan;
  }
  const cdi = items(get(service, 'devices')).find((item) => (text(item) ?? '').startsWith('nvidia.com/gpu='));
  return cdi?.span;
}
