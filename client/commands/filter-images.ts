import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'filter-images',
  title: 'Filter Images…',
  icon: 'filter',
  on: { views: ['images'] },
  async run({ choices, ui }) {
    const text = await ui.input('Show only images with these words', {
      value: choices.filter('images'),
      prompt: 'Name, image, state or id; empty shows all.',
    });
    if (text !== undefined) await choices.setFilter('images', text);
  },
});
