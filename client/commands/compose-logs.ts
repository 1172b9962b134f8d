import { sentence } from '../engine/sentences.ts';
import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-logs',
  title: 'Compose Logs',
  icon: 'output',
  on: { file: 'compose', paletteOnly: true },
  async run(files, app, options) {
    const target = await composeTarget(files, app, options);
    const [first, ...more] = target?.containers ?? [];
    if (!target || !first) {
      if (target) void app.ui.inform(`${target.name} has no container yet.`);
      return;
    }
    const whole = more.length > 0 || target.service === undefined;
    const engine = await app.engine();
    if (whole && first.project !== undefined) app.logs.follow(engine, { kind: 'project', name: first.project }, sentence);
    else app.logs.follow(engine, { kind: 'container', id: first.id, name: first.name }, sentence);
  },
});
