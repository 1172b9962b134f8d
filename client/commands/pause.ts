import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'pause',
  title: 'Pause',
  icon: 'debug-pause',
  on: { kind: ['container', 'project'], anyOf: ['running'], group: '1_run@4' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects).filter(({ state }) => ['running'].includes(state));
    const docker = await engine();
    await store.during(containers, (free) => ui.progress(`Pausing ${listed(free)}`, () => each(free, ({ id }) => docker.pause(id))));
  },
});
