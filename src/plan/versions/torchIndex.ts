import { indexTag } from '../../rules/shared/torchSource.ts';

const previews = /^https?:\/\/download\.pytorch\.org\/whl\/((?:nightly|test)\/\w+)/;

/** The build (`cpu`, `cu126`, `nightly/cu126`) that an address of PyTorch's own package index names; a mirror's address says it in its own way. */
export const torchBuild = (url: string): string | undefined => indexTag(url, { indexes: [] }) ?? previews.exec(url)?.[1];

/** The address of a build. */
export const torchIndex = (tag: string): string => `https://download.pytorch.org/whl/${tag}`;
