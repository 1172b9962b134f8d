import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'restart',
  title: 'Restart',
  icon: 'debug-restart',
  on: { kind: ['container', 'project'], anyOf: ['running', 'restarting', 'exited', 'dead'], group: '1_run@3' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects).filter(({ state }) => ['running', 'restarting', 'exited', 'dead'].includes(state));
    const docker = await engine();
    await store.during(containers, (free) => ui.progress(`Restarting ${listed(free)}`, () => each(free, ({ id }) => docker.restart(id))));
  },
});
