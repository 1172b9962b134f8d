import { buildFlow } from '../build/flow.ts';
import { fileCommand } from './command.ts';
import { targetOf } from './shared/target.ts';
import { forBuilding } from './shared/surroundings.ts';

export default fileCommand({
  id: 'build-image',
  title: 'Build Image…',
  icon: 'tools',
  trusted: true,
  on: { file: 'dockerfile', editorTitle: true, group: '7_mlContainers@1' },
  async run([path], app, options) {
    if (path === undefined) return;
    const tag = await buildFlow(path, targetOf(options), await forBuilding(app));
    if (tag === undefined) return;
    const run = 'Run…';
    if ((await app.ui.inform(`Built ${tag}.`, run)) === run) await app.ui.execute('run-image-by-name', tag);
  },
});
