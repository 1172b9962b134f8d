/** The build (`cpu`, `cu126`) that an address of PyTorch's own package index names. */
export const torchBuild = (url: string): string | undefined =>
  /^https?:\/\/download\.pytorch\.org\/whl\/(cpu|cu\d+|rocm[\d.]+|xpu)(?:\/|$)/.exec(url)?.[1];
