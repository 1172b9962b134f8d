import type { KnowledgeBase, TorchRelease } from '../../../knowledge/knowledge.ts';
import { torchFacts } from '../../../knowledge/lookup.ts';
import type { Requirement } from '../../../python/model.ts';
import { minor, pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';
import { allowsMinor, torchIn } from '../torchRange.ts';

/** torchvision and torchaudio are built for one torch. */
export const torchCompanions: PinRule = {
  conda: true,
  about: {
    id: 'torch-companion-mismatch',
    severity: 'error',
    title: 'Pin torchvision and torchaudio to the release of torch',
    why: 'Every torchvision and torchaudio is built for one torch release and asks for exactly that. Pins that do not belong together end in `ResolutionImpossible`, or, installed one after the other, in «operator torchvision::nms does not exist».',
  },
  *problems(pins, { knowledge }) {
    const torch = pinOf(pins, 'torch')?.requirement;
    if (!torch) return;
    for (const name of companions) {
      const pin = pinOf(pins, name);
      if (!pin || !mismatched(knowledge, torch, pin.requirement)) continue;
      const { pinned = '', specifier, specifierSpan: span } = pin.requirement;
      const wanted = goesWith(knowledge, torch, name);
      const local = /\+.*$/.exec(pinned)?.[0] ?? '';
      const asked = torch.pinned === undefined ? torch.specifier : publicVersion(torch.pinned);
      yield {
        span: pin.span,
        message: `${name} ${pinned || specifier} is not built for torch ${asked}${wanted === undefined ? '' : `, which goes with ${name} ${wanted}`}: they cannot be installed together.`,
        fixes:
          pin.exact && span && wanted !== undefined
            ? [{ title: `Use ${name} ${wanted}`, safe: false, edits: [{ span, text: pinText(pin, `${wanted}${local}`) }] }]
            : [],
      };
    }
  },
};

type Asked = Pick<Requirement, 'pinned' | 'specifier' | 'url'>;

const companions = ['torchvision', 'torchaudio'] as const;
type Companion = (typeof companions)[number];
export const isCompanion = (name: string): name is Companion => companions.some((each) => each === name);

/** Whether no release of torch that one requirement allows has the companion that the other asks for. */
export function mismatched({ torch: releases }: KnowledgeBase, torch: Asked, companion: Requirement): boolean {
  const { name, pinned, specifier, url } = companion;
  if (!isCompanion(name) || url !== undefined || torch.url !== undefined || !(pinned ?? specifier)) return false;
  // A build that somebody made himself goes with what he built beside it: `2.0.0a0+ec3941ad.nv23.2`.
  if ([torch.pinned, pinned].some((each) => each !== undefined && /\+(?!cpu|cu\d|rocm|xpu)/.test(each))) return false;
  const known = allowed(releases, torch);
  if (!known.length || known.some((release) => release[name] === undefined)) return false;
  const fits = (release: TorchRelease): boolean => {
    const own = minor(release[name] ?? '');
    return pinned === undefined ? allowsMinor(specifier, own) : minor(pinned) === own;
  };
  if (known.some(fits)) return false;
  // What fits no known release may fit one that the table does not have.
  return torch.pinned !== undefined || releases.some(fits);
}

const allowed = (releases: readonly TorchRelease[], { pinned, specifier }: Asked): readonly TorchRelease[] => {
  if (pinned === undefined) return torchIn(releases, specifier);
  const release = torchFacts({ torch: releases }, pinned);
  return release ? [release] : [];
};

/** The companion of the releases that a requirement of torch allows; undefined when they have several. */
function goesWith({ torch: releases }: KnowledgeBase, torch: Asked, name: Companion): string | undefined {
  const known = allowed(releases, torch).map((release) => release[name] ?? '');
  const newest = known.at(-1);
  return newest !== undefined && known.every((version) => minor(version) === minor(newest)) ? newest : undefined;
}
