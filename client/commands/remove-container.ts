import type { Container } from '../engine/engine.ts';
import { command } from './command.ts';
import { each, listed } from './shared/each.ts';
import { members } from './shared/members.ts';

export default command({
  id: 'remove-container',
  title: 'Remove Container…',
  icon: 'trash',
  on: { kind: ['container', 'project'], noneOf: ['removing'], group: '9_remove@1' },
  async run(subjects, { store, engine, ui }) {
    const containers = members(subjects);
    const running = containers.filter(isRunning);
    const sure = await ui.confirm(`Remove ${listed(containers)}?`, {
      yes: running.length ? (containers.length === 1 ? 'Stop and Remove' : 'Stop and Remove All') : 'Remove',
      detail: [
        ...(running.length ? [`${listed(running)} ${running.length === 1 ? 'is' : 'are'} running and will be ended at once.`] : []),
        'What was written inside and not to a volume or a folder of this machine is lost. Named volumes and images stay.',
      ].join(' '),
    });
    if (!sure) return;
    const docker = await engine();
    await store.during(containers, (free) =>
      ui.progress(`Removing ${listed(free)}`, () => each(free, ({ id }) => docker.removeContainer(id, { force: true, volumes: true }))),
    );
  },
});

const isRunning = ({ state }: Container): boolean => ['running', 'paused', 'restarting'].includes(state);
