import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { ortBoth } from '../shared/pins/ortBoth.ts';

export default requirementsRule({
  ...ortBoth.about,
  examples: [{ bad: '«onnxruntime»\nonnxruntime-gpu\n' }, { good: 'onnxruntime-gpu==1.23.0\n' }],
  check: (file, world) => fileProblems(ortBoth, file, world),
});
