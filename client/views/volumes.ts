import type { Snapshot } from '../engine/snapshot.ts';
import type { ViewNode } from './node.ts';
import { bytes, escaped, plural } from './words.ts';

/** The volumes, with who uses each. `sizes` are known once somebody asked for them: the engine has to walk the disk. */
export function volumesView(
  { volumes, containers, busy }: Pick<Snapshot, 'volumes' | 'containers' | 'busy'>,
  sizes: Readonly<Record<string, number>> = {},
): readonly ViewNode[] {
  return [...volumes]
    .sort((a, b) => a.id.localeCompare(b.id))
    .map((volume): ViewNode => {
      const users = containers.filter(({ mounts }) => mounts.some(({ name, type }) => type === 'volume' && name === volume.id));
      const anonymous = /^[0-9a-f]{64}$/.test(volume.id);
      const label = anonymous ? volume.id.slice(0, 12) : volume.id;
      const size = sizes[volume.id];
      const description = [
        ...(size === undefined || size < 0 ? [] : [bytes(size)]),
        ...(volume.driver === 'local' ? [] : [volume.driver]),
        ...(anonymous ? ['anonymous'] : []),
        ...(users.length ? [] : ['unused']),
      ].join(' · ');
      const usedBy = users.length ? `Used by ${users.map(({ name }) => `\`${name}\``).join(', ')}` : 'No container uses it';
      return {
        id: `volume/${volume.id}`,
        label,
        description,
        spoken: `Volume ${label}, ${users.length ? `used by ${plural(users.length, 'container')}` : 'unused'}`,
        icon: busy.has(volume.id) ? { name: 'sync~spin' } : { name: 'database', ...(users.length > 0 && { color: 'charts.green' }) },
        tooltip: [`**${escaped(volume.id)}**`, `Driver: ${volume.driver}`, `On the engine's host: \`${volume.mountpoint}\``, usedBy].join(
          '  \n',
        ),
        subject: volume,
      };
    });
}
