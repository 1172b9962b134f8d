import { indexTag } from '../../rules/shared/torchSource.ts';

/** The build (`cpu`, `cu126`) that an address of PyTorch's own package index names; a mirror's address says it in its own way. */
export const torchBuild = (url: string): string | undefined => indexTag(url, { indexes: [] });
