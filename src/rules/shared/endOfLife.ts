import { imageFacts } from '../../knowledge/lookup.ts';
import type { World } from '../../lint/rule.ts';

/** A Python of a base image that gets no fixes any more. */
export interface EndedPython {
  readonly python: string;
  /** ISO date. */
  readonly end: string;
  /** The oldest minor version that still gets fixes. */
  readonly next?: string;
}

/** The Python of an image, when it is certain and past its end of life. */
export function endedPython(image: string, { knowledge, today }: Pick<World, 'knowledge' | 'today'>): EndedPython | undefined {
  const releases = knowledge.endOfLife['python'] ?? {};
  const facts = imageFacts(knowledge, image);
  const python = facts?.sure === 'certain' ? facts.python : undefined;
  const end = python === undefined ? undefined : releases[python]?.eol;
  if (python === undefined || end === undefined || end >= today) return undefined;
  const [next] = Object.entries(releases)
    .filter(([, { eol, releaseDate = '9' }]) => eol !== undefined && eol > today && releaseDate < today)
    .map(([version]) => version)
    .sort((a, b) => Number(a.slice(2)) - Number(b.slice(2)));
  return { python, end, ...(next === undefined ? {} : { next }) };
}
