import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { table } from './markdown.ts';

/** What is known about one of PyTorch's package indexes, in Markdown; undefined when no release of torch has such a build. */
export function indexCard(tag: string, { torch }: Pick<KnowledgeBase, 'torch'>): string | undefined {
  const releases = torch.flatMap(({ version, wheels }) => wheels.filter((wheel) => wheel.tag === tag).map((wheel) => ({ version, wheel })));
  const [first] = releases;
  const last = releases.at(-1);
  if (!first || !last) return undefined;
  const { cuda, rocm, minDriver, minComputeCapability } = last.wheel;
  const ended = last.version !== torch.at(-1)?.version;
  const title = cuda === undefined ? (rocm === undefined ? 'for the CPU' : `for ROCm ${rocm}`) : `for CUDA ${cuda}`;
  return [
    `**PyTorch’s index ${title}**`,
    table([
      ['torch', `${first.version === last.version ? first.version : `${first.version} to ${last.version}`}${ended ? ' — **ended**' : ''}`],
      ['Driver', minDriver === undefined ? undefined : `at least ${minDriver}`],
      ['GPU', minComputeCapability === undefined ? undefined : `compute capability ${minComputeCapability} and newer`],
    ]),
    ...(ended ? [`Without a version, pip stays at torch ${last.version} for ever.`] : []),
    'It holds torch, its companions and what they need: `--index-url` alone leaves everything else without a version.',
  ].join('\n\n');
}
