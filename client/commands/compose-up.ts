import { runCompose } from '../build/composeRun.ts';
import { sentence } from '../engine/sentences.ts';
import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-up',
  title: 'Compose Up',
  icon: 'run-all',
  trusted: true,
  on: { file: 'compose', group: '7_mlContainers@1', many: true },
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    if (!target) return;
    const { plan, folder, service, name } = target;
    const engine = await app.engine();
    const verb = ['up', '--detach', ...(service === undefined ? [] : [service])];
    const session = await runCompose(
      { plan, verb, folder, what: `Compose up ${name}`, failed: `${name} did not start.` },
      { ui: app.ui, env: engine.endpoint.env, openLog: (title) => app.logs.open(title) },
    );
    if (!session) return;
    const [first, ...more] = (await composeTarget(files, app, options))?.containers ?? [];
    if (first && !more.length) app.logs.follow(engine, { kind: 'container', id: first.id, name: first.name }, sentence);
    else if (first?.project !== undefined) app.logs.follow(engine, { kind: 'project', name: first.project }, sentence);
    else session.state('ended');
  },
});
