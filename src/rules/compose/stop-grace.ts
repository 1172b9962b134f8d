import { addKey } from '../../compose/insert.ts';
import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { gpuRequest } from '../shared/gpuRequest.ts';
import { trains } from '../shared/serviceCommand.ts';

export default composeRule({
  id: 'stop-grace',
  severity: 'hint',
  title: 'Give a training job time to save',
  why: 'Ten seconds after the stop signal the engine kills the container (exit code 137). A checkpoint of a large model takes longer to write.',
  looksAt: ['command', 'entrypoint', 'deploy', 'gpus', 'runtime', 'devices', 'stop_grace_period'],
  examples: [
    {
      bad: 'services:\n  «train»:\n    image: trainer:1\n    command: python train.py\n    gpus: all\n',
      good: 'services:\n  train:\n    image: trainer:1\n    stop_grace_period: 2m\n    command: python train.py\n    gpus: all\n',
    },
    { good: 'services:\n  serve:\n    image: server:1\n    command: python serve.py\n    gpus: all\n' },
  ],
  *check(file) {
    for (const { node, nameSpan } of file.services) {
      if (!trains(node) || !gpuRequest(node) || entry(node, 'stop_grace_period') || entry(node, 'extends')) continue;
      const edit = addKey(file.source, node, 'stop_grace_period', '2m');
      yield {
        span: nameSpan,
        message: 'Ten seconds after a stop this training is killed: set stop_grace_period if it writes checkpoints.',
        fixes: edit ? [{ title: 'Give it two minutes', safe: true, edits: [edit] }] : [],
      };
    }
  },
});
