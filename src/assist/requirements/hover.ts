import type { World } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { lockBeside } from '../../rules/shared/locked.ts';
import { pinCard } from '../cards/pinCard.ts';
import type { Card } from '../model.ts';

/** What is known about the requirement at a place, in the version that a lock file pins where there is one. */
export function hoverRequirements(file: Requirements, offset: number, { knowledge, files }: World): Card | undefined {
  const found = file.requirements.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!found) return undefined;
  const lock = file.format === 'pyproject' && found.url === undefined ? lockBeside(file.source.path, files) : undefined;
  const locked = lock?.versions.get(found.name);
  const card = pinCard(locked === undefined ? found : { ...found, pinned: locked }, knowledge);
  const pinned =
    lock && locked !== undefined ? `\`${lock.path.slice(lock.path.lastIndexOf('/') + 1)}\` pins **${found.name} ${locked}**` : undefined;
  const parts = [pinned, card].filter((part) => part !== undefined);
  return parts.length ? { span: found.span, markdown: parts.join('\n\n') } : undefined;
}
