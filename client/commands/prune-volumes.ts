import { plainCommand } from './command.ts';
import { listed } from './shared/each.ts';
import { prune } from './shared/prune.ts';

export default plainCommand({
  id: 'prune-volumes',
  title: 'Remove Unused Volumes…',
  on: { views: ['volumes'], group: '9_remove@1' },
  async run(app) {
    const { volumes, containers } = app.store.snapshot;
    const used = new Set(containers.flatMap(({ mounts }) => mounts.map(({ name }) => name)));
    const unused = volumes.filter(({ id }) => !used.has(id));
    if (!unused.length) {
      void app.ui.inform('Every volume is used by a container, running or not.');
      return;
    }
    const detail = `This deletes the data in ${listed(unused, 12)}: data sets, models and databases that are kept nowhere else are lost for good.`;
    await prune(app, 'volume', { question: `Remove ${unused.length} unused volumes?`, detail, yes: 'Delete the Data', all: true });
  },
});
