import { planFromLabels, type ComposePlan } from '../../../src/plan/composePlan.ts';
import type { Project } from '../../views/node.ts';

/** How Compose was told about a project, from the labels of its containers; a Swarm stack has none. */
export function planOf({ containers }: Project): ComposePlan | undefined {
  for (const { labels } of containers) {
    const plan = planFromLabels(labels);
    if (plan) return plan;
  }
  return undefined;
}
