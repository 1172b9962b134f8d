import { torchFacts } from '../../knowledge/lookup.ts';
import { requirementsRule } from '../../lint/rule.ts';
import { lockedRequirements } from '../shared/locked.ts';
import { compareVersions, filePins, pinOf } from '../shared/pins.ts';

export default requirementsRule({
  id: 'gpu-arch-not-in-wheel',
  severity: 'error',
  title: 'Use a torch build with code for this machine’s GPU',
  why: 'A wheel holds code for a list of GPU generations. A GPU outside that list answers «no kernel image is available for execution on the device». The rule compares with the GPUs of the engine, when there are any.',
  examples: [
    {
      live: { gpus: [{ name: 'NVIDIA GeForce RTX 5090', memory: 32607, computeCapability: '12.0' }] },
      bad: '--extra-index-url https://download.pytorch.org/whl/cu124\n«torch==2.5.1+cu124»\n',
    },
    {
      live: { gpus: [{ name: 'NVIDIA L4', memory: 23034, computeCapability: '8.9' }] },
      good: '--extra-index-url https://download.pytorch.org/whl/cu124\ntorch==2.5.1+cu124\n',
    },
    { title: 'no GPU known', good: 'torch==2.5.1+cu124\n' },
  ],
  *check(file, { knowledge, live, files }) {
    const pin = pinOf(filePins({ ...file, requirements: lockedRequirements(file, files) }), 'torch');
    const pinned = pin?.requirement.pinned;
    const release = pinned === undefined ? undefined : torchFacts(knowledge, pinned);
    const tag = /\+(cu\d+)$/.exec(pinned ?? '')?.[1];
    const wheel = release?.wheels.find((each) => each.tag === tag);
    const archs = wheel?.archs;
    if (!pin || pinned === undefined || !archs?.length) return;
    for (const gpu of live.gpus) {
      const { computeCapability: own } = gpu;
      if (own === undefined) continue;
      // Code of the same generation with a lower number runs too (8.6 on 8.9).
      const runs = archs.some((arch) => arch.split('.')[0] === own.split('.')[0] && compareVersions(arch, own) <= 0);
      if (runs) continue;
      const better = knowledge.torch.find(
        (each) =>
          compareVersions(each.version, pinned) > 0 &&
          each.wheels.some(({ archs: codes = [] }) =>
            codes.some((arch) => arch.split('.')[0] === own.split('.')[0] && compareVersions(arch, own) <= 0),
          ),
      );
      yield {
        span: pin.span,
        message: `torch ${pinned} has code for compute capability ${archs.join(', ')}; ${gpu.name} has ${own}: «no kernel image is available».${better ? ` torch ${better.version} is the first that has it.` : ''}`,
      };
      return;
    }
  },
});
