import { command } from './command.ts';
import { each, listed } from './shared/each.ts';

const signals = [
  { label: 'SIGKILL', description: 'end it at once; it cannot clean up' },
  { label: 'SIGTERM', description: 'ask it to end' },
  { label: 'SIGINT', description: 'as Ctrl+C: trainers often save a checkpoint' },
  { label: 'SIGUSR1', description: 'what it means is up to the program' },
  { label: 'SIGHUP', description: 'many servers read their settings again' },
];

export default command({
  id: 'kill',
  title: 'Send a Signal…',
  on: { kind: 'container', anyOf: ['running', 'paused', 'restarting'], group: '1_run@6' },
  async run(containers, { store, engine, ui }) {
    const signal = await ui.pick(
      `Signal for ${listed(containers)}`,
      signals.map((one) => ({ ...one, value: one.label })),
    );
    if (signal === undefined) return;
    const docker = await engine();
    await store.during(containers, (free) => each(free, ({ id }) => docker.kill(id, signal)));
  },
});
