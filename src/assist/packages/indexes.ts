import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';

/** A build of torch: the tag, and what it needs. */
export interface TorchBuild {
  readonly tag: string;
  readonly url: string;
  readonly detail: string;
}

/** The builds of the torch that is pinned, or of the newest: the CPU's, then CUDA's newest first. */
export function torchBuilds(torch: string | undefined, knowledge: KnowledgeBase): readonly TorchBuild[] {
  const release = torch === undefined ? knowledge.torch.at(-1) : torchFacts(knowledge, torch);
  return (release?.wheels ?? [])
    .toSorted((a, b) => rank(b.tag) - rank(a.tag))
    .map(({ tag, cuda, rocm, minDriver }) => ({
      tag,
      url: `https://download.pytorch.org/whl/${tag}`,
      detail: [
        cuda === undefined ? (rocm === undefined ? 'for the CPU, 0.5 GB' : `ROCm ${rocm}`) : `CUDA ${cuda}`,
        ...(minDriver === undefined ? [] : [`driver ${minDriver}`]),
        `torch ${release?.version ?? ''}`,
      ].join(', '),
    }));
}

const rank = (tag: string): number => (tag === 'cpu' ? 10_000 : tag.startsWith('cu') ? 1000 + Number(/\d+/.exec(tag)?.[0] ?? 0) : 0);
