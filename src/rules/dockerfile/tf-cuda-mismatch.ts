import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { imageReference } from '../../text/imageReference.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { compareVersions, minor } from '../shared/pins.ts';
import { allowsMinor } from '../shared/torchRange.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'tf-cuda-mismatch',
  severity: 'info',
  quiet: 'The combinations are those that TensorFlow was tested with; neighbours of them often work.',
  title: 'Match TensorFlow and the CUDA of the image',
  why: 'Plain `tensorflow` loads CUDA and cuDNN of the image, of the version it was built with. With another it prints «Cannot dlopen some GPU libraries» and computes on the CPU. `tensorflow[and-cuda]` brings its own.',
  looksAt: pythonPackages,
  needs: pythonInstalls('tensorflow'),
  examples: [
    {
      bad: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install «tensorflow==2.17.0»\n',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install tensorflow[and-cuda]==2.17.0\n',
    },
    {
      title: 'a range, of before the extra',
      bad: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip install «"tensorflow==2.12.*"»\n',
    },
    {
      title: 'in a stage on it',
      bad: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04 AS base\nFROM base\nRUN pip install «tensorflow==2.17.0»\n',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04 AS base\nFROM base\nRUN pip install tensorflow[and-cuda]==2.17.0\n',
    },
    {
      title: 'packages of NVIDIA’s beside it',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip install tensorflow==2.17.0 nvidia-cudnn-cu12 nvidia-cuda-runtime-cu12\n',
    },
    { good: 'FROM nvidia/cuda:12.3.2-cudnn9-runtime-ubuntu22.04\nRUN pip install tensorflow==2.17.0\n' },
    { good: 'FROM python:3.12\nRUN pip install tensorflow==2.17.0\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const image = rootImage(file, stage, world.options.buildArgs);
      const parts = imageReference(image ?? '');
      const cuda = image !== undefined && isCudaImage(parts) ? /^\d+\.\d+/.exec(parts.tag ?? '')?.[0] : undefined;
      if (cuda === undefined) continue;
      const packages = ownPackages(file, stage, world);
      // Packages of NVIDIA’s bring what the image has not.
      if (packages.some(({ requirement }) => /^nvidia-cudnn-cu\d+$/.test(requirement.name))) continue;
      for (const found of packages) {
        const { name, extras, pinned, specifier, nameSpan } = found.requirement;
        if (name !== 'tensorflow' || extras.includes('and-cuda') || (pinned === undefined && specifier === '')) continue;
        const allowed = world.knowledge.tensorflow.filter(({ version }) =>
          pinned === undefined ? allowsMinor(specifier, minor(version)) : minor(version) === minor(pinned),
        );
        const release = allowed.at(-1);
        if (!release || allowed.some((each) => each.cuda.split('.')[0] === cuda.split('.')[0])) continue;
        // The extra came with 2.14.
        const brings = compareVersions(release.version, '2.14') >= 0;
        yield {
          span: found.word.span,
          message: `${named(found)} ${pinned ?? specifier} was built with CUDA ${release.cuda}; «${image}» has ${cuda}, so its GPU libraries do not load and it runs on the CPU. Use ${brings ? 'tensorflow[and-cuda]' : `an image with CUDA ${release.cuda}`}.`,
          fixes:
            brings && found.path === undefined && !extras.length
              ? [{ title: 'Use tensorflow[and-cuda]', safe: false, edits: [{ span: nameSpan, text: 'tensorflow[and-cuda]' }] }]
              : [],
        };
      }
    }
  },
});
