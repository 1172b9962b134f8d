import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { torchCompanions } from '../shared/pins/torchCompanions.ts';

export default dockerfileRule({
  ...torchCompanions.about,
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install torch==2.4.1 «torchvision==0.18.0»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.4.1 torchvision==0.19.1\n',
    },
    { good: 'FROM python:3.11\nRUN pip install torch==2.4.1 torchvision\n' },
  ],
  check: (file, world) => commandProblems(torchCompanions, file, world),
});
