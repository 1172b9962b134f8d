import { command } from './command.ts';

export default command({
  id: 'copy-address',
  title: 'Copy IP Address',
  on: { kind: 'container', anyOf: ['running', 'paused'], group: '8_copy@3' },
  async run(containers, { ui }) {
    const addresses = containers.flatMap(({ networks }) => networks.flatMap(({ address }) => address ?? []).slice(0, 1));
    if (addresses.length) await ui.copy(addresses.join('\n'));
    else await ui.inform('It has no address of its own: it shares the network of its host or of another container, or has none.');
  },
});
