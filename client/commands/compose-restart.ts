import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-restart',
  title: 'Compose Restart',
  icon: 'debug-restart',
  on: { file: 'compose', paletteOnly: true },
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    if (!target) return;
    const there = target.containers.filter(({ state }) => ['running', 'restarting', 'exited', 'dead'].includes(state));
    if (there.length) {
      await app.ui.execute('restart', there);
      return;
    }
    const up = 'Compose Up';
    if ((await app.ui.inform(`${target.name} has no container yet.`, up)) === up) await app.ui.execute('compose-up', files[0], options);
  },
});
