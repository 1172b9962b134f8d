import { runCompose } from '../build/composeRun.ts';
import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-build',
  title: 'Compose Build',
  icon: 'tools',
  trusted: true,
  on: { file: 'compose', many: true, paletteOnly: true },
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    if (!target) return;
    const { plan, folder, service, name } = target;
    const { env } = (await app.engine()).endpoint;
    const session = await runCompose(
      {
        plan,
        verb: ['build', ...(service === undefined ? [] : [service])],
        folder,
        what: `Compose build ${name}`,
        failed: 'The build failed.',
      },
      { ui: app.ui, env, openLog: (title) => app.logs.open(title) },
    );
    if (!session) return;
    session.state('ended');
    app.ui.status(`Built ${name}`);
  },
});
