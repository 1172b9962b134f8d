import { dockerfileRule } from '../../lint/rule.ts';
import { bareStage } from '../shared/packageNeeds.ts';
import { folderOf, join } from '../../text/paths.ts';
import { shippedStages } from '../shared/shipped.ts';
import { stagePackages } from '../shared/stagePackages.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { installSystem } from '../shared/installSystem.ts';
import { beside, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'torch-compile-no-gcc',
  severity: 'hint',
  title: 'Have a C compiler where torch.compile runs',
  why: '`torch.compile` generates code and compiles it at the first step. A slim image has no compiler: «Failed to find C compiler».',
  reach: 'shipped',
  looksAt: [...pythonPackages, ...beside('RUN')],
  needs: pythonInstalls('torch'),
  examples: [
    {
      files: { 'train.py': 'model = torch.compile(model)\n' },
      bad: 'FROM «python:3.11-slim»\nRUN pip install torch\nCOPY train.py .\n',
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev && rm -rf /var/lib/apt/lists/*\nRUN pip install torch\nCOPY train.py .\n',
    },
    {
      files: { 'train.py': 'model = torch.compile(model)\n' },
      good: 'FROM python:3.11-slim\nRUN apt-get update && apt-get install -y gcc && pip install torch\nCOPY train.py .\n',
    },
    { files: { 'train.py': 'model = model.cuda()\n' }, good: 'FROM python:3.11-slim\nRUN pip install torch\nCOPY train.py .\n' },
  ],
  *check(file, world) {
    const bare = bareStage(file, shippedStages(file)[0], world);
    if (!bare?.stage.image || systemBrings(file, bare.stage, ['gcc', 'g++', 'clang', 'build-essential'])) return;
    if (!stagePackages(file, bare.stage, world).some(({ requirement }) => requirement.name === 'torch')) return;
    const folder = folderOf(file.source.path);
    const code = (world.files.list(folder) ?? []).find(
      (name) =>
        name.endsWith('.py') && /\btorch\.compile\s*\(|^\s*@triton\.(?:jit|autotune)\b/m.test(world.files.read(join(folder, name)) ?? ''),
    );
    if (code !== undefined)
      yield {
        span: bare.stage.image.span,
        message: `${code} compiles kernels when it runs (torch.compile, Triton), which needs a C compiler; «${bare.image}» has none. Install gcc.`,
        fixes: installSystem(file, bare.stage, ['gcc', 'libc6-dev']),
      };
  },
});
