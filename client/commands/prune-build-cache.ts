import { plainCommand } from './command.ts';
import { prune } from './shared/prune.ts';

export default plainCommand({
  id: 'prune-build-cache',
  title: 'Remove Build Cache…',
  on: { views: ['images'], group: '9_remove@2' },
  run: (app) =>
    prune(app, 'build', {
      question: 'Remove the build cache that no build uses now?',
      detail: 'Images stay. The next builds install everything anew, which takes long where they install CUDA or PyTorch.',
      yes: 'Remove',
    }),
});
