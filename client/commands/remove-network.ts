import { command } from './command.ts';
import { each, listed } from './shared/each.ts';

export default command({
  id: 'remove-network',
  title: 'Remove Network…',
  icon: 'trash',
  on: { kind: 'network', anyOf: ['own'], group: '9_remove@1' },
  async run(networks, { store, engine, ui }) {
    const sure = await ui.confirm(`Remove ${listed(networks)}?`, {
      yes: 'Remove',
      detail: 'Compose makes its networks again when it needs them.',
    });
    if (!sure) return;
    const docker = await engine();
    await store.during(networks, (free) => ui.progress(`Removing ${listed(free)}`, () => each(free, ({ id }) => docker.removeNetwork(id))));
  },
});
