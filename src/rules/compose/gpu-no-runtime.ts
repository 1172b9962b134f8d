import { composeRule } from '../../lint/rule.ts';
import { nvidiaRequest } from '../shared/nvidiaRequest.ts';

export default composeRule({
  id: 'gpu-no-runtime',
  severity: 'info',
  quiet: 'It is certain of this engine, but a file is often written on a laptop for a server.',
  title: 'Run services that reserve a GPU where there is one',
  why: 'A reservation is a condition: an engine that has no NVIDIA driver, no NVIDIA Container Toolkit and no CDI device answers «could not select device driver "nvidia" with capabilities: [[gpu]]», and the service does not start. Keep the reservation in a file of its own (`compose.gpu.yaml`) when the project shall start without a GPU too. The rule needs an engine to ask.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices'],
  examples: [
    {
      live: { engine: { noDriver: true, runtimes: ['runc'], cdiDevices: [] } },
      bad: 'services:\n  train:\n    image: train:1\n    «gpus»: all\n',
      good: 'services:\n  train:\n    image: train:1\n',
    },
    {
      title: 'the runtime is set up, or nobody looked for a driver',
      live: { engine: { runtimes: ['runc', 'nvidia'] } },
      good: 'services:\n  train:\n    image: train:1\n    gpus: all\n',
    },
  ],
  *check(file, { live }) {
    const { engine } = live;
    if (!engine?.noDriver || engine.onMac || live.gpus.length || live.driver !== undefined) return;
    if (engine.runtimes?.includes('nvidia') || engine.cdiDevices?.some((device) => device.startsWith('nvidia.com/gpu'))) return;
    for (const { name, node } of file.services) {
      const span = nvidiaRequest(node);
      if (span)
        yield {
          span,
          message: `This engine has no NVIDIA driver and no runtime for GPUs: «${name}» does not start on it («could not select device driver»).`,
        };
    }
  },
});
