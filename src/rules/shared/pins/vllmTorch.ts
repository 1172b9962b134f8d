import { pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';

/** vLLM pins one torch. */
export const vllmTorch: PinRule = {
  about: {
    id: 'vllm-torch-conflict',
    severity: 'info',
    quiet: 'The rows of vLLM’s own pins are likely, not certain, and pip itself refuses a real conflict.',
    title: 'Leave the version of torch to vLLM',
    why: 'Every vLLM release requires exactly one torch. Another pin beside it cannot be resolved, and the right one is a line too many.',
  },
  *problems(pins, { knowledge }) {
    const vllm = pinOf(pins, 'vllm')?.requirement.pinned;
    const torch = pinOf(pins, 'torch');
    const pinned = torch?.requirement.pinned;
    if (vllm === undefined || !torch || pinned === undefined) return;
    const release = knowledge.vllm.find(({ version }) => version === publicVersion(vllm));
    if (release?.torch === undefined || release.torch === publicVersion(pinned)) return;
    const span = torch.requirement.specifierSpan;
    yield {
      span: torch.span,
      message: `vllm ${vllm} requires torch ${release.torch}, so pip cannot install it beside torch ${pinned}. Leave torch to vllm.`,
      fixes:
        torch.exact && span
          ? [{ title: `Use torch ${release.torch}`, safe: false, edits: [{ span, text: pinText(torch, release.torch) }] }]
          : [],
    };
  },
};
