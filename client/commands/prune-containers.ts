import { plainCommand } from './command.ts';
import { prune } from './shared/prune.ts';

export default plainCommand({
  id: 'prune-containers',
  title: 'Remove Stopped Containers…',
  on: { views: ['containers'], group: '9_remove@1' },
  run: (app) =>
    prune(app, 'container', {
      question: 'Remove Stopped Containers?',
      detail: 'All containers that do not run, with what was written inside them.',
      yes: 'Remove',
    }),
});
