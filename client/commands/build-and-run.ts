import { buildFlow } from '../build/flow.ts';
import { runFlow } from '../build/runFlow.ts';
import { fileCommand } from './command.ts';
import { forBuilding, forRunning } from './shared/surroundings.ts';
import { targetOf } from './shared/target.ts';

export default fileCommand({
  id: 'build-and-run',
  title: 'Build and Run…',
  icon: 'run',
  trusted: true,
  on: { file: 'dockerfile', editorTitle: true, group: '7_mlContainers@2' },
  async run([path], app, options) {
    if (path === undefined) return;
    const tag = await buildFlow(path, targetOf(options), await forBuilding(app));
    if (tag !== undefined) await runFlow(tag, await forRunning(app));
  },
});
