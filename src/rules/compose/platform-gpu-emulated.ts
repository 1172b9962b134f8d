import { get, text } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';
import { nvidiaRequest } from '../shared/nvidiaRequest.ts';

export default composeRule({
  id: 'platform-gpu-emulated',
  severity: 'warning',
  title: 'Run GPU services on the platform of the machine',
  why: 'With `platform: linux/amd64` on an ARM machine (a Mac, Grace Hopper, Jetson, DGX Spark) the program runs under emulation, which has no GPU: CUDA finds no device, or the program ends with an illegal instruction. Use an image of the machine’s own platform.',
  looksAt: ['deploy', 'gpus', 'runtime', 'devices', 'platform'],
  examples: [
    {
      live: { engine: { architecture: 'arm64' } },
      bad: 'services:\n  llm:\n    image: llm:1\n    platform: «linux/amd64»\n    gpus: all\n',
      good: 'services:\n  llm:\n    image: llm:1\n    platform: linux/arm64\n    gpus: all\n',
    },
    {
      title: 'the platform of the engine; no GPU',
      live: { engine: { architecture: 'amd64' } },
      good: 'services:\n  llm:\n    image: llm:1\n    platform: linux/amd64\n    gpus: all\n  db:\n    image: db:1\n    platform: linux/arm64\n',
    },
  ],
  *check(file, { live }) {
    const own = live.engine?.architecture;
    if (own === undefined || live.engine?.onMac) return;
    for (const { node } of file.services) {
      const platform = get(node, 'platform');
      const [, architecture] = /^linux\/(amd64|arm64)(?:\/.*)?$/.exec(text(platform) ?? '') ?? [];
      if (!platform || architecture === undefined || architecture === own || !nvidiaRequest(node)) continue;
      yield {
        span: platform.span,
        message: `This engine is ${own}: «${text(platform) ?? ''}» runs under emulation there, where CUDA finds no GPU.`,
      };
    }
  },
});
