import { allows } from './xformersTorch.ts';
import { pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';

// `Requires-Dist: triton==…` of torch's wheels for Linux and CUDA, as pip quotes it: ModelTC/LightLLM#95 and S-LoRA#8 (2.0), NVlabs/VILA#192 (2.5.1),
// QwenLM/Qwen3-VL#1090 (2.6.0), WeClone#198 (2.7.1), torch-2.8.0+cu128’s METADATA, marin#2375 (2.9.0), ComfyUI-Easy-Install#192 (2.11.0).
// Releases that nobody was seen to quote, and those that ask so only for some Pythons (2.2, 2.3), are left out. Read 2026-11-22.
const wants: Readonly<Record<string, string>> = {
  '2.0.0': '2.0.0',
  '2.0.1': '2.0.0',
  '2.5.1': '3.1.0',
  '2.6.0': '3.2.0',
  '2.7.1': '3.3.1',
  '2.8.0': '3.4.0',
  '2.9.0': '3.5.0',
  '2.11.0': '3.6.0',
};

/** Every torch brings one Triton. */
export const tritonTorch: PinRule = {
  about: {
    id: 'triton-torch-mismatch',
    severity: 'error',
    title: 'Leave triton to torch, or pin the one that it requires',
    why: 'The wheels of torch for Linux require one release of Triton, down to the last number: torch 2.6.0 goes with 3.2.0. Another pin beside it ends in `ResolutionImpossible`. torch brings the right one by itself.',
  },
  *problems(pins) {
    const torch = pinOf(pins, 'torch')?.requirement;
    const pin = pinOf(pins, 'triton');
    if (!torch?.pinned || !pin || torch.url !== undefined || pin.requirement.url !== undefined) return;
    // Wheels without CUDA ask for none, or for another package.
    const [, base = '', build] = /^(\d+(?:\.\d+)+)(?:\+(\w+))?/.exec(torch.pinned) ?? [];
    const wanted = build === undefined || /^cu\d+$/.test(build) ? wants[base] : undefined;
    if (wanted === undefined || allows(pin.requirement, wanted)) return;
    const { pinned, specifier, specifierSpan: span } = pin.requirement;
    yield {
      span: pin.span,
      message: `torch ${base} requires triton ${wanted}, so triton ${pinned === undefined ? specifier : publicVersion(pinned)} cannot be installed beside it. Leave triton out: torch brings it.`,
      fixes: pin.exact && span ? [{ title: `Use triton ${wanted}`, safe: false, edits: [{ span, text: pinText(pin, wanted) }] }] : [],
    };
  },
};
