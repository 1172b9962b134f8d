import { dockerfileRule } from '../../lint/rule.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { commandProblems } from '../shared/pins.ts';
import { vllmTorch } from '../shared/pins/vllmTorch.ts';

export default dockerfileRule({
  ...vllmTorch.about,
  looksAt: pythonPackages,
  needs: pythonInstalls('vllm'),
  examples: [
    {
      bad: 'FROM python:3.12\nRUN pip install vllm==0.6.4 «torch==2.4.0»\n',
      good: 'FROM python:3.12\nRUN pip install vllm==0.6.4 torch==2.5.1\n',
    },
  ],
  check: (file, world) => commandProblems(vllmTorch, file, world),
});
