import { composeCommand } from '../../src/plan/composePlan.ts';
import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-config',
  title: 'Compose Config',
  icon: 'json',
  trusted: true,
  on: { file: 'compose', many: true, paletteOnly: true },
  // In a terminal: what it prints holds the secrets of the environment, and should not stay in a file.
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    if (!target) return;
    const { plan, folder, name } = target;
    const { env } = (await app.engine()).endpoint;
    app.ui.terminal(`config of ${name}`, { ...composeCommand(plan, ['config']), cwd: folder, env, icon: 'json', hold: true });
  },
});
