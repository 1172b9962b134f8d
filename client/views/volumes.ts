import type { Volume } from '../engine/engine.ts';
import { ago } from './format.ts';
import type { ViewNode } from './node.ts';

/** Volumes by name; names that are a hash are shortened. */
export function volumeNodes(volumes: readonly Volume[], now: number): readonly ViewNode[] {
  return [...volumes]
    .sort((a, b) => a.name.localeCompare(b.name))
    .map((volume) => {
      const anonymous = /^[0-9a-f]{64}$/.test(volume.name);
      const parts = [
        ...(volume.project === undefined ? [] : [volume.project]),
        ...(volume.driver === 'local' ? [] : [volume.driver]),
        ...(volume.created === undefined ? [] : [ago(volume.created, now)]),
      ];
      return {
        id: `volume/${volume.name}`,
        label: anonymous ? `${volume.name.slice(0, 12)}…` : volume.name,
        description: parts.join(' · '),
        tooltip: [
          `**${volume.name}**`,
          `Driver ${volume.driver}`,
          ...(volume.project === undefined ? [] : [`Compose project ${volume.project}`]),
        ].join('\n\n'),
        icon: 'database',
        spoken: `Volume ${anonymous ? 'without a name' : volume.name}`,
        subject: volume,
      };
    });
}
