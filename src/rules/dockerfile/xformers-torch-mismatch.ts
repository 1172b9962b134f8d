import type { Dockerfile } from '../../dockerfile/model.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { commandProblems, minor } from '../shared/pins.ts';
import { allows, torchOf, xformersFor, xformersTorch } from '../shared/pins/xformersTorch.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { fromOwnWheels, named } from '../shared/stagePackages.ts';
import { installedAfterTorch } from '../shared/stageTorch.ts';

export default dockerfileRule({
  ...xformersTorch.about,
  looksAt: pythonPackages,
  needs: pythonInstalls('xformers'),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install torch==2.4.1 «xformers==0.0.27.post2»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.4.1 xformers==0.0.28.post1\n',
    },
    {
      title: 'after the torch of an earlier step, or of the image',
      bad: 'FROM python:3.11\nRUN pip install torch==2.4.1+cu121 --index-url https://download.pytorch.org/whl/cu121 && pip install «xformers==0.0.27.post2»\nFROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install «xformers==0.0.27»\n',
    },
    {
      title: 'in a file',
      files: { 'requirements.txt': 'diffusers\nxformers==0.0.27\n' },
      bad: 'FROM python:3.11\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install torch==2.4.1\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'without what it requires',
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install --no-deps «xformers==0.0.27»\n',
    },
    {
      title: 'the same but for its last number',
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install --no-deps xformers==0.0.28.post2\n',
    },
    {
      title: 'the right one, an open one, one that somebody built',
      good: 'FROM python:3.11\nRUN pip install torch==2.4.1+cu121 --index-url https://download.pytorch.org/whl/cu121\nRUN pip install xformers==0.0.28\nFROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install xformers\nFROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nCOPY wheels /wheels\nRUN pip install --no-index --find-links=/wheels xformers==0.0.27\n',
    },
  ],
  *check(file, world) {
    yield* commandProblems(xformersTorch, file, world);
    yield* afterTorch(file, world);
  },
});

/** An xFormers that is installed after a torch which is another than it requires. */
function* afterTorch(file: Dockerfile, world: World): Iterable<Problem> {
  for (const { found, torch } of installedAfterTorch(file, world, (name) => name === 'xformers')) {
    const wanted = fromOwnWheels(found) ? undefined : torchOf(world.knowledge, found.requirement);
    if (wanted === undefined || allows({ pinned: torch.version, specifier: `==${torch.version}` }, wanted)) continue;
    const isAlone = found.install.options.some(({ name }) => name === '--no-deps');
    // Patch releases of torch mostly load what is built for another of them.
    if (isAlone && minor(torch.version) === minor(wanted)) continue;
    const end = isAlone ? 'its kernels do not load beside that one' : 'pip replaces that one, a second download of 1 to 3 GB';
    const right = xformersFor(world.knowledge, torch.version);
    yield {
      span: found.word.span,
      severity: 'warning',
      message: `${named(found, ` ${found.requirement.pinned ?? ''}`)} is built for torch ${wanted}, and ${torch.from} has ${torch.version}: ${end}.${right === undefined ? '' : ` xformers ${right} goes with it.`}`,
    };
  }
}
