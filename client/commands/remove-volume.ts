import { command } from './command.ts';
import { each, listed } from './shared/each.ts';

export default command({
  id: 'remove-volume',
  title: 'Remove Volume…',
  icon: 'trash',
  on: { kind: 'volume', group: '9_remove@1' },
  async run(volumes, { store, engine, ui }) {
    const users = store.snapshot.containers.filter(({ mounts }) => mounts.some(({ name }) => volumes.some(({ id }) => id === name)));
    if (users.length) {
      void ui.warn(
        `${listed(users)} ${users.length === 1 ? 'uses' : 'use'} it: remove ${users.length === 1 ? 'that container' : 'those containers'} first.`,
      );
      return;
    }
    const sure = await ui.confirm(`Remove ${listed(volumes)}?`, { yes: 'Delete the Data', detail: 'What is in it is deleted for good.' });
    if (!sure) return;
    const docker = await engine();
    await store.during(volumes, (free) => ui.progress(`Removing ${listed(free)}`, () => each(free, ({ id }) => docker.removeVolume(id))));
  },
});
