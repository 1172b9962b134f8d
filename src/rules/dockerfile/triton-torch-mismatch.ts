import type { Stage } from '../../dockerfile/model.ts';
import { lineage, stageAround } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { commandProblems } from '../shared/pins.ts';
import { tritonTorch } from '../shared/pins/tritonTorch.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { stagePython } from '../shared/torchPython.ts';

export default dockerfileRule({
  ...tritonTorch.about,
  looksAt: pythonPackages,
  needs: pythonInstalls('triton'),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install torch==2.6.0 «triton==3.0.0»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.6.0 triton==3.2.0\n',
    },
    {
      title: 'asked for below Python 3.12 only',
      bad: 'FROM python:3.11\nRUN pip install torch==2.3.1 «triton==3.0.0»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.3.1 triton==2.3.1\n',
    },
    { title: 'no longer there', good: 'FROM python:3.12\nRUN pip install torch==2.3.1 triton==3.0.0\n' },
    { title: 'a Triton that the newer Python has no wheel of', bad: 'FROM python:3.12\nRUN pip install torch==2.2.2 «triton==2.1.0»\n' },
    {
      title: 'one after the other; a build for the CPU; a release that asks for none',
      good: 'FROM python:3.11\nRUN pip install torch==2.6.0\nRUN pip install triton==3.3.0\nRUN pip install torch==2.6.0+cpu triton==3.0.0 --extra-index-url https://download.pytorch.org/whl/cpu\nRUN pip install torch==1.13.1 triton==3.0.0\n',
    },
    {
      title: 'wheels for ARM ask for none, or for one of another index',
      good: 'FROM --platform=linux/arm64 python:3.11 AS base\nFROM base\nRUN pip install torch==2.6.0 triton==3.0.0\n',
    },
    { title: 'amd64, said', bad: 'FROM --platform=linux/amd64 python:3.11\nRUN pip install torch==2.6.0 «triton==3.0.0»\n' },
  ],
  *check(file, world) {
    const problems = commandProblems(tritonTorch, file, world, (instruction) => {
      const stage = stageAround(file, instruction);
      return stage && stagePython(world.knowledge, file, stage, world.options.buildArgs)?.version;
    });
    for (const problem of problems) {
      const stage = file.stages.findLast(({ from }) => from.span.start < problem.span.start);
      if (!stage || !isOther(stage)) yield problem;
    }
  },
});

/** Whether a stage is surely for another machine than x86-64. */
function isOther(stage: Stage): boolean {
  const platform = lineage(stage)
    .at(-1)
    ?.from.flags.find(({ name }) => name === 'platform')?.value?.value;
  return platform !== undefined && /^linux\/(?!amd64)[\w/]+$/.test(platform);
}
