import { dockerfileRule } from '../../lint/rule.ts';
import { commandPins } from '../shared/pins.ts';
import { localVersion } from '../shared/pins/localVersion.ts';
import { torchSource } from '../shared/torchSource.ts';
import { packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'local-version-on-pypi',
  severity: 'error',
  title: 'Name the index of a +cpu or +cu build of torch',
  why: 'Versions with a `+cpu` or `+cu121` are on PyTorch’s own index only. Without it, pip looks on PyPI and finds «no matching distribution».',
  looksAt: [...pythonPackages, ...packageIndexes],
  needs: pythonInstalls('+'),
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN pip install «torch==2.4.1+cpu»\n',
      good: 'FROM python:3.11-slim\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cpu torch==2.4.1+cpu\n',
    },
    { good: 'FROM python:3.11-slim\nRUN pip install torch==2.4.1+cu121 -f https://download.pytorch.org/whl/torch_stable.html\n' },
    { good: 'FROM python:3.11-slim\nENV PIP_EXTRA_INDEX_URL=https://download.pytorch.org/whl/cpu\nRUN pip install torch==2.4.1+cpu\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        for (const { install, pins } of commandPins(file, instruction, world.options)) {
          const local = localVersion(pins);
          if (!local || torchSource(file, stage, install, world).kind !== 'pypi') continue;
          const url = `https://download.pytorch.org/whl/${local.tag}`;
          const end = install.verb.span.end;
          yield {
            span: local.pin.span,
            message: `${local.pin.requirement.name} ${local.pinned} is not on PyPI: versions with +${local.tag} are on ${url} only, and nothing names it.`,
            fixes: [
              {
                title: `Add --extra-index-url ${url}`,
                safe: true,
                edits: [{ span: { start: end, end }, text: ` --extra-index-url ${url}` }],
              },
            ],
          };
        }
      }
  },
});
