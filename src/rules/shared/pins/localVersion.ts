import { pinOf, type Pin } from '../pins.ts';

/** The first pin with a local version of PyTorch's index (`+cpu`, `+cu121`), which PyPI never has. */
export function localVersion(pins: readonly Pin[]): { readonly pin: Pin; readonly pinned: string; readonly tag: string } | undefined {
  for (const name of ['torch', 'torchvision', 'torchaudio']) {
    const pin = pinOf(pins, name);
    const pinned = pin?.requirement.pinned;
    const tag = /\+(cpu|cu\d+|rocm[\d.]+|xpu)$/.exec(pinned ?? '')?.[1];
    if (pin && pinned !== undefined && tag !== undefined) return { pin, pinned, tag };
  }
  return undefined;
}
