import { command } from './command.ts';

export default command({
  id: 'copy-gpu-uuid',
  title: 'Copy UUID',
  on: { kind: 'gpu', group: '3_copy@1', hidden: true },
  run: (gpus, { ui }) => ui.copy(gpus.map(({ id }) => id).join('\n')),
});
