import { torchCudnn } from '../knowledge/lookup.ts';
import type { World } from '../lint/rule.ts';

/** An image worth offering, with a word about it. */
export interface Offer {
  readonly reference: string;
  readonly detail: string;
}

/** Good places to start from; tags as their projects publish them. */
const starts = ({ torch, cudaImages }: World['knowledge']): readonly Offer[] => {
  // CUDA 12 runs on drivers that most machines have.
  const cuda = cudaImages.findLast(({ cuda: version, os }) => version.startsWith('12.') && os.includes('ubuntu22.04'))?.cuda;
  const release = torch.at(-1);
  const wheel = release?.wheels.findLast((each) => each.cuda?.startsWith('12.'));
  return [
    { reference: 'python:3.12-slim', detail: 'Python on Debian, small' },
    { reference: 'python:3.12-slim-bookworm', detail: 'Python on Debian 12, small' },
    { reference: 'python:3.11-slim', detail: 'Python on Debian, small' },
    { reference: 'ubuntu:24.04', detail: 'Ubuntu, long-term support' },
    { reference: 'debian:bookworm-slim', detail: 'Debian 12, small' },
    ...(cuda === undefined
      ? []
      : [
          { reference: `nvidia/cuda:${cuda}-base-ubuntu22.04`, detail: 'CUDA runtime alone: wheels bring their own libraries' },
          { reference: `nvidia/cuda:${cuda}-cudnn-runtime-ubuntu22.04`, detail: 'CUDA and cuDNN libraries' },
          { reference: `nvidia/cuda:${cuda}-cudnn-devel-ubuntu22.04`, detail: 'CUDA with compiler, to build extensions' },
        ]),
    ...(release && wheel?.cuda !== undefined
      ? [
          {
            reference: `pytorch/pytorch:${release.version}-cuda${wheel.cuda}-cudnn${torchCudnn(release.version)}-runtime`,
            detail: `PyTorch with CUDA ${wheel.cuda}`,
          },
        ]
      : []),
  ];
};

/** Images for `FROM` and `image:`: those of the engine, then well-known ones. */
export function baseImages({ live, knowledge }: World): readonly Offer[] {
  return unique([
    ...live.images.map((reference) => ({ reference, detail: 'on the engine' })),
    ...knowledge.images.flatMap(({ references = [], name }) => references.map((reference) => ({ reference, detail: name }))),
    ...starts(knowledge),
    { reference: 'scratch', detail: 'nothing at all' },
  ]);
}

/** Images for `image:`: those of the engine, the services that ML stacks run, then what people start from. */
export function serviceImages({ live, knowledge }: World): readonly Offer[] {
  return unique([
    ...live.images.map((reference) => ({ reference, detail: 'on the engine' })),
    ...knowledge.services.flatMap(({ images, name }) =>
      images.filter((each) => !/\s/.test(each)).map((reference) => ({ reference, detail: name })),
    ),
    ...starts(knowledge),
  ]);
}

function unique(offers: readonly Offer[]): readonly Offer[] {
  return [...new Map(offers.toReversed().map((offer) => [offer.reference, offer])).values()].toReversed();
}
