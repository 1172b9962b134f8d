import { dockerfileRule } from '../../lint/rule.ts';
import { get } from '../../compose/model.ts';
import { builtServices } from '../shared/builtServices.ts';
import { meantForGpu } from '../shared/meantForGpu.ts';
import { shippedStages } from '../shared/shipped.ts';

export default dockerfileRule({
  id: 'no-platform-mac',
  severity: 'hint',
  title: 'Build images for GPU servers for their platform',
  why: 'A Mac with Apple silicon builds ARM images. Most GPU servers are amd64: there the image ends with «exec format error». Build with `--platform linux/amd64` (the command Build Image… asks), or on the server by a Docker context. The rule speaks where the engine runs on an ARM Mac and the image is one for GPUs.',
  reach: 'file',
  looksAt: ['FROM'],
  examples: [
    {
      live: { engine: { onMac: true, architecture: 'arm64' } },
      bad: 'FROM «nvidia/cuda:12.6.3-runtime-ubuntu22.04»\nRUN true\n',
      good: 'FROM --platform=linux/amd64 nvidia/cuda:12.6.3-runtime-ubuntu22.04\nRUN true\n',
    },
    {
      title: 'the service names a platform',
      live: { engine: { onMac: true, architecture: 'arm64' } },
      files: { 'compose.yaml': 'services:\n  a:\n    build: .\n    platform: linux/amd64\n    gpus: all\n' },
      good: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04\nRUN true\n',
    },
    { title: 'no Mac', good: 'FROM nvidia/cuda:12.6.3-runtime-ubuntu22.04\nRUN true\n' },
  ],
  *check(file, world) {
    const { engine } = world.live;
    const [stage] = shippedStages(file);
    if (!engine?.onMac || engine.architecture !== 'arm64' || !stage) return;
    const image = shippedStages(file).at(-1);
    if (!image?.image || image.from.flags.some(({ name }) => name === 'platform') || meantForGpu(file, stage, world) === undefined) return;
    const users = builtServices(file, world);
    if (users.some(({ service }) => get(service.node, 'platform') ?? get(service.node, 'build', 'platforms'))) return;
    yield {
      span: image.image.span,
      message:
        'This engine builds ARM images, and most GPU servers are amd64: there it ends with «exec format error». Build with --platform linux/amd64.',
    };
  },
});
