import { composeUpWithGpus } from '../build/composeFlow.ts';
import { sentence } from '../engine/sentences.ts';
import { fileCommand } from './command.ts';
import { forRunning } from './shared/surroundings.ts';

export default fileCommand({
  id: 'compose-up-with-gpus',
  title: 'Compose Up with GPUs…',
  icon: 'circuit-board',
  trusted: true,
  on: { file: 'compose', group: '7_mlContainers@3', many: true },
  async run(files, app) {
    const { ui, engine, gpus } = await forRunning(app);
    await composeUpWithGpus(files, {
      ui,
      engine,
      gpus,
      openLog: (title) => app.logs.open(title),
      follow: (name) => {
        app.logs.follow(engine, { kind: 'project', name }, sentence);
      },
    });
  },
});
