import { compareVersions, pinOf, type PinRule } from '../pins.ts';

/** tensorflow-gpu is gone. */
export const tensorflowGpu: PinRule = {
  about: {
    id: 'tensorflow-gpu-package',
    severity: 'error',
    title: 'Use tensorflow[and-cuda] instead of tensorflow-gpu',
    why: '`tensorflow-gpu` was removed from PyPI in December 2022: pip finds a placeholder that refuses to install. Since TensorFlow 2.14, `tensorflow[and-cuda]` brings CUDA and cuDNN along.',
  },
  *problems(pins) {
    const pin = pinOf(pins, 'tensorflow-gpu');
    if (!pin) return;
    const { pinned, nameSpan } = pin.requirement;
    // Only the placeholder releases (2.12) are left; 2.11 and older have files still.
    if (pinned !== undefined && compareVersions(pinned, '2.12') < 0) return;
    const text = pinned === undefined || compareVersions(pinned, '2.14') >= 0 ? 'tensorflow[and-cuda]' : 'tensorflow';
    yield {
      span: pin.span,
      message: 'tensorflow-gpu was removed from PyPI in 2022: installing it fails. tensorflow[and-cuda] is what took its place.',
      fixes: pin.exact && !pin.requirement.entry ? [{ title: `Use ${text}`, safe: false, edits: [{ span: nameSpan, text }] }] : [],
    };
  },
};
