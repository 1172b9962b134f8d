import { imageFacts } from '../../knowledge/lookup.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { builtServices } from '../shared/builtServices.ts';
import { asksGpu } from '../shared/gpu.ts';
import { beside, packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { torchSource } from '../shared/torchSource.ts';

/** Packages that pull torch. */
const pullers = new Set(
  'torch torchvision torchaudio sentence-transformers accelerate ultralytics timm easyocr openai-whisper lightning pytorch-lightning fastai spacy-transformers peft'.split(
    ' ',
  ),
);

/** What speaks of a GPU, anywhere in the file. */
const gpu: readonly string[] = ['cuda', 'gpu', 'nvidia'].flatMap((word) => [
  word,
  word.toUpperCase(),
  `${word.charAt(0).toUpperCase()}${word.slice(1)}`,
]);

export default dockerfileRule({
  id: 'cuda-torch-in-cpu-image',
  severity: 'info',
  quiet: 'A service without a reservation may still get a GPU, by `docker run --gpus` or on another machine.',
  title: 'Install the CPU build of torch where no GPU is used',
  why: 'PyPI’s torch for Linux is the CUDA build: with the nvidia packages it pulls it takes 4.3 GB installed, the CPU build 0.5 GB. A service that never sees a GPU ships the difference for nothing. The rule speaks when Compose files of the workspace run this image and none gives it a GPU.',
  reach: 'file',
  looksAt: [...pythonPackages, ...packageIndexes, ...beside('#', ...gpu.map((word) => `* ${word}`))],
  needs: pythonInstalls(...pullers),
  examples: [
    {
      files: { 'compose.yaml': 'services:\n  api:\n    build: .\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install «sentence-transformers»\n',
    },
    {
      files: { 'compose.yaml': 'services:\n  api:\n    build: .\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install «torch==2.5.1»\n',
      good: 'FROM python:3.11-slim\nRUN pip install --index-url https://download.pytorch.org/whl/cpu torch==2.5.1\n',
    },
    {
      title: 'the service has a GPU',
      files: { 'compose.yaml': 'services:\n  api:\n    build: .\n    gpus: all\n' },
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1\n',
    },
    {
      title: 'another file gives it one',
      files: { 'compose.yaml': 'services:\n  api:\n    build: .\n', 'compose.gpu.yaml': 'services:\n  api:\n    gpus: all\n' },
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1\n',
    },
    { title: 'nobody says how it is run', good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1\n' },
  ],
  *check(file, world) {
    const users = builtServices(file, world);
    if (!users.length || gpu.some((word) => file.source.text.includes(word))) return;
    const names = new Set(users.map(({ service }) => service.name));
    if (world.workspace.composeFiles().some(({ services }) => services.some(({ name, node }) => names.has(name) && asksGpu(node)))) return;
    for (const stage of file.stages) {
      const root = rootImage(file, stage, world.options.buildArgs);
      if (root === undefined || !/^python:|^ubuntu:|^debian:/.test(root) || imageFacts(world.knowledge, root)?.libc !== 'glibc') continue;
      const packages = ownPackages(file, stage, world);
      const found = packages.find(({ requirement }) => pullers.has(requirement.name));
      if (!found || torchSource(file, stage, found.install, world).kind !== 'pypi') continue;
      const alone =
        found.install.files.length === 0 &&
        found.path === undefined &&
        found.install.operands.every(({ value }) => /^(?:torch|torchvision|torchaudio)(?:$|[=<>~!])/.test(value));
      const end = found.install.verb.span.end;
      yield {
        span: found.word.span,
        message: `${named(found)} ${found.requirement.name === 'torch' ? 'is here the build for CUDA' : 'brings the CUDA build of torch'}, 4.3 GB instead of 0.5, and no service of the workspace gives this image a GPU. Install torch from https://download.pytorch.org/whl/cpu first.`,
        fixes: alone
          ? [
              {
                title: 'Use the CPU index',
                safe: false,
                edits: [{ span: { start: end, end }, text: ' --index-url https://download.pytorch.org/whl/cpu' }],
              },
            ]
          : [],
      };
      return;
    }
  },
});
