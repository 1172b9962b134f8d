import { runFlow } from '../build/runFlow.ts';
import { command } from './command.ts';
import { forRunning } from './shared/surroundings.ts';

export default command({
  id: 'run-image',
  title: 'Run with GPUs, Ports, Shared Memory…',
  icon: 'play',
  on: { kind: 'image', single: true, inline: 1, group: '1_run@1' },
  async run([image], app) {
    if (image) await runFlow(image.reference ?? image.id, await forRunning(app));
  },
});
