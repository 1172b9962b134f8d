import type { Stage } from '../../dockerfile/model.ts';
import { lineage } from '../../dockerfile/scope.ts';

/** Whether the image that a stage stands on is a variable from its first letter on: whoever builds may give any, whatever its default is. */
export const isGivenImage = (stage: Stage): boolean => /^["']?\$/.test(lineage(stage).at(-1)?.image?.text ?? '');
