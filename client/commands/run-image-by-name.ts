import { runFlow } from '../build/runFlow.ts';
import { plainCommand } from './command.ts';
import { forRunning } from './shared/surroundings.ts';

export default plainCommand({
  id: 'run-image-by-name',
  title: 'Run an Image by Its Name…',
  on: { hidden: true },
  async run(app, name) {
    if (typeof name === 'string') await runFlow(name, await forRunning(app));
  },
});
