import { plainCommand } from './command.ts';

export default plainCommand({
  id: 'refresh-gpus',
  title: 'Read the GPUs Again',
  icon: 'refresh',
  on: { views: ['gpus'] },
  run({ gpus }) {
    gpus.refresh();
    return Promise.resolve();
  },
});
