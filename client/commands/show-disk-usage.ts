import { bytes } from '../views/words.ts';
import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'show-disk-usage',
  title: 'Free Disk Space…',
  on: { views: ['images'], group: '9_remove@3' },
  async run({ choices, engine, ui }) {
    const docker = await engine();
    const usage = await ui.progress('Measuring what Docker keeps', () => docker.diskUsage());
    choices.setVolumeSizes(usage.volumeSizes);
    const chosen = await ui.pick(
      'What Docker keeps on the disk',
      [
        {
          label: 'Images',
          description: bytes(usage.images),
          detail: 'Remove those that lost their name',
          icon: 'package',
          value: 'prune-images',
        },
        {
          label: 'Containers',
          description: bytes(usage.containers),
          detail: 'Remove those that do not run',
          icon: 'vm',
          value: 'prune-containers',
        },
        {
          label: 'Volumes',
          description: bytes(usage.volumes),
          detail: 'Delete the data of those that nothing uses',
          icon: 'database',
          value: 'prune-volumes',
        },
        {
          label: 'Build cache',
          description: bytes(usage.buildCache),
          detail: 'Remove it; the next builds take longer',
          icon: 'history',
          value: 'prune-build-cache',
        },
      ],
      { placeholder: 'Choose what to remove; you are asked before anything goes' },
    );
    if (chosen !== undefined) await ui.execute(chosen);
  },
});
