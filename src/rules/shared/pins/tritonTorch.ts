import { allows } from './xformersTorch.ts';
import { compareVersions, pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';

/** What a release of torch requires, on Linux with x86-64. Elsewhere it asks for none up to 2.8, and later by index (pytorch#149584, #165013). */
interface Wanted {
  readonly triton: string;
  /** Torch asks for it below this Python only; there are wheels of torch for this one too. */
  readonly below?: string;
}

// `Requires-Dist: triton==…` of torch's wheels for Linux and CUDA, as poetry.lock keeps it word for word, each row in two or more of
// huggingface/text-generation-inference (2.0–2.6), zylon-ai/private-gpt (2.0–2.4), SeldonIO/MLServer (2.0–2.8), mem0ai/mem0 (2.0–2.11), docling-project/docling
// (2.2–2.7), cohere-ai/cohere-toolkit (2.2–2.4), inseq-team/inseq and Safe-DS/Library (2.1.2, 2.2.0), huggingface/dataset-viewer (2.12.0, 2.13.0); 2.9 and 2.10,
// 2.12.1 by the uv.lock of docling, mem0, kserve/kserve, Unstructured-IO/unstructured-api and getzep/graphiti, where torch resolved to the one Triton.
// 2.0.0 and 2.0.1 also ModelTC/LightLLM#95 and S-LoRA#8, 2.9.0 marin#2375, 2.1.2 vllm#3426. 2.1.0: fishaudio/fish-speech (pdm.lock)
// and Unstructured-IO/unstructured-api (pip-compile). Read 2026-11-22.
const wants: Readonly<Record<string, Wanted>> = {
  '2.0.0': { triton: '2.0.0' },
  '2.0.1': { triton: '2.0.0' },
  '2.1.0': { triton: '2.1.0' },
  '2.1.1': { triton: '2.1.0' },
  '2.1.2': { triton: '2.1.0' },
  '2.2.0': { triton: '2.2.0', below: '3.12' },
  '2.2.1': { triton: '2.2.0', below: '3.12' },
  '2.2.2': { triton: '2.2.0', below: '3.12' },
  '2.3.0': { triton: '2.3.0', below: '3.12' },
  '2.3.1': { triton: '2.3.1', below: '3.12' },
  '2.4.0': { triton: '3.0.0' },
  '2.4.1': { triton: '3.0.0' },
  '2.5.0': { triton: '3.1.0', below: '3.13' },
  '2.5.1': { triton: '3.1.0', below: '3.13' },
  '2.6.0': { triton: '3.2.0' },
  '2.7.0': { triton: '3.3.0' },
  '2.7.1': { triton: '3.3.1' },
  '2.8.0': { triton: '3.4.0' },
  '2.9.0': { triton: '3.5.0' },
  '2.9.1': { triton: '3.5.1' },
  '2.10.0': { triton: '3.6.0' },
  '2.11.0': { triton: '3.6.0' },
  '2.12.0': { triton: '3.7.0' },
  '2.12.1': { triton: '3.7.1' },
  '2.13.0': { triton: '3.7.1', below: '3.15' },
};

// The first Triton that may have wheels for a Python: the files that the same locks list, of which none is for 3.15 up to 3.7.1.
const firstFor: Readonly<Record<string, string>> = { '3.12': '2.2.0', '3.13': '3.1.0', '3.15': '3.7.2' };

/** Every torch brings one Triton. */
export const tritonTorch: PinRule = {
  about: {
    id: 'triton-torch-mismatch',
    severity: 'error',
    title: 'Leave triton to torch, or pin the one that it requires',
    why: 'The wheels of torch for Linux require one release of Triton, down to the last number: torch 2.6.0 goes with 3.2.0. Another pin beside it ends in `ResolutionImpossible`. torch brings the right one by itself.',
  },
  *problems(pins, _world, pythons) {
    const torch = pinOf(pins, 'torch')?.requirement;
    const pin = pinOf(pins, 'triton');
    if (!torch?.pinned || !pin || torch.url !== undefined || pin.requirement.url !== undefined) return;
    // Wheels without CUDA ask for none, or for another package.
    const [, base = '', build] = /^(\d+(?:\.\d+)+)(?:\+(\w+))?/.exec(torch.pinned) ?? [];
    const wanted = build === undefined || /^cu\d+$/.test(build) ? wants[base] : undefined;
    if (wanted === undefined || allows(pin.requirement, wanted.triton)) return;
    const { pinned, specifier, specifierSpan: span } = pin.requirement;
    const { triton, below } = wanted;
    const bound = below === undefined ? undefined : boundAt(below, pinned, pythons);
    if (bound === 'free') return;
    yield {
      span: pin.span,
      ...(bound === undefined ? {} : { severity: 'info' }),
      message: `torch ${base} requires triton ${triton}${bound === undefined ? '' : ` with Python below ${bound}`}, so triton ${pinned === undefined ? specifier : publicVersion(pinned)} cannot be installed beside it${bound === undefined ? '' : ' there'}. Leave triton out: torch brings it.`,
      fixes: pin.exact && span ? [{ title: `Use triton ${triton}`, safe: false, edits: [{ span, text: pinText(pin, triton) }] }] : [],
    };
  },
};

/** The Python below which alone the two exclude each other, where it may be a newer one; `free` where it surely is; undefined where they always do. */
function boundAt(below: string, pinned: string | undefined, pythons: readonly string[] | undefined): string | undefined {
  const newer = pythons?.filter((python) => compareVersions(python, below) >= 0);
  if (newer?.length === 0) return undefined;
  // A newer Python finds no wheel of an older Triton either.
  if (pinned !== undefined && compareVersions(pinned, firstFor[below] ?? '0') < 0) return undefined;
  return newer && newer.length === pythons?.length ? 'free' : below;
}
