import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { sklearnPackage } from '../shared/pins/sklearnPackage.ts';

export default requirementsRule({
  ...sklearnPackage.about,
  examples: [
    { bad: 'numpy\n«sklearn»\n', good: 'numpy\nscikit-learn\n' },
    { bad: '«sklearn==0.0.post5»\n', good: 'scikit-learn\n' },
  ],
  check: (file, world) => fileProblems(sklearnPackage, file, world),
});
