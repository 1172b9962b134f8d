import { composeUp } from '../build/composeFlow.ts';
import { fileCommand } from './command.ts';
import { forCompose } from './shared/surroundings.ts';

export default fileCommand({
  id: 'compose-up-with-gpus',
  title: 'Compose Up with GPUs, Profiles, Environment Files…',
  icon: 'circuit-board',
  trusted: true,
  on: { file: 'compose', group: '7_mlContainers@2', many: true },
  run: async (files, app) => composeUp(files, await forCompose(app)),
});
