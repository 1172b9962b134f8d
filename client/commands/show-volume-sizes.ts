import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'show-volume-sizes',
  title: 'Show Sizes',
  icon: 'graph',
  on: { views: ['volumes'] },
  // The engine walks the disk for it: only when asked.
  async run({ choices, engine, ui }) {
    const docker = await engine();
    const { volumeSizes } = await ui.progress('Measuring the volumes', () => docker.diskUsage());
    choices.setVolumeSizes(volumeSizes);
  },
});
