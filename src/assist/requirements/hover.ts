import type { World } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { pinCard } from '../cards/pinCard.ts';
import type { Card } from '../model.ts';

/** What is known about the requirement at a place. */
export function hoverRequirements({ requirements }: Requirements, offset: number, { knowledge }: World): Card | undefined {
  const found = requirements.find(({ span }) => span.start <= offset && offset <= span.end);
  const markdown = found && pinCard(found, knowledge);
  return found && markdown !== undefined ? { span: found.span, markdown } : undefined;
}
