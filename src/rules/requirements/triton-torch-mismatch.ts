import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { tritonTorch } from '../shared/pins/tritonTorch.ts';

export default requirementsRule({
  ...tritonTorch.about,
  examples: [
    { bad: 'torch==2.8.0\n«triton==3.3.1»\n', good: 'torch==2.8.0\ntriton==3.4.0\n' },
    { title: 'a range', bad: 'torch==2.6.0+cu124\n«triton>=3.3»\n', good: 'torch==2.6.0+cu124\ntriton==3.2.0\n' },
    { title: 'releases of the same number', bad: 'torch==2.9.1\n«triton==3.5.0»\n', good: 'torch==2.9.1\ntriton==3.5.1\n' },
    { title: 'one of two Pythons: said, and no more', bad: 'torch==2.3.1\n«triton==3.0.0»\n' },
    { title: 'the right one, an open one, no pin of torch', good: 'torch==2.6.0\ntriton>=3.0\n' },
    { good: 'torch>=2.6\ntriton==3.0.0\n' },
  ],
  check: (file, world) => fileProblems(tritonTorch, file, world),
});
