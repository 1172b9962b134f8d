import { plainCommand } from './command.ts';
import { prune } from './shared/prune.ts';

export default plainCommand({
  id: 'prune-images',
  title: 'Remove Unnamed Images…',
  on: { views: ['images'], group: '9_remove@1' },
  run: (app) =>
    prune(app, 'image', {
      question: 'Remove Unnamed Images?',
      detail: 'Images that lost their name to a newer build and that no container uses.',
      yes: 'Remove',
    }),
});
