import { command } from './command.ts';

export default command({
  id: 'connect-container',
  title: 'Connect a Container…',
  icon: 'plug',
  on: { kind: 'network', single: true, anyOf: ['own'], group: '4_change@1' },
  async run([network], { engine, store, ui }) {
    if (!network) return;
    const outside = store.snapshot.containers.filter(({ networks }) => !networks.some((one) => one.network === network.name));
    const chosen = await ui.pickMany(
      `Connect to ${network.name}`,
      outside.map((container) => ({ label: container.name, description: container.image, value: container })),
    );
    if (!chosen?.length) return;
    const docker = await engine();
    for (const { id } of chosen) await docker.connect(network.id, id);
  },
});
