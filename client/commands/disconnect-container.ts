import { command } from './command.ts';

export default command({
  id: 'disconnect-container',
  title: 'Disconnect a Container…',
  icon: 'debug-disconnect',
  on: { kind: 'network', single: true, anyOf: ['own'], group: '4_change@2' },
  async run([network], { engine, store, ui }) {
    if (!network) return;
    const inside = store.snapshot.containers.filter(({ networks }) => networks.some((one) => one.network === network.name));
    if (!inside.length) {
      void ui.inform(`No container is in ${network.name}.`);
      return;
    }
    const chosen = await ui.pickMany(
      `Disconnect from ${network.name}`,
      inside.map((container) => ({ label: container.name, description: container.image, value: container })),
    );
    if (!chosen?.length) return;
    const docker = await engine();
    for (const { id } of chosen) await docker.disconnect(network.id, id);
  },
});
