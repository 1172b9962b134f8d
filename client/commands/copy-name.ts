import { command } from './command.ts';
import { named } from './shared/each.ts';

export default command({
  id: 'copy-name',
  title: 'Copy Name',
  on: { kind: ['container', 'project', 'image', 'volume', 'network', 'context'], group: '8_copy@1' },
  async run(subjects, { ui }) {
    await ui.copy(subjects.map((subject) => (subject.kind === 'volume' ? subject.id : named(subject))).join('\n'));
  },
});
