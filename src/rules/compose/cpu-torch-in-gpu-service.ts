import { environmentOf } from '../../compose/insert.ts';
import { entry, type ComposeFile, type MapNode } from '../../compose/model.ts';
import { composeRule, type World } from '../../lint/rule.ts';
import { serviceBuild } from '../shared/composeImage.ts';
import { asksGpu } from '../shared/gpu.ts';
import { stagePackages } from '../shared/stagePackages.ts';
import { torchSource } from '../shared/torchSource.ts';
import { folderOf } from '../../text/paths.ts';

export default composeRule({
  id: 'cpu-torch-in-gpu-service',
  severity: 'warning',
  title: 'Install the CUDA build in an image that gets a GPU',
  why: 'A GPU is reserved, and the image holds a build for the CPU: torch answers «Torch not compiled with CUDA enabled», plain `jax` and `tensorflow-cpu` compute on the CPU without a word while the GPU is held.',
  looksAt: ['image', 'build', 'extends', 'environment', 'deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n' },
      bad: 'services:\n  train:\n    build: .\n    «gpus»: all\n',
    },
    {
      title: 'a device in a variable, and one of CDI',
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n' },
      bad: 'services:\n  serve:\n    build: .\n    environment: [«"DEVICE=cuda:0"»]\n  train:\n    build: .\n    «devices»: ["nvidia.com/gpu=all"]\n',
    },
    {
      title: 'a file that adds the GPU to what another one builds',
      path: 'compose.gpu.yaml',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n',
        'compose.yaml': 'services:\n  train:\n    build: .\n',
      },
      bad: 'services:\n  train:\n    «gpus»: all\n',
    },
    {
      title: 'the service chooses the build',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nARG BUILD=cpu\nRUN pip install torch --index-url https://download.pytorch.org/whl/$BUILD\n',
      },
      bad: 'services:\n  train:\n    build: {context: ., args: [BUILD=cpu]}\n    «gpus»: all\n  open:\n    build: {context: ., args: {BUILD: "${BUILD}"}}\n    gpus: all\n  cuda:\n    build: {context: ., args: {BUILD: "${BUILD:-cu124}"}}\n    gpus: all\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch\n' },
      good: 'services:\n  train:\n    build: .\n    gpus: all\n',
    },
    {
      files: { Dockerfile: 'FROM python:3.12-slim\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\n' },
      good: 'services:\n  train:\n    build: .\n',
    },
  ],
  *check(file, world) {
    for (const { node, name } of file.services) {
      const place = entry(node, 'gpus') ?? entry(node, 'deploy') ?? entry(node, 'runtime') ?? entry(node, 'devices');
      const device = [...environmentOf(node)].find(
        ([name, { value }]) => /^(?:\w+_)?DEVICE$/.test(name) && /^cuda(?::\d+)?$/.test(value ?? ''),
      )?.[1].node;
      const span = asksGpu(node) ? place?.keySpan : device?.span;
      const built = span && (serviceBuild(file, node, world) ?? builtBeside(file, name, node, world));
      if (!built) continue;
      const there = { ...world, options: { ...world.options, buildArgs: built.buildArgs } };
      const packages = stagePackages(built.dockerfile, built.stage, there);
      const torch = packages.filter(({ requirement }) => requirement.name === 'torch');
      const cpu = torch.every(({ install, stage }) => {
        const from = torchSource(built.dockerfile, stage, install, there);
        return from.kind === 'index' && from.tag === 'cpu';
      });
      const tensorflow = packages.some(({ requirement }) => requirement.name === 'tensorflow-cpu');
      if ((torch.length && cpu) || tensorflow)
        yield {
          span,
          message: `«${name}» ${asksGpu(node) ? 'reserves a GPU' : 'is told to use CUDA'}, and ${built.dockerfile.source.path} installs ${tensorflow && !torch.length ? 'tensorflow-cpu' : 'the CPU build of torch'}: ${asksGpu(node) ? 'the GPU is held and never used' : '«Torch not compiled with CUDA enabled»'}.`,
        };
    }
  },
});

/** What the one other file beside this builds for a service, where this one only adds to it. */
function builtBeside({ source }: ComposeFile, name: string, node: MapNode, world: World): ReturnType<typeof serviceBuild> {
  if (entry(node, 'build') || entry(node, 'image') || entry(node, 'extends')) return undefined;
  const [only, ...others] = world.workspace
    .composeFiles()
    .filter((other) => other.source.path !== source.path && folderOf(other.source.path) === folderOf(source.path))
    .flatMap((other) =>
      other.services.flatMap((service) => (service.name === name ? (serviceBuild(other, service.node, world) ?? []) : [])),
    );
  return others.length ? undefined : only;
}
