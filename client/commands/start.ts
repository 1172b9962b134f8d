import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'start',
  title: 'Start',
  icon: 'play',
  on: { kind: ['container', 'project'], anyOf: ['created', 'exited', 'dead'], inline: 1, group: '1_run@1' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects).filter(({ state }) => ['created', 'exited', 'dead'].includes(state));
    const docker = await engine();
    await store.during(containers, (free) => ui.progress(`Starting ${listed(free)}`, () => each(free, ({ id }) => docker.start(id))));
  },
});
