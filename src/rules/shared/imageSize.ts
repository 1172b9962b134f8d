import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { imageFacts } from '../../knowledge/lookup.ts';

const gigabytes = (megabytes: number): string => (megabytes / 1000).toFixed(megabytes < 9950 ? 1 : 0).replace(/\.0$/, '');

/** What an image takes unpacked, in words: `6 to 8.4 GB`; undefined when it is not known. */
export function imageSize(knowledge: KnowledgeBase, image: string): string | undefined {
  const size = imageFacts(knowledge, image)?.size;
  return size && `${gigabytes(size[0])} to ${gigabytes(size[1])} GB`;
}
