import { plainCommand } from './command.ts';
import { prune } from './shared/prune.ts';

export default plainCommand({
  id: 'prune-networks',
  title: 'Remove Unused Networks…',
  on: { views: ['networks'], group: '9_remove@1' },
  run: (app) =>
    prune(app, 'network', {
      question: 'Remove Unused Networks?',
      detail: 'Networks that no container is in. Compose makes its own again.',
      yes: 'Remove',
    }),
});
