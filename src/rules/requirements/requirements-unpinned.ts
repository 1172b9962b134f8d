import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { unpinned } from '../shared/pins/unpinned.ts';

export default requirementsRule({
  ...unpinned.about,
  examples: [{ bad: '«mlflow»\nrequests\n' }, { good: 'mlflow>=3,<4\ntorch==2.5.1\n' }],
  check: (file, world) => fileProblems(unpinned, file, world),
});
