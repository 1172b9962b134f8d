import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { sklearnPackage } from '../shared/pins/sklearnPackage.ts';

export default dockerfileRule({
  ...sklearnPackage.about,
  looksAt: ['RUN pip'],
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install numpy «sklearn» pandas\n',
      good: 'FROM python:3.11\nRUN pip install numpy scikit-learn pandas\n',
    },
  ],
  check: (file, world) => commandProblems(sklearnPackage, file, world),
});
