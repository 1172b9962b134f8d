import { satisfies, validRange } from '@renovatebot/pep440';
import type { TorchRelease } from '../../knowledge/knowledge.ts';

/** The known releases of torch that a specifier with bounds allows, oldest first; none without a specifier. */
export const torchIn = (releases: readonly TorchRelease[], specifier: string): readonly TorchRelease[] =>
  specifier && validRange(specifier) ? releases.filter(({ version }) => satisfies(version, specifier)) : [];

/** Whether a specifier allows some patch of a minor version. */
export const allowsMinor = (specifier: string, minor: string): boolean =>
  !validRange(specifier) ||
  Array.from({ length: 10 }, (_, patch) => `${minor}.${String(patch)}`).some((version) => satisfies(version, specifier));
