import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule, type Problem, type World } from '../../lint/rule.ts';
import { excludes } from '../shared/excludes.ts';
import { publicVersion } from '../shared/pins.ts';
import { named, ownPackages, type StagePackage } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { askedVersion } from '../shared/torchPython.ts';
import { torchSource } from '../shared/torchSource.ts';
import { beside, packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'cpu-torch-overwritten',
  severity: 'warning',
  title: 'Ask for the same torch everywhere',
  why: 'A CPU build of torch is installed, and a later step asks for another version from PyPI: pip removes the first and downloads the CUDA build, 3 to 4 GB of it.',
  looksAt: [...pythonPackages, ...packageIndexes, ...beside('* VLLM_')],
  needs: pythonInstalls('torch'),
  examples: [
    {
      files: { 'requirements.txt': 'torch==2.4.0\nfastapi\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'a range without it',
      files: { 'requirements.txt': 'torch<2.5\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1+cpu --extra-index-url https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      files: { 'requirements.txt': 'torch==2.5.1\nfastapi\n' },
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
    {
      title: 'on the command line',
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nRUN pip install «torch==2.4.0» fastapi\n',
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nRUN pip install torch==2.5.1 fastapi\n',
    },
    {
      title: 'vLLM, whose wheels are for CUDA',
      bad: 'FROM python:3.12-slim AS kept\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nRUN pip install «vllm==0.6.4»\nFROM python:3.12-slim AS replaced\nRUN pip install torch==2.4.0 --index-url https://download.pytorch.org/whl/cpu\nRUN pip install «vllm==0.6.4»\n',
    },
    {
      title: 'a vLLM that is built for the CPU',
      good: 'FROM python:3.12-slim\nENV VLLM_TARGET_DEVICE=cpu\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nRUN pip install vllm==0.6.4\n',
    },
    {
      title: 'any version, and the newest',
      files: { 'requirements.txt': 'torch\nfastapi\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip install --upgrade -r «requirements.txt»\n',
    },
    {
      title: 'what is there is enough',
      files: { 'requirements.txt': 'torch>=2\n' },
      good: 'FROM python:3.11-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      yield* vllmBehind(file, stage, world);
      const torches = ownPackages(file, stage, world).filter(
        ({ requirement, install }) => requirement.name === 'torch' && !install.project,
      );
      const [first, ...later] = torches;
      const pinned = first?.requirement.pinned;
      if (!first || pinned === undefined || !later.length) continue;
      const from = torchSource(file, stage, first.install, world);
      if (from.kind !== 'index' || from.tag !== 'cpu') continue;
      const other = later.find((each) => excludes(each.requirement, pinned) || renewal(each) !== undefined);
      if (!other || torchSource(file, stage, other.install, world).kind !== 'pypi') continue;
      yield {
        span: other.word.span,
        message: `${named(other)} ${excludes(other.requirement, pinned) ? `asks for ${askedVersion(other.requirement)}` : `is installed anew with ${renewal(other) ?? ''}`}, and the CPU build installed before is ${pinned}: pip replaces it by the CUDA build of PyPI, 3 to 4 GB. Ask for the same version in both.`,
        fixes:
          other.path === undefined && other.requirement.specifierSpan
            ? [
                {
                  title: `Ask for ${publicVersion(pinned)} here too`,
                  safe: false,
                  edits: [{ span: other.requirement.specifierSpan, text: `==${publicVersion(pinned)}` }],
                },
              ]
            : [],
      };
    }
  },
});

/** The option by which a requirement without a version takes the newest, whatever is there. */
const renewal = ({ requirement, install }: StagePackage): string | undefined =>
  requirement.specifier === '' && requirement.pinned === undefined && requirement.url === undefined && requirement.via === undefined
    ? install.options.find(({ name }) => /^(?:-U|--upgrade|--force-reinstall)$/.test(name))?.name
    : undefined;

/** vLLM's wheels on PyPI are for CUDA: behind a CPU build they do not load, or pip takes the CUDA build after all. */
function* vllmBehind(file: Dockerfile, stage: Stage, world: World): Iterable<Problem> {
  const own = ownPackages(file, stage, world);
  const vllm = own.find(({ requirement, install }) => requirement.name === 'vllm' && requirement.url === undefined && !install.project);
  const torch = own.find(({ requirement, install }) => requirement.name === 'torch' && install !== vllm?.install && !install.project);
  if (!vllm || !torch || torch.install.span.start > vllm.install.span.start || /VLLM_|--no-deps/.test(stageText(stage))) return;
  const from = torchSource(file, stage, torch.install, world);
  if (from.kind !== 'index' || from.tag !== 'cpu' || torchSource(file, stage, vllm.install, world).kind !== 'pypi') return;
  const { pinned = '' } = vllm.requirement;
  const needs = world.knowledge.vllm.find(({ version }) => version === publicVersion(pinned))?.torch;
  const { pinned: has } = torch.requirement;
  const loads = 'vLLM does not load: its wheels are compiled for CUDA';
  const replaced = 'pip replaces it by the CUDA build of PyPI, 3 to 4 GB';
  yield {
    span: vllm.word.span,
    message: `${named(vllm, pinned && ` ${pinned}`)} is installed behind the CPU build of torch: ${needs === undefined || has === undefined ? `${replaced}, or keeps it and ${loads}` : needs === publicVersion(has) ? `pip keeps that, and ${loads}` : `it wants torch ${needs}, so ${replaced}`}. Leave torch to vllm, or use the CPU image of vLLM.`,
  };
}
