import { torchFacts } from '../../knowledge/lookup.ts';
import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { dockerfileRule, type Live } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { nvidiaRequest } from '../shared/nvidiaRequest.ts';
import { compareVersions } from '../shared/pins.ts';
import { shippedStages } from '../shared/shipped.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { torchSource } from '../shared/torchSource.ts';
import { packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'pypi-torch-needs-cuda13',
  severity: 'warning',
  title: 'Take a torch that the GPU and its driver can run',
  why: 'Since 2.11 the torch on PyPI is the build for CUDA 13: it needs driver 580 or newer and a GPU of Turing or newer (compute capability 7.5). On an older driver it says «The NVIDIA driver on your system is too old», on Pascal and Volta «no kernel image is available». PyTorch’s own index has builds for CUDA 12. The rule compares with the GPUs of the engine, when there is one.',
  reach: 'shipped',
  looksAt: [...pythonPackages, ...packageIndexes],
  needs: pythonInstalls('torch'),
  examples: [
    {
      live: { driver: '550.54.15', gpus: [{ name: 'NVIDIA L4', memory: 23034, computeCapability: '8.9' }] },
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n' },
      bad: 'FROM python:3.12-slim\nRUN pip install «torch==2.11.0»\n',
      good: 'FROM python:3.12-slim\nRUN pip install --index-url https://download.pytorch.org/whl/cu129 torch==2.11.0\n',
    },
    {
      title: 'an old GPU, and whatever is the newest',
      live: { driver: '580.95.05', gpus: [{ name: 'Tesla V100-SXM2-16GB', memory: 16384, computeCapability: '7.0' }] },
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n' },
      bad: 'FROM python:3.12-slim\nRUN pip install «torch»\n',
      good: 'FROM python:3.12-slim\nRUN pip install --index-url https://download.pytorch.org/whl/cu126 torch\n',
    },
    { title: 'no engine says anything', good: 'FROM python:3.12-slim\nRUN pip install torch==2.11.0\n' },
    {
      title: 'the driver is new enough, and so is the GPU',
      live: { driver: '580.95.05', gpus: [{ name: 'NVIDIA L4', memory: 23034, computeCapability: '8.9' }] },
      files: { 'compose.yaml': 'services:\n  train:\n    build: .\n    gpus: all\n' },
      good: 'FROM python:3.12-slim\nRUN pip install torch==2.11.0\n',
    },
  ],
  *check(file, world) {
    const { live, knowledge } = world;
    const [stage] = shippedStages(file);
    if (!stage || (live.driver === undefined && !live.gpus.length)) return;
    if (!builtServices(file, world).some((each) => each.stage === stage && nvidiaRequest(each.service.node))) return;
    for (const found of stagePackages(file, stage, world)) {
      const { requirement, install, word } = found;
      if (requirement.name !== 'torch' || (requirement.pinned === undefined && requirement.specifier !== '')) continue;
      if (torchSource(file, found.stage, install, world).kind !== 'pypi') continue;
      const release = requirement.pinned === undefined ? knowledge.torch.at(-1) : torchFacts(knowledge, requirement.pinned);
      const wheel = release?.wheels.find(({ cuda }) => cuda !== undefined && cuda === release.pypiCuda);
      const why = wheel && misfit(wheel, live);
      if (!release || why === undefined) continue;
      const fitting = release.wheels.findLast((each) => each.cuda !== undefined && misfit(each, live) === undefined);
      const alone =
        install.files.length === 0 && install.operands.every(({ value }) => /^(?:torch|torchvision|torchaudio)(?:$|[=<>~!])/.test(value));
      const end = install.verb.span.end;
      yield {
        span: word.span,
        message: `${named(found)} from PyPI is the build for CUDA ${release.pypiCuda ?? '13'}: ${why}. ${fitting ? `Take it from https://download.pytorch.org/whl/${fitting.tag}.` : 'Take an older torch.'}`,
        fixes:
          alone && fitting
            ? [
                {
                  title: `Use the index for ${fitting.tag}`,
                  safe: false,
                  edits: [{ span: { start: end, end }, text: ` --index-url https://download.pytorch.org/whl/${fitting.tag}` }],
                },
              ]
            : [],
      };
    }
  },
});

/** Why a build does not run on the GPUs of the engine. */
function misfit(
  { minDriver, minComputeCapability }: KnowledgeBase['torch'][number]['wheels'][number],
  { driver, gpus }: Live,
): string | undefined {
  if (driver !== undefined && minDriver !== undefined && compareVersions(driver, minDriver) < 0)
    return `it needs driver ${minDriver}, and this engine has ${driver}`;
  const old = gpus.find(
    ({ computeCapability }) =>
      computeCapability !== undefined && minComputeCapability !== undefined && compareVersions(computeCapability, minComputeCapability) < 0,
  );
  return old && `it has no code for ${old.name} (compute capability ${old.computeCapability ?? ''})`;
}
