import { pinOf, type PinRule } from '../pins.ts';

/** The alias `sklearn` fails on purpose. */
export const sklearnPackage: PinRule = {
  about: {
    id: 'sklearn-package',
    severity: 'error',
    title: 'Write scikit-learn, not sklearn',
    why: '`sklearn` on PyPI is an alias that has refused to install since December 2023. The package is called `scikit-learn`.',
  },
  *problems(pins) {
    const pin = pinOf(pins, 'sklearn');
    // Only the first version of the alias, 0.0, can still be installed.
    if (!pin || pin.requirement.pinned === '0.0') return;
    const { nameSpan, specifierSpan } = pin.requirement;
    yield {
      span: pin.span,
      message: '«sklearn» on PyPI is an alias that fails to install: the package is called scikit-learn.',
      // The alias had versions of its own (0.0): its pin means nothing for scikit-learn.
      fixes:
        pin.exact && !pin.requirement.entry
          ? [
              {
                title: 'Use scikit-learn',
                safe: false,
                edits: [{ span: { start: nameSpan.start, end: specifierSpan?.end ?? nameSpan.end }, text: 'scikit-learn' }],
              },
            ]
          : [],
    };
  },
};
