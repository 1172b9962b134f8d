import type { KnowledgeBase, TorchRelease } from '../../knowledge/knowledge.ts';
import { compareVersions } from './pins.ts';

const number = (tag: string): number => Number(/\d+/.exec(tag)?.[0] ?? 0);

/**
 * Whether a release may have a build: what its matrix lists; cu129, of which releases since 2.8 have wheels without listing them; and for the
 * newest releases what is newer than everything listed.
 */
export const mayHave = ({ torch }: KnowledgeBase, { version, wheels }: TorchRelease, tag: string): boolean =>
  wheels.some((wheel) => wheel.tag === tag) ||
  (tag === 'cu129' && compareVersions(version, '2.8.0') > 0) ||
  (torch.slice(-3).some((newest) => newest.version === version) &&
    torch.every((release) => release.wheels.every((wheel) => !wheel.tag.startsWith('cu') || number(wheel.tag) < number(tag))));

/** The CUDA tag that a release has nearest to a wanted one: the next newer, else the newest. */
export function nearestTag({ wheels }: TorchRelease, tag: string): string | undefined {
  const tags = wheels.map((wheel) => wheel.tag).filter((each) => /^cu\d/.test(each));
  return tags.find((each) => number(each) > number(tag)) ?? tags.at(-1);
}

/** The last torch release that an index tag has, when newer releases left it. */
export function lastWith({ torch }: KnowledgeBase, tag: string): TorchRelease | undefined {
  const last = torch.findLast(({ wheels }) => wheels.some((wheel) => wheel.tag === tag));
  const newest = torch.at(-1);
  return last && newest && compareVersions(newest.version, last.version) > 0 ? last : undefined;
}
