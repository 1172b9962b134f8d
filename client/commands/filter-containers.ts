import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'filter-containers',
  title: 'Filter Containers…',
  icon: 'filter',
  on: { views: ['containers'] },
  async run({ choices, ui }) {
    const text = await ui.input('Show only containers with these words', {
      value: choices.filter('containers'),
      prompt: 'Name, image, state or id; empty shows all.',
    });
    if (text !== undefined) await choices.setFilter('containers', text);
  },
});
