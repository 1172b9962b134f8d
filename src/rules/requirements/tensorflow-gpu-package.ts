import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { tensorflowGpu } from '../shared/pins/tensorflowGpu.ts';

export default requirementsRule({
  ...tensorflowGpu.about,
  examples: [
    { bad: '«tensorflow-gpu»\n', good: 'tensorflow[and-cuda]\n' },
    { bad: '«tensorflow_gpu==2.13.0»\n', good: 'tensorflow==2.13.0\n' },
    { title: 'old releases are still there', good: 'tensorflow-gpu==2.8.0\n' },
  ],
  check: (file, world) => fileProblems(tensorflowGpu, file, world),
});
