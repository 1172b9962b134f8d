import { command } from './command.ts';
import { named } from './shared/each.ts';

export default command({
  id: 'inspect',
  title: 'Inspect',
  icon: 'json',
  on: { kind: ['container', 'image', 'volume', 'network'], group: '3_look@2' },
  async run(subjects, { engine, ui }) {
    const docker = await engine();
    for (const subject of subjects) {
      const id = subject.kind === 'image' ? (subject.reference ?? subject.id) : subject.id;
      const record = await docker.inspect(subject.kind, id);
      await ui.show(`${named(subject)} (${subject.kind}).json`, `${JSON.stringify(record, null, 2)}\n`);
    }
  },
});
