import type { KnowledgeBase, Sure } from '../../knowledge/knowledge.ts';
import { torchFacts } from '../../knowledge/lookup.ts';
import { tableName, type ImageReference } from '../../text/imageReference.ts';
import { isCudaImage } from './cudaTag.ts';

/** What an image says about GPUs by its tag. */
export interface Stack {
  readonly framework?: string;
  readonly cuda?: string;
  readonly cudnn?: string;
  readonly python?: string;
  readonly driver?: string;
  /** Whether its row of the tables is not certain: nobody is warned because of it. */
  readonly unsure?: true;
}

/** Framework, CUDA and cuDNN that a tag names, or that the tables know of it. */
export function stackOf(parts: ImageReference, knowledge: KnowledgeBase): Stack {
  const { name, tag = '', registry } = parts;
  const whole = tableName(parts);
  if (isCudaImage(parts)) {
    const [, cuda, cudnn] = /^(\d+\.\d+(?:\.\d+)?)(?:-(cudnn\d*))?/.exec(tag) ?? [];
    return { ...(cuda === undefined ? {} : { cuda }), ...(cudnn === undefined ? {} : { cudnn: cudnn === 'cudnn' ? '9' : cudnn.slice(5) }) };
  }
  if (registry === 'docker.io' && name === 'pytorch/pytorch') {
    const [, torch, cuda, cudnn] = /^(\d+\.\d+(?:\.\d+)?)-cuda([\d.]+)-cudnn(\d+)/.exec(tag) ?? [];
    if (torch === undefined || cuda === undefined || cudnn === undefined) return {};
    const release = torchFacts(knowledge, torch);
    const driver = release?.wheels.find((wheel) => wheel.cuda === cuda)?.minDriver;
    return { framework: `PyTorch ${torch}`, cuda, cudnn, ...(driver === undefined ? {} : { driver }) };
  }
  if (name === 'vllm/vllm-openai') {
    const release = knowledge.vllm.find(({ version }) => `v${version}` === tag);
    if (!release) return {};
    return {
      framework: `vLLM ${release.version}${release.torch === undefined ? '' : `, PyTorch ${release.torch}`}`,
      cuda: release.cuda,
      ...unsure(release),
    };
  }
  if (registry === 'docker.io' && name === 'tensorflow/tensorflow') {
    const version = /^(\d+\.\d+\.\d+)(?:-|$)/.exec(tag)?.[1];
    return version === undefined ? {} : { framework: `TensorFlow ${version}` };
  }
  if (registry === 'docker.io' && name === 'lmsysorg/sglang') {
    const [, major, minor] = /-cu(\d\d)(\d)(?:-|$)/.exec(tag) ?? [];
    const version = /^v(\d+(?:\.\d+)+)/.exec(tag)?.[1];
    return {
      ...(version === undefined ? {} : { framework: `SGLang ${version}` }),
      ...(major === undefined || minor === undefined ? {} : { cuda: `${major}.${minor}` }),
      unsure: true,
    };
  }
  if (registry === 'docker.io' && /^rapidsai\/(?:base|notebooks)$/.test(name)) {
    const [, version, cuda] = /^(\d+\.\d+)\w*-cuda(\d+(?:\.\d+)?)-/.exec(tag) ?? [];
    return version === undefined || cuda === undefined ? {} : { framework: `RAPIDS ${version}`, cuda, unsure: true };
  }
  const ngc = knowledge.ngc.find(({ image }) => image === whole);
  if (!ngc) return {};
  const { framework, cuda, python, driver } = ngc;
  return { framework, ...unsure(ngc), ...(cuda === undefined ? {} : { cuda }), python, ...(driver === undefined ? {} : { driver }) };
}

const unsure = ({ sure }: { readonly sure: Sure }): { readonly unsure?: true } => (sure === 'certain' ? {} : { unsure: true });

/** The lowest driver for programs built with a CUDA version. */
export const minimumDriver = (cuda: string, { cudaDrivers }: KnowledgeBase): string | undefined =>
  cudaDrivers.find(({ major }) => major === Number(cuda.split('.')[0]))?.linux.split(' ')[0];
