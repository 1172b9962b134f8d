import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { Combination } from './framework.ts';

/**
 * NVIDIA’s own images with a minor version of a framework, newest first. Their builds are of no index: what a project pins of the
 * framework would replace them, so it has to be taken out.
 */
export function ngcCombinations(
  { ngc }: Pick<KnowledgeBase, 'ngc'>,
  framework: string,
  version: string,
  brings: readonly string[],
): readonly Combination[] {
  const [minor = ''] = /^\d+\.\d+/.exec(version) ?? [];
  return ngc
    .filter((image) => image.framework.startsWith(`${framework} ${minor}.`))
    .toReversed()
    .map(({ image, cuda, python, driver }) => ({
      framework,
      version,
      device: 'gpu',
      image,
      from: 'whole',
      python,
      ...(cuda === undefined ? {} : { cuda: cuda.split('.').slice(0, 2).join('.') }),
      ...(driver === undefined ? {} : { driver }),
      packages: [],
      brings,
      sure: 'likely',
    }));
}
