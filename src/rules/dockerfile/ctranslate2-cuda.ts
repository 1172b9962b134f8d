import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { imageReference } from '../../text/imageReference.ts';
import { bringsLibraries } from '../shared/bringsCuda.ts';
import { isCudaImage } from '../shared/cudaTag.ts';
import { beside, pythonPackages, stageWords } from '../shared/looksAt.ts';
import { compareVersions, minor } from '../shared/pins.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { named, stagePackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { allowsMinor } from '../shared/torchRange.ts';

interface Build {
  /** The first and the newest release that is known of it. */
  readonly from: string;
  readonly newest: string;
  readonly cuda: string;
  readonly cudnn: string;
}

// CTranslate2's change log: 4.0.0 of 2024-02-15 «breaking change while updating to cuda 12», 4.5.0 of 2024-10-22 «supports CUDNN 9 and is no longer
// compatible with CUDNN 8». Read 2026-11-22.
const builds: readonly Build[] = [
  { from: '3.0.0', newest: '3.24.0', cuda: '11', cudnn: '8' },
  { from: '4.0.0', newest: '4.4.0', cuda: '12', cudnn: '8' },
  { from: '4.5.0', newest: '4.6.0', cuda: '12', cudnn: '9' },
];

export default dockerfileRule({
  id: 'ctranslate2-cuda',
  severity: 'warning',
  title: 'Match CTranslate2 (faster-whisper) and the CUDA of the image',
  why: 'CTranslate2 loads cuBLAS and cuDNN from the image: CUDA 11 and cuDNN 8 up to 3.24, CUDA 12 and cuDNN 8 up to 4.4, CUDA 12 and cuDNN 9 from 4.5 on. With others it ends when it first uses the GPU: «Unable to load any of {libcudnn_ops.so.9…}», «Library libcublas.so.12 is not found». faster-whisper takes the newest CTranslate2 4 unless one is pinned.',
  looksAt: [...pythonPackages, ...beside(...stageWords)],
  needs: pythonInstalls('ctranslate2', 'faster-whisper'),
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install «faster-whisper» fastapi\n',
      good: 'FROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install faster-whisper ctranslate2==4.4.0 fastapi\n',
    },
    {
      title: 'one that is too old for the image, in a file',
      files: { 'requirements.txt': 'ctranslate2==4.4.0\nfaster-whisper==1.0.3\n' },
      bad: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nCOPY requirements.txt .\nRUN pip3 install -r «requirements.txt»\n',
    },
    {
      title: 'CUDA 11',
      bad: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install «faster-whisper==1.1.1»\n',
      good: 'FROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install faster-whisper==1.1.1 ctranslate2==3.24.0\n',
    },
    {
      title: 'what goes together; libraries of torch, of packages, of apt',
      good: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04\nRUN pip3 install faster-whisper==1.1.1\nFROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\nRUN pip3 install torch faster-whisper\nFROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\nRUN pip3 install faster-whisper nvidia-cudnn-cu12\nFROM nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04\nRUN apt-get install -y libcudnn9-cuda-12 && pip3 install faster-whisper\nFROM nvidia/cuda:11.8.0-cudnn8-runtime-ubuntu22.04\nRUN pip3 install faster-whisper==0.10.1\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const root = rootImage(file, stage, world.options.buildArgs);
      const parts = root === undefined ? undefined : imageReference(root);
      const [, cuda, word] = parts && isCudaImage(parts) ? (/^(\d+)\.[\d.]+-cudnn(\d*)-/.exec(parts.tag ?? '') ?? []) : [];
      if (cuda === undefined || Number(cuda) > 12 || !stage.instructions.length) continue;
      // Without a number it is 9, in tags of 12.4 and newer.
      const cudnn = word || '9';
      if (/cudnn|cublas|nvidia-cu|conda|LD_LIBRARY_PATH|\.run\b|cpu/i.test(stageText(stage))) continue;
      const packages = stagePackages(file, stage, world);
      const found =
        packages.findLast(({ requirement }) => requirement.name === 'ctranslate2') ??
        packages.findLast(({ requirement }) => requirement.name === 'faster-whisper');
      const build = found && buildOf(found.requirement);
      if (!found || found.stage !== stage || !build || packages.some(bringsLibraries)) continue;
      const { install, path, requirement, word: at } = found;
      if (
        install.project ||
        install.indexUrl !== undefined ||
        install.extraIndexUrls.length ||
        (build.cuda === cuda && build.cudnn === cudnn)
      )
        continue;
      const right = builds.find((each) => each.cuda === cuda && each.cudnn === cudnn);
      const own = requirement.name === 'ctranslate2';
      yield {
        span: at.span,
        message: `${own ? `${named(found)} here` : `${named(found)} takes ctranslate2 ${build.from} or newer, which`} loads the libraries of CUDA ${build.cuda} and cuDNN ${build.cudnn}, and «${root ?? ''}» has ${cuda} and ${cudnn}: it ends when it first uses the GPU.${right ? ` Pin ctranslate2==${right.newest}, or take` : ' Take'} an image with CUDA ${build.cuda} and cuDNN ${build.cudnn}.`,
        fixes:
          right && path === undefined
            ? [
                own
                  ? {
                      title: `Use ctranslate2 ${right.newest}`,
                      safe: false,
                      edits: [{ span: at.span, text: `ctranslate2==${right.newest}` }],
                    }
                  : {
                      title: `Pin ctranslate2 ${right.newest}`,
                      safe: false,
                      edits: [{ span: { start: at.span.end, end: at.span.end }, text: ` ctranslate2==${right.newest}` }],
                    },
              ]
            : [],
      };
    }
  },
});

/** The build that pip takes: the newest that is allowed. */
function buildOf({ name, pinned, specifier, url, marker }: Requirement): Build | undefined {
  if (url !== undefined || marker !== undefined) return undefined;
  if (name === 'faster-whisper') {
    // 1.0.0 asked for ctranslate2>=4.0,<5, and so do all since.
    if (pinned === undefined ? /[<!~]/.test(specifier) : compareVersions(pinned, '1.0.0') < 0) return undefined;
    return builds.at(-1);
  }
  if (pinned !== undefined) return builds.findLast(({ from }) => compareVersions(pinned, from) >= 0);
  return builds.findLast(({ from, newest }) => !specifier || [newest, from].some((each) => allowsMinor(specifier, minor(each))));
}
