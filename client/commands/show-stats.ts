import { command } from './command.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'show-stats',
  title: 'Show CPU and Memory',
  icon: 'dashboard',
  on: { kind: ['container', 'project'], anyOf: ['running'], group: '3_look@4' },
  // What GPUs do is in the view of GPUs; for the rest the command line draws a table that is always new.
  async run(subjects, { engine, ui }) {
    const running = members(subjects).filter(({ state }) => state === 'running');
    if (!running.length) return;
    const { env } = (await engine()).endpoint;
    ui.terminal('CPU and memory', { program: 'docker', args: ['stats', ...running.map(({ name }) => name)], env, icon: 'dashboard' });
  },
});
