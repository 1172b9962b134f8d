import { torchFacts } from '../../../knowledge/lookup.ts';
import { minor, pinOf, pinText, publicVersion, type PinRule } from '../pins.ts';

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
    const torch = pinOf(pins, 'torch')?.requirement.pinned;
    const release = torch === undefined ? undefined : torchFacts(knowledge, torch);
    if (torch === undefined || !release) return;
    for (const name of ['torchvision', 'torchaudio'] as const) {
      const pin = pinOf(pins, name);
      const pinned = pin?.requirement.pinned;
      const wanted = release[name];
      if (!pin || pinned === undefined || wanted === undefined || minor(pinned) === minor(wanted)) continue;
      const span = pin.requirement.specifierSpan;
      const local = /\+.*$/.exec(pinned)?.[0] ?? '';
      yield {
        span: pin.span,
        message: `${name} ${pinned} is not built for torch ${publicVersion(torch)}, which goes with ${name} ${wanted}: they cannot be installed together.`,
        fixes:
          pin.exact && span
            ? [{ title: `Use ${name} ${wanted}`, safe: false, edits: [{ span, text: pinText(pin, `${wanted}${local}`) }] }]
            : [],
      };
    }
  },
};
