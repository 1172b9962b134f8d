import { entry, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { trains } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'restart-on-training',
  severity: 'warning',
  title: 'Let a training job end',
  why: 'With `restart: always` the container starts again after a successful run: it trains for ever, and may overwrite its own result.',
  looksAt: ['command', 'entrypoint', 'restart'],
  examples: [
    {
      bad: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: «always»\n',
      good: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: on-failure:3\n',
    },
    {
      good: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: "no"\n  api:\n    build: .\n    command: python serve.py\n    restart: always\n',
    },
  ],
  *check({ services }) {
    for (const { node } of services) {
      const restart = entry(node, 'restart');
      const policy = text(restart?.value);
      if (restart && !restart.merged && (policy === 'always' || policy === 'unless-stopped') && trains(node))
        yield {
          span: restart.value.span,
          message: `A training job ends; with restart: ${policy} it begins again and again.`,
          fixes: [
            { title: 'Restart only after a failure, three times', safe: true, edits: [{ span: restart.value.span, text: 'on-failure:3' }] },
          ],
        };
    }
  },
});
