import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { ownPackages, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { pythonPackages } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'flash-attn-needs',
  severity: 'error',
  title: 'Install flash-attn after torch and without build isolation',
  why: 'flash-attn imports torch while it is built. pip builds in an environment of its own where there is none: «No module named torch». Install torch in a step before, then flash-attn with `--no-build-isolation`; without a matching wheel it also needs nvcc, that is a `-devel` image.',
  looksAt: [...pythonPackages, '* no-build-isolation', '* NO_BUILD_ISOLATION'],
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0\nRUN pip install «flash-attn»\n',
      good: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0\nRUN pip install --no-build-isolation flash-attn\n',
    },
    {
      title: 'in one step with torch',
      bad: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install --no-build-isolation torch==2.6.0 «flash-attn»\n',
    },
    { good: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nRUN pip install flash-attn --no-build-isolation\n' },
    { title: 'a wheel', good: 'FROM python:3.12\nRUN pip install https://example.org/flash_attn-2.7.4-cp312-cp312-linux_x86_64.whl\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const before = stagePackages(file, stage, world);
      const root = rootImage(file, stage, world.options.buildArgs) ?? '';
      for (const found of ownPackages(file, stage, world)) {
        if (found.requirement.name !== 'flash-attn' || found.requirement.url !== undefined || found.install.project) continue;
        const { install } = found;
        const isolated = !install.options.some(({ name }) => name === '--no-build-isolation' || name === '--no-build-isolation-package');
        const torch =
          /pytorch|vllm|sglang|transformers/.test(root) ||
          before.some(
            (each) => each.requirement.name === 'torch' && each.install !== install && each.install.span.start < install.span.start,
          );
        const set = /NO_BUILD_ISOLATION|no-build-isolation/.test(stageText(stage));
        if (isolated && set) continue;
        const end = install.verb.span.end;
        if (isolated)
          yield {
            span: found.word.span,
            message:
              'flash-attn imports torch while it is built, and pip builds it in an environment without: «No module named torch». Add --no-build-isolation.',
            fixes: [
              { title: 'Add --no-build-isolation', safe: true, edits: [{ span: { start: end, end }, text: ' --no-build-isolation' }] },
            ],
          };
        else if (!torch && before.some((each) => each.install === install && each.requirement.name === 'torch'))
          yield {
            span: found.word.span,
            message:
              'flash-attn needs torch installed before it is built; here both are in one step. Install torch in a step of its own first.',
          };
      }
    }
  },
});
