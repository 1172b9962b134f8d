import { satisfies, validRange } from '@renovatebot/pep440';
import type { Requirement } from '../../python/model.ts';
import { publicVersion } from './pins.ts';

/** Whether a requirement certainly does not take a version that is there: pip replaces it then. */
export const excludes = ({ pinned, specifier, url }: Requirement, version: string): boolean =>
  url === undefined &&
  (pinned === undefined
    ? specifier !== '' && validRange(specifier) && !satisfies(publicVersion(version), specifier)
    : publicVersion(pinned) !== publicVersion(version));
