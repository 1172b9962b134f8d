import type { Snapshot } from '../engine/snapshot.ts';
import { isBuiltIn, type ViewNode } from './node.ts';
import { escaped, plural } from './words.ts';

/** The networks with the containers in each; what the engine makes by itself comes last. */
export function networksView({ networks, containers, busy }: Pick<Snapshot, 'networks' | 'containers' | 'busy'>): readonly ViewNode[] {
  return [...networks]
    .sort((a, b) => Number(isBuiltIn(a)) - Number(isBuiltIn(b)) || a.name.localeCompare(b.name))
    .map((network): ViewNode => {
      const members = containers.filter(({ networks: attached }) => attached.some((one) => one.network === network.name));
      const description = [
        network.driver,
        ...network.subnets,
        ...(network.internal ? ['internal'] : []),
        ...(isBuiltIn(network) ? ['built in'] : members.length ? [] : ['unused']),
      ].join(' · ');
      return {
        id: `network/${network.id}`,
        label: network.name,
        description,
        spoken: `Network ${network.name}, driver ${network.driver}, ${plural(members.length, 'container')}`,
        icon: busy.has(network.id)
          ? { name: 'sync~spin' }
          : { name: 'type-hierarchy', ...(members.length > 0 && { color: 'charts.green' }) },
        tooltip: [
          `**${escaped(network.name)}**`,
          `Driver: ${network.driver}, scope ${network.scope}`,
          ...network.subnets.map((s) => `Subnet: ${s}`),
        ].join('  \n'),
        subject: network,
        ...(members.length > 0 && {
          children: members
            .sort((a, b) => a.name.localeCompare(b.name))
            .map((container): ViewNode => {
              const address = container.networks.find((one) => one.network === network.name)?.address ?? '';
              const id = `network/${network.id}/${container.id}`;
              return {
                id,
                label: container.name,
                description: address || 'not running',
                icon: { name: 'vm' },
                spoken: `Container ${container.name}, ${address || 'no address'}`,
                subject: { kind: 'fact', id, value: address || container.name },
              };
            }),
        }),
      };
    });
}
