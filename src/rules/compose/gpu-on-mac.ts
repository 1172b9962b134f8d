import { composeRule } from '../../lint/rule.ts';
import { nvidiaRequest } from '../shared/nvidiaRequest.ts';
import { baseName } from '../../text/paths.ts';

export default composeRule({
  id: 'gpu-on-mac',
  severity: 'info',
  quiet: 'It is certain of this engine, but a file is often written on a laptop for a server.',
  title: 'Keep GPU reservations apart from what runs on a Mac',
  why: 'Docker on a Mac runs in a virtual machine that gets no GPU, neither NVIDIA’s nor Apple’s: a service with a reservation does not start. Put the reservation into a file of its own, `compose.gpu.yaml`, and start with it on the servers: `docker compose -f compose.yaml -f compose.gpu.yaml up`.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      live: { engine: { onMac: true, architecture: 'arm64' } },
      bad: 'services:\n  train:\n    image: train:1\n    «deploy»:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 1\n              capabilities: [gpu]\n',
      good: 'services:\n  train:\n    image: train:1\n',
    },
    { title: 'the file for servers', good: 'services:\n  train:\n    image: train:1\n    gpus: all\n' },
  ],
  *check(file, { live }) {
    if (!live.engine?.onMac || /gpu|cuda|prod|server/i.test(baseName(file.source.path))) return;
    for (const { name, node } of file.services) {
      const span = nvidiaRequest(node);
      if (span)
        yield {
          span,
          message: `Docker on a Mac has no GPU to give: «${name}» does not start here. Put the reservation into compose.gpu.yaml.`,
        };
    }
  },
});
