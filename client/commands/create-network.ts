import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'create-network',
  title: 'Create a Network…',
  icon: 'add',
  on: { views: ['networks'] },
  async run({ engine, store, ui }) {
    const name = await ui.input('Name of the new network', {
      problem: (text) => {
        if (!/^[a-zA-Z0-9][a-zA-Z0-9_.-]*$/.test(text)) return 'Letters, digits, _ . and -, beginning with a letter or digit.';
        return store.snapshot.networks.some((network) => network.name === text) ? `There is a network called ${text}.` : undefined;
      },
    });
    if (name !== undefined) await (await engine()).createNetwork(name, {});
  },
});
