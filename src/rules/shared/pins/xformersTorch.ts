import { satisfies, validRange } from '@renovatebot/pep440';
import type { KnowledgeBase } from '../../../knowledge/knowledge.ts';
import type { Requirement } from '../../../python/model.ts';
import { compareVersions, pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';

/** Every xFormers is built for one torch. */
export const xformersTorch: PinRule = {
  about: {
    id: 'xformers-torch-mismatch',
    severity: 'error',
    title: 'Pin xformers to the release of torch',
    why: 'The wheels of xFormers are built for one torch release and require exactly that, down to the last number: 0.0.27.post2 is for torch 2.4.0, 0.0.28 for 2.4.1. Pins that do not belong together end in `ResolutionImpossible`; installed one after the other, pip replaces torch, CUDA build and all, by the one that xFormers wants.',
  },
  *problems(pins, { knowledge }) {
    const torch = pinOf(pins, 'torch')?.requirement;
    const pin = pinOf(pins, 'xformers');
    const wanted = pin && torchOf(knowledge, pin.requirement);
    if (!torch || !pin || wanted === undefined || allows(torch, wanted)) return;
    const { pinned = '', specifierSpan: span } = pin.requirement;
    const asked = torch.pinned === undefined ? torch.specifier : publicVersion(torch.pinned);
    const right = torch.pinned === undefined ? undefined : xformersFor(knowledge, torch.pinned);
    const local = /\+.*$/.exec(pinned)?.[0] ?? '';
    yield {
      span: pin.span,
      message: `xformers ${pinned} requires torch ${wanted}, so it cannot be installed beside torch ${asked}${right === undefined ? '' : `, for which xformers ${right} is built`}.`,
      fixes:
        pin.exact && span && right !== undefined
          ? [{ title: `Use xformers ${right}`, safe: false, edits: [{ span, text: pinText(pin, `${right}${local}`) }] }]
          : [],
    };
  },
};

/** The torch that a pinned xFormers requires; undefined where that is not known. */
export const torchOf = ({ xformers }: KnowledgeBase, { pinned, url }: Requirement): string | undefined =>
  pinned === undefined || url !== undefined ? undefined : xformers.find(({ version }) => version === publicVersion(pinned))?.torch;

/** The newest xFormers for a torch. */
export const xformersFor = ({ xformers }: KnowledgeBase, torch: string): string | undefined =>
  xformers.findLast((release) => compareVersions(release.torch, torch) === 0)?.version;

/** Whether a requirement may be fulfilled by a release of torch. */
export function allows({ pinned, specifier, url }: Pick<Requirement, 'pinned' | 'specifier' | 'url'>, release: string): boolean {
  // A build that somebody made goes with what was built beside it.
  if (url !== undefined || (pinned !== undefined && !/^[\d.]+(?:\+(?:cpu|cu\d+|rocm[\d.]*|xpu))?$/.test(pinned))) return true;
  return pinned === undefined ? !validRange(specifier) || satisfies(release, specifier) : compareVersions(pinned, release) === 0;
}
