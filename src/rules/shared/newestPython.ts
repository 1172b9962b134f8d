import type { KnowledgeBase } from '../../knowledge/knowledge.ts';

/** The newest Python that has been out for a year: wheels for it exist. */
export function newestPython({ endOfLife }: KnowledgeBase, today: string): string | undefined {
  const yearAgo = `${Number(today.slice(0, 4)) - 1}${today.slice(4)}`;
  const out = Object.entries(endOfLife['python'] ?? {}).filter(
    ([, { releaseDate }]) => releaseDate !== undefined && releaseDate <= yearAgo,
  );
  return out.sort(([a], [b]) => Number(b.slice(2)) - Number(a.slice(2)))[0]?.[0];
}
