import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'toggle-unnamed-images',
  title: 'Show or Hide Images without a Name',
  on: { views: ['images'], group: '2_show@1' },
  async run({ choices, ui }) {
    await choices.setUnnamedImages(!choices.unnamedImages);
    ui.status(choices.unnamedImages ? 'Images without a name are shown.' : 'Images without a name are hidden.');
  },
});
