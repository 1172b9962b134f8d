import { command } from './command.ts';

export default command({
  id: 'copy-value',
  title: 'Copy Value',
  icon: 'copy',
  on: { kind: 'fact', inline: 1, hidden: true },
  async run(facts, { ui }) {
    await ui.copy(facts.map(({ value }) => value).join('\n'));
  },
});
