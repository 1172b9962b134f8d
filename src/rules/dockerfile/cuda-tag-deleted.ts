import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { cudaTagDeleted, isCudaImage } from '../shared/cudaTag.ts';

export default dockerfileRule({
  id: 'cuda-tag-deleted',
  severity: 'error',
  title: 'Use a CUDA image that is still published',
  why: 'NVIDIA deletes CUDA images half a year after the end of their driver branch: all of CUDA 8 to 10, the first patch releases of CUDA 11 and everything on CentOS 7 is gone. A build that still works has the image in its cache.',
  looksAt: ['FROM'],
  examples: [
    { bad: 'FROM «nvidia/cuda:10.2-cudnn8-runtime-ubuntu18.04»\n' },
    { bad: 'FROM «nvidia/cuda:11.8.0-devel-centos7»\n' },
    { good: 'FROM nvidia/cuda:11.8.0-runtime-ubuntu22.04\n' },
    {
      title: 'one that the engine has',
      live: { images: ['nvidia/cuda:10.2-base-ubuntu18.04'] },
      good: 'FROM nvidia/cuda:10.2-base-ubuntu18.04\n',
    },
  ],
  *check(file, world) {
    for (const { image, parts, word } of bases(file, world)) {
      if (!isCudaImage(parts) || parts.tag === undefined || world.live.images.includes(image)) continue;
      const deleted = cudaTagDeleted(parts.tag);
      if (deleted?.sure)
        yield {
          span: word.span,
          message: `«${image}» is no longer there: ${deleted.why}. Use 11.8.0 or newer.`,
        };
    }
  },
});
