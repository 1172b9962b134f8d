import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'unpause',
  title: 'Unpause',
  icon: 'debug-continue',
  on: { kind: ['container', 'project'], anyOf: ['paused'], inline: 1, group: '1_run@5' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects).filter(({ state }) => ['paused'].includes(state));
    const docker = await engine();
    await store.during(containers, (free) => ui.progress(`Unpausing ${listed(free)}`, () => each(free, ({ id }) => docker.unpause(id))));
  },
});
