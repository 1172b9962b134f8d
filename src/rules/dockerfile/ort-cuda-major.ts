import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { minor } from '../shared/pins.ts';
import { askedVersion } from '../shared/torchPython.ts';
import { allowsMinor } from '../shared/torchRange.ts';
import type { KnowledgeBase, OnnxRuntimeRelease } from '../../knowledge/knowledge.ts';
import type { Requirement } from '../../python/model.ts';
import { named, ownPackages, type StagePackage } from '../shared/stagePackages.ts';
import { pythonPackages } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'ort-cuda-major',
  severity: 'warning',
  title: 'Match onnxruntime-gpu and the CUDA of the image',
  why: 'onnxruntime-gpu links to one CUDA major: 11.8 up to 1.18, 12 from 1.19, 13 from 1.27. With another in the image, the CUDA provider does not load, and inference runs on the CPU after one warning.',
  looksAt: pythonPackages,
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip3 install «onnxruntime-gpu==1.27.0»\n',
      good: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip3 install onnxruntime-gpu==1.26.*\n',
    },
    {
      title: 'a range',
      bad: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install «"onnxruntime-gpu>=1.20,<1.24"»\n',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install "onnxruntime-gpu==1.18.*"\n',
    },
    { good: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip3 install onnxruntime-gpu==1.23.0\n' },
    {
      title: 'it brings its own',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install onnxruntime-gpu[cuda,cudnn]==1.23.0\n',
    },
  ],
  *check(file, world) {
    for (const { image, parts, stage } of bases(file, world)) {
      const cuda = isCudaImage(parts) ? /^\d+/.exec(parts.tag ?? '')?.[0] : undefined;
      if (cuda === undefined) continue;
      for (const found of ownPackages(file, stage, world)) {
        const { name, extras } = found.requirement;
        if (name !== 'onnxruntime-gpu' || extras.length || found.install.indexUrl !== undefined || found.install.extraIndexUrls.length)
          continue;
        const allowed = releasesOf(found.requirement, world.knowledge);
        const release = allowed.at(-1);
        if (!release || allowed.some((each) => each.cuda.split('.')[0] === cuda)) continue;
        yield {
          span: found.word.span,
          message: `${named(found)} ${askedVersion(found.requirement)} links to CUDA ${release.cuda}, «${image}» has ${cuda}: its CUDA provider does not load and inference runs on the CPU.`,
          ...(allowed.every(({ sure }) => sure === 'certain') ? {} : { severity: 'info' as const }),
          fixes: newestFor(cuda, found, world.knowledge),
        };
      }
    }
  },
});

/** The minor releases that a requirement with a version allows, oldest first. */
const releasesOf = ({ pinned, specifier }: Requirement, { onnxRuntime }: KnowledgeBase): readonly OnnxRuntimeRelease[] =>
  onnxRuntime.filter(({ version }) =>
    pinned === undefined ? specifier !== '' && allowsMinor(specifier, version) : version === minor(pinned),
  );

/** The newest release for the CUDA of the image, in place of a version on the command line. */
function newestFor(cuda: string, { requirement, path }: StagePackage, { onnxRuntime }: KnowledgeBase): readonly Fix[] {
  const newest = onnxRuntime.findLast((release) => release.cuda.split('.')[0] === cuda);
  const span = path === undefined ? requirement.specifierSpan : undefined;
  if (!newest || !span) return [];
  return [{ title: `Use onnxruntime-gpu ${newest.version}`, safe: false, edits: [{ span, text: `==${newest.version}.*` }] }];
}
