import { fileCommand } from './command.ts';
import { composeTarget } from './shared/composeFile.ts';

export default fileCommand({
  id: 'compose-down',
  title: 'Compose Down…',
  icon: 'close-all',
  on: { file: 'compose', group: '7_mlContainers@3' },
  async run(files, app) {
    const target = await composeTarget(files, app, undefined);
    const name = target?.containers[0]?.project;
    if (name === undefined) {
      if (target) void app.ui.inform(`Nothing of ${target.name} is up.`);
      return;
    }
    const containers = app.store.snapshot.containers.filter(({ project }) => project === name);
    await app.ui.execute('project-down', { kind: 'project', id: name, name, containers });
  },
});
