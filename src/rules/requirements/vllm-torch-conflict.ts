import { requirementsRule } from '../../lint/rule.ts';
import { fileProblems } from '../shared/pins.ts';
import { vllmTorch } from '../shared/pins/vllmTorch.ts';

export default requirementsRule({
  ...vllmTorch.about,
  examples: [{ bad: 'vllm==0.6.4\n«torch==2.4.0»\n', good: 'vllm==0.6.4\ntorch==2.5.1\n' }, { good: 'vllm==0.6.4\n' }],
  check: (file, world) => fileProblems(vllmTorch, file, world),
});
