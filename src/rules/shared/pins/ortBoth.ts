import { pinOf, type PinRule } from '../pins.ts';

/** Two packages, one module. */
export const ortBoth: PinRule = {
  about: {
    id: 'ort-both',
    severity: 'warning',
    title: 'Install onnxruntime or onnxruntime-gpu, not both',
    why: 'Both packages install the module `onnxruntime`. The one that comes last overwrites the other, and inference runs on the CPU without a word.',
  },
  *problems(pins) {
    const cpu = pinOf(pins, 'onnxruntime');
    const gpu = pinOf(pins, 'onnxruntime-gpu');
    if (!cpu || !gpu) return;
    yield {
      span: cpu.span,
      message:
        'onnxruntime and onnxruntime-gpu install the same module: the CPU one can overwrite the CUDA provider. Keep onnxruntime-gpu alone.',
    };
  },
};
