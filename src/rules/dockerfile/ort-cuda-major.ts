import type { Dockerfile } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix, type World } from '../../lint/rule.ts';
import { bases } from '../shared/bases.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { minor } from '../shared/pins.ts';
import { askedVersion } from '../shared/torchPython.ts';
import { allowsMinor } from '../shared/torchRange.ts';
import type { KnowledgeBase, OnnxRuntimeRelease } from '../../knowledge/knowledge.ts';
import type { Requirement } from '../../python/model.ts';
import { named, ownPackages, type StagePackage } from '../shared/stagePackages.ts';
import { torchSource } from '../shared/torchSource.ts';
import { packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'ort-cuda-major',
  severity: 'warning',
  title: 'Match onnxruntime-gpu and the CUDA of the image',
  why: 'onnxruntime-gpu links to one CUDA major: 11.8 up to 1.18, 12 from 1.19, 13 from 1.27. With another in the image, the CUDA provider does not load, and inference runs on the CPU after one warning.',
  looksAt: [...pythonPackages, ...packageIndexes],
  needs: pythonInstalls('onnxruntime-gpu'),
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
    {
      title: 'the CUDA that torch brings',
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cu118\nRUN pip install «onnxruntime-gpu==1.20.1»\n',
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.5.1 --index-url https://download.pytorch.org/whl/cu118\nRUN pip install onnxruntime-gpu==1.18.*\n',
    },
    { good: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip3 install onnxruntime-gpu==1.23.0\n' },
    {
      title: 'it brings its own',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install onnxruntime-gpu[cuda,cudnn]==1.23.0\n',
    },
  ],
  *check(file, world) {
    for (const { image, parts, stage } of bases(file, world)) {
      const packages = ownPackages(file, stage, world);
      const source = isCudaImage(parts) ? undefined : torchBuild(file, packages, world);
      const cuda = source?.cuda ?? (isCudaImage(parts) ? /^\d+/.exec(parts.tag ?? '')?.[0] : undefined);
      if (cuda === undefined) continue;
      for (const found of packages) {
        const { name, extras } = found.requirement;
        if (name !== 'onnxruntime-gpu' || extras.length || found.install.indexUrl !== undefined || found.install.extraIndexUrls.length)
          continue;
        const allowed = releasesOf(found.requirement, world.knowledge);
        const release = allowed.at(-1);
        if (!release || allowed.some((each) => each.cuda.split('.')[0] === cuda)) continue;
        yield {
          span: found.word.span,
          message: `${named(found)} ${askedVersion(found.requirement)} links to CUDA ${release.cuda}, ${source ? `torch from ${source.tag} brings` : `«${image}» has`} ${cuda}: its CUDA provider does not load and inference runs on the CPU.`,
          ...(allowed.every(({ sure }) => sure === 'certain') ? {} : { severity: 'info' as const }),
          fixes: newestFor(cuda, found, world.knowledge),
        };
      }
    }
  },
});

/** The CUDA that torch brings into an image which has none, where that is all there is: `11` of `cu118`. */
function torchBuild(
  file: Dockerfile,
  packages: readonly StagePackage[],
  world: World,
): { readonly tag: string; readonly cuda: string } | undefined {
  // NVIDIA’s own packages may bring another CUDA.
  if (packages.some(({ requirement }) => /^nvidia-|^tensorflow$|^cupy/.test(requirement.name))) return undefined;
  const torch = packages.find(({ requirement }) => requirement.name === 'torch');
  const source = torch && torchSource(file, torch.stage, torch.install, world);
  const cuda = source?.kind === 'index' ? /^cu(\d\d)\d$/.exec(source.tag)?.[1] : undefined;
  return source?.kind === 'index' && cuda !== undefined ? { tag: source.tag, cuda } : undefined;
}

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
