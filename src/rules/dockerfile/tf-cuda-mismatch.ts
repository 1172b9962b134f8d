import { dockerfileRule } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { minor } from '../shared/pins.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { pythonPackages } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'tf-cuda-mismatch',
  severity: 'info',
  quiet: 'The combinations are those that TensorFlow was tested with; neighbours of them often work.',
  title: 'Match TensorFlow and the CUDA of the image',
  why: 'Plain `tensorflow` loads CUDA and cuDNN of the image, of the version it was built with. With another it prints «Cannot dlopen some GPU libraries» and computes on the CPU. `tensorflow[and-cuda]` brings its own.',
  looksAt: pythonPackages,
  examples: [
    {
      bad: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install «tensorflow==2.17.0»\n',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install tensorflow[and-cuda]==2.17.0\n',
    },
    { good: 'FROM nvidia/cuda:12.3.2-cudnn9-runtime-ubuntu22.04\nRUN pip install tensorflow==2.17.0\n' },
    { good: 'FROM python:3.12\nRUN pip install tensorflow==2.17.0\n' },
  ],
  *check(file, world) {
    for (const { image, parts, stage } of bases(file, world)) {
      const cuda = isCudaImage(parts) ? /^\d+\.\d+/.exec(parts.tag ?? '')?.[0] : undefined;
      if (cuda === undefined) continue;
      for (const found of ownPackages(file, stage, world)) {
        const { name, extras, pinned, nameSpan } = found.requirement;
        if (name !== 'tensorflow' || pinned === undefined || extras.includes('and-cuda')) continue;
        const release = world.knowledge.tensorflow.find(({ version }) => minor(version) === minor(pinned));
        if (!release || release.cuda.split('.')[0] === cuda.split('.')[0]) continue;
        yield {
          span: found.word.span,
          message: `${named(found)} ${pinned} was built with CUDA ${release.cuda}; «${image}» has ${cuda}, so its GPU libraries do not load and it runs on the CPU. Use tensorflow[and-cuda].`,
          fixes:
            found.path === undefined && !extras.length
              ? [{ title: 'Use tensorflow[and-cuda]', safe: false, edits: [{ span: nameSpan, text: 'tensorflow[and-cuda]' }] }]
              : [],
        };
      }
    }
  },
});
