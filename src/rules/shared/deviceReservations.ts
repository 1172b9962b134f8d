import { get, items, type MapNode, type Node } from '../../compose/model.ts';

/** The device requests of a service: `deploy.resources.reservations.devices` and the entries of `gpus`. */
export function deviceRequests(service: MapNode): readonly MapNode[] {
  const reserved = items(get(service, 'deploy', 'resources', 'reservations', 'devices'));
  const gpus: readonly Node[] = get(service, 'gpus')?.kind === 'list' ? items(get(service, 'gpus')) : [];
  return [...reserved, ...gpus].filter((node) => node.kind === 'map');
}

/** Only the reservations, which need capabilities. */
export const reservations = (service: MapNode): readonly MapNode[] =>
  items(get(service, 'deploy', 'resources', 'reservations', 'devices')).filter((node) => node.kind === 'map');
