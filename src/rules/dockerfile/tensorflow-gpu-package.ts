import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems, namesPackages } from '../shared/pins.ts';
import { tensorflowGpu } from '../shared/pins/tensorflowGpu.ts';

export default dockerfileRule({
  ...tensorflowGpu.about,
  looksAt: namesPackages,
  examples: [
    { bad: 'FROM python:3.11\nRUN pip install «tensorflow-gpu»\n', good: 'FROM python:3.11\nRUN pip install tensorflow[and-cuda]\n' },
  ],
  check: (file, world) => commandProblems(tensorflowGpu, file, world),
});
