import type { Network } from '../engine/engine.ts';
import type { ViewNode } from './node.ts';

/** Networks by name, the engine's own last. */
export function networkNodes(networks: readonly Network[]): readonly ViewNode[] {
  return [...networks]
    .sort((a, b) => Number(a.builtIn) - Number(b.builtIn) || a.name.localeCompare(b.name))
    .map((network) => ({
      id: `network/${network.id}`,
      label: network.name,
      description: [
        network.driver,
        ...(network.project === undefined ? [] : [network.project]),
        ...(network.builtIn ? ['built in'] : []),
      ].join(' · '),
      tooltip: [`**${network.name}**`, `Driver ${network.driver}`, `Id \`${network.id.slice(0, 12)}\``].join('\n\n'),
      icon: 'type-hierarchy',
      spoken: `Network ${network.name}, driver ${network.driver}`,
      subject: network,
    }));
}
