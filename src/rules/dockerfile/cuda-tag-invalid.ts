import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { cudaTagDeleted, cudaTagFault, isCudaImage } from '../shared/cudaTag.ts';

export default dockerfileRule({
  id: 'cuda-tag-invalid',
  severity: 'error',
  title: 'Use a tag that nvidia/cuda has',
  why: 'Tags of `nvidia/cuda` are `<X.Y.Z>[-cudnn]-<base|runtime|devel>-<system>`: three numbers, the system always, `cudnn8` up to CUDA 12.3 and plain `cudnn` from 12.4 on. Anything else ends in «manifest unknown».',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «nvidia/cuda:12.4.1-cudnn8-runtime-ubuntu22.04»\n', good: 'FROM nvidia/cuda:12.4.1-cudnn-runtime-ubuntu22.04\n' },
    { bad: 'FROM «nvidia/cuda:11.8-base-ubuntu22.04»\n', good: 'FROM nvidia/cuda:11.8.0-base-ubuntu22.04\n' },
    { bad: 'FROM «nvidia/cuda:12.1.1-runtime»\n', good: 'FROM nvidia/cuda:12.1.1-runtime-ubuntu22.04\n' },
    { bad: 'FROM «nvidia/cuda:12.2.2-cudnn-runtime-ubuntu22.04»\n', good: 'FROM nvidia/cuda:12.2.2-cudnn8-runtime-ubuntu22.04\n' },
    { title: 'no tag at all', bad: 'FROM «nvidia/cuda»\n' },
    { good: 'FROM nvidia/cuda:12.6.3-cudnn-devel-ubuntu24.04\nFROM nvidia/cuda:12.3.2-cudnn9-runtime-ubuntu22.04\n' },
    { title: 'a copy of your own', good: 'FROM registry.example.org/nvidia/cuda:11.8-mine\n' },
  ],
  *check(file, world) {
    for (const { image, parts, word, literal } of bases(file, world)) {
      if (isCudaImage(parts) && parts.tag === undefined && parts.digest === undefined) {
        yield {
          span: word.span,
          message: `«${image}» means «${image}:latest», which does not exist: nvidia/cuda has had no tag «latest» since January 2021. Name one, such as 12.8.1-base-ubuntu24.04.`,
        };
        continue;
      }
      if (!isCudaImage(parts) || parts.tag === undefined || parts.digest !== undefined || cudaTagDeleted(parts.tag)) continue;
      const fault = cudaTagFault(parts.tag, world.knowledge);
      if (!fault) continue;
      const better = fault.better === undefined ? undefined : image.replace(parts.tag, fault.better);
      yield {
        span: word.span,
        message: `«${image}» does not exist: ${fault.why}.${better === undefined ? '' : ` Use ${better}.`}`,
        fixes: literal && better !== undefined ? [{ title: `Use ${better}`, safe: false, edits: [{ span: word.span, text: better }] }] : [],
      };
    }
  },
});
