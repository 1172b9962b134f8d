import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { lineage } from '../../dockerfile/scope.ts';

/** The stages whose files are in the image that a plain build makes: the last stage and those it is built on. */
export function shippedStages({ stages }: Dockerfile): readonly Stage[] {
  const last = stages.at(-1);
  return last ? lineage(last) : [];
}
