import { entry, get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { migrates } from '../shared/serviceCommand.ts';
import { runsTraining } from '../shared/training.ts';

export default composeRule({
  id: 'restart-on-training',
  severity: 'warning',
  title: 'Let a training job end',
  why: 'With `restart: always` the container starts again after a successful run: it trains for ever, and may overwrite its own result.',
  looksAt: ['build', 'command', 'entrypoint', 'restart', 'deploy'],
  examples: [
    {
      title: 'a migration alone, and one before a server',
      bad: 'services:\n  migrate:\n    image: app:1\n    command: alembic upgrade head\n    deploy: {restart_policy: {condition: «any»}}\n  app:\n    image: app:1\n    command: sh -c "alembic upgrade head && uvicorn app:app --host 0.0.0.0"\n    restart: always\n',
      good: 'services:\n  migrate:\n    image: app:1\n    command: alembic upgrade head\n    deploy: {restart_policy: {condition: on-failure}}\n  app:\n    image: app:1\n    command: sh -c "alembic upgrade head && uvicorn app:app --host 0.0.0.0"\n    restart: always\n',
    },
    {
      bad: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: «always»\n',
      good: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: on-failure:3\n',
    },
    {
      title: 'what the image starts',
      files: { Dockerfile: 'FROM python:3.12\nENTRYPOINT ["accelerate", "launch", "finetune.py"]\n' },
      bad: 'services:\n  job:\n    build: .\n    restart: «always»\n  other:\n    build: .\n    command: python serve.py\n    restart: always\n',
      good: 'services:\n  job:\n    build: .\n    restart: on-failure:3\n  other:\n    build: .\n    command: python serve.py\n    restart: always\n',
    },
    {
      good: 'services:\n  train:\n    build: .\n    command: python train.py\n    restart: "no"\n  api:\n    build: .\n    command: python serve.py\n    restart: always\n  queue:\n    build: .\n    command: python -m training_processor\n    restart: always\n',
    },
  ],
  *check(file, world) {
    for (const { node } of file.services) {
      const restart = entry(node, 'restart') ?? entry(get(node, 'deploy', 'restart_policy'), 'condition');
      const policy = text(restart?.value);
      if (!restart || restart.merged || !/^(?:always|unless-stopped|any)$/.test(policy ?? '')) continue;
      const work = runsTraining(file, node, world) ? 'A training job' : migrates(node) ? 'A migration' : undefined;
      if (work === undefined) continue;
      const own = entry(node, 'restart');
      yield {
        span: restart.value.span,
        message: `${work} ends; with ${own ? 'restart' : 'condition'}: ${policy ?? ''} it begins again and again.`,
        fixes: [
          {
            title: `Restart only after a failure${own ? ', three times' : ''}`,
            safe: true,
            edits: [{ span: restart.value.span, text: own ? 'on-failure:3' : 'on-failure' }],
          },
        ],
      };
    }
  },
});
