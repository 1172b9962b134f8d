import { compareVersions, pinOf, pinText, type PinRule } from '../pins.ts';

/** The last torchaudio is 2.11. */
export const torchaudioNonexistent: PinRule = {
  about: {
    id: 'torchaudio-nonexistent',
    severity: 'error',
    title: 'Pin a torchaudio that was published',
    why: 'torchaudio ended with 2.11: there is no 2.12 and nothing after it, though torch went on. pip finds no matching distribution.',
  },
  *problems(pins) {
    const pin = pinOf(pins, 'torchaudio');
    if (!pin) return;
    const { pinned, specifier } = pin.requirement;
    const lowest = pinned ?? />=?\s*(\d[\d.]*)/.exec(specifier)?.[1] ?? /^(?:~=|==)\s*(\d[\d.]*)/.exec(specifier)?.[1];
    if (lowest === undefined || compareVersions(lowest, '2.12') < 0) return;
    const span = pin.requirement.specifierSpan;
    yield {
      span: pin.span,
      message: `torchaudio ${pinned ?? specifier} does not exist: 2.11.0 is the last one, so pip finds nothing to install.`,
      fixes: pin.exact && span ? [{ title: 'Use torchaudio 2.11.0', safe: false, edits: [{ span, text: pinText(pin, '2.11.0') }] }] : [],
    };
  },
};
