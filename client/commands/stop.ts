import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'stop',
  title: 'Stop',
  icon: 'debug-stop',
  on: { kind: ['container', 'project'], anyOf: ['running', 'restarting', 'paused'], inline: 2, group: '1_run@2' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects).filter(({ state }) => ['running', 'restarting', 'paused'].includes(state));
    const docker = await engine();
    await store.during(containers, (free) => ui.progress(`Stopping ${listed(free)}`, () => each(free, ({ id }) => docker.stop(id))));
  },
});
