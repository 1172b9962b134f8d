import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-stop',
  title: 'Compose Stop',
  icon: 'debug-stop',
  on: { file: 'compose', paletteOnly: true },
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    if (!target) return;
    const running = target.containers.filter(({ state }) => ['running', 'restarting', 'paused'].includes(state));
    if (running.length) await app.ui.execute('stop', running);
    else void app.ui.inform(`Nothing of ${target.name} runs.`);
  },
});
