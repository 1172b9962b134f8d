import type { KnowledgeBase } from '../../knowledge/knowledge.ts';
import type { ImageReference } from '../../text/imageReference.ts';
import { compareVersions } from './pins.ts';

/** What is wrong with a tag of `nvidia/cuda`. */
export interface CudaTagFault {
  readonly why: string;
  /** A tag that exists and means the same. */
  readonly better?: string;
}

export const isCudaImage = ({ registry, name }: ImageReference): boolean =>
  (registry === 'docker.io' || registry === 'nvcr.io') && name === 'nvidia/cuda';

const grammar = /^(\d+(?:\.\d+)*)(?:-(cudnn\d*))?(?:-(base|runtime|devel))?(?:-([a-z]+[\d.]*))?$/;

/** Why a tag of `nvidia/cuda` cannot exist, by the rules the tags follow; undefined when it may. */
export function cudaTagFault(tag: string, { cudaImages }: KnowledgeBase): CudaTagFault | undefined {
  if (tag === 'latest') return { why: 'nvidia/cuda has had no tag «latest» since January 2021' };
  const match = grammar.exec(tag);
  const [, cuda = '', cudnn, flavour, os] = match ?? [];
  if (!match || cuda.split('.').length > 3) return undefined;
  const exact = (version: string): boolean => cudaImages.some((image) => image.cuda === version);
  const patch = cuda.split('.').length === 3;
  const newest = patch ? cuda : cudaImages.findLast((image) => image.cuda.startsWith(`${cuda}.`))?.cuda;
  const word = newest === undefined ? undefined : cudnn && cudnnWord(newest, cudnn);
  const known = newest === undefined ? undefined : cudaImages.find((image) => image.cuda === newest);
  const system = os ?? known?.os.findLast((each) => each !== 'ubuntu26.04');
  const tagOf = (): string | undefined =>
    newest === undefined || system === undefined || !exact(newest)
      ? undefined
      : [newest, ...(word === undefined ? [] : [word]), flavour ?? 'base', system].join('-');
  const better = tagOf();
  const fault = (why: string): CudaTagFault => ({ why, ...(better === undefined || better === tag ? {} : { better }) });
  if (!patch) return fault(`tags of nvidia/cuda have three numbers, «${cuda}» has ${cuda.split('.').length === 1 ? 'one' : 'two'}`);
  if (os === undefined && compareVersions(cuda, '11.3') >= 0)
    return fault('tags of nvidia/cuda end in the operating system, such as ubuntu22.04');
  if (cudnn !== undefined && word !== undefined && word !== cudnn)
    return fault(`with CUDA ${cuda}, the word for cuDNN in the tag is «${word}», not «${cudnn}»`);
  return undefined;
}

/** What tags of a CUDA version call cuDNN: `cudnn8` up to 12.3, `cudnn9` too in 12.3, `cudnn` from 12.4 on. */
function cudnnWord(cuda: string, written: string): string {
  if (compareVersions(cuda, '12.4.0') >= 0) return 'cudnn';
  if (compareVersions(cuda, '12.3.0') >= 0) return written === 'cudnn8' ? 'cudnn8' : 'cudnn9';
  return written === 'cudnn7' && compareVersions(cuda, '11.1') < 0 ? 'cudnn7' : 'cudnn8';
}

const gone = new Set([
  '11.0.0',
  '11.0.1',
  '11.0.2',
  '11.1.0',
  '11.2.0',
  '11.2.1',
  '11.3.0',
  '11.4.0',
  '11.4.1',
  '11.4.2',
  '11.5.0',
  '11.5.1',
  '11.6.0',
  '11.7.0',
]);

/** Why a tag that once existed is gone. */
export function cudaTagDeleted(tag: string): { readonly why: string; readonly sure: boolean } | undefined {
  const cuda = /^\d+(?:\.\d+)*/.exec(tag)?.[0] ?? '';
  if (/^(?:[789]|10)(?:\.|$)/.test(cuda)) return { why: `CUDA ${cuda}: images of CUDA 10 and older were deleted in 2023`, sure: true };
  if (/-centos7$/.test(tag)) return { why: 'the centos7 images were deleted in 2024', sure: true };
  if (gone.has(cuda)) return { why: `the images of CUDA ${cuda} were deleted when their driver branch ended`, sure: false };
  return undefined;
}
