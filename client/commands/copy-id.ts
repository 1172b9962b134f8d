import { command } from './command.ts';

export default command({
  id: 'copy-id',
  title: 'Copy Id',
  on: { kind: ['container', 'image', 'network'], group: '8_copy@2' },
  async run(subjects, { ui }) {
    await ui.copy(subjects.map(({ id }) => id).join('\n'));
  },
});
