import { composeRule } from '../../lint/rule.ts';
import { cudaTagDeleted, cudaTagFault, isCudaImage } from '../shared/cudaTag.ts';
import { imageServices } from '../shared/serviceImages.ts';

export default composeRule({
  id: 'cuda-tag-invalid',
  severity: 'error',
  title: 'Use a tag that nvidia/cuda has',
  why: 'Tags of `nvidia/cuda` are `<X.Y.Z>[-cudnn]-<base|runtime|devel>-<system>`. Anything else ends in «manifest unknown», and so do the images of CUDA 10 and older, which were deleted.',
  looksAt: ['image', 'build'],
  examples: [
    {
      bad: 'services:\n  smi:\n    image: «nvidia/cuda:12.2-base»\n',
      good: 'services:\n  smi:\n    image: nvidia/cuda:12.2.2-base-ubuntu22.04\n',
    },
    { bad: 'services:\n  smi:\n    image: «nvidia/cuda:10.0-base»\n' },
    { good: 'services:\n  smi:\n    image: nvidia/cuda:12.6.3-base-ubuntu24.04\n' },
  ],
  *check(file, { knowledge, live }) {
    for (const { image, parts, node, literal } of imageServices(file)) {
      if (!isCudaImage(parts) || parts.tag === undefined || parts.digest !== undefined || live.images.includes(image)) continue;
      const gone = cudaTagDeleted(parts.tag);
      const fault = gone ? (gone.sure ? { why: gone.why, better: undefined } : undefined) : cudaTagFault(parts.tag, knowledge);
      if (!fault) continue;
      const better = fault.better === undefined ? undefined : image.replace(parts.tag, fault.better);
      yield {
        span: node.span,
        message: `«${image}» is not there: ${fault.why}.${better === undefined ? '' : ` Use ${better}.`}`,
        fixes: literal && better !== undefined ? [{ title: `Use ${better}`, safe: false, edits: [{ span: node.span, text: better }] }] : [],
      };
    }
  },
});
