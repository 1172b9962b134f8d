import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { dockerfileRule, type Fix, type World } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import { buildContext } from '../shared/buildContext.ts';
import { ownPackages, stagePackages, type StagePackage } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { beside, pythonPackages, setting } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'flash-attn-needs',
  severity: 'error',
  title: 'Install flash-attn after torch and without build isolation',
  why: 'flash-attn imports torch while it is built. pip builds in an environment of its own where there is none: «No module named torch». Install torch in a step before, then flash-attn with `--no-build-isolation`. Its set-up asks nvcc for its version before it looks for a built wheel: without a `-devel` image it ends with «CUDA_HOME environment variable is not set», unless the address of a wheel is given.',
  looksAt: [
    ...pythonPackages,
    ...beside(
      'RUN',
      'COPY',
      'ADD',
      ...setting('nvcc', 'NVCC', 'cuda', 'CUDA', 'FIND_LINKS', 'INDEX', 'index', 'conda', 'CONDA', 'hpc-sdk', 'NO_BUILD', 'no-build'),
    ),
  ],
  needs: pythonInstalls('flash-attn'),
  examples: [
    {
      bad: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0\nRUN pip install «flash-attn»\n',
      good: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0\nRUN pip install --no-build-isolation flash-attn\n',
    },
    {
      title: 'in one step with torch',
      bad: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install --no-build-isolation torch==2.6.0 «flash-attn»\n',
    },
    {
      title: 'no nvcc',
      bad: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime\nRUN pip install --no-build-isolation «flash-attn==2.7.4.post1»\n',
      good: 'FROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nRUN pip install --no-build-isolation flash-attn==2.7.4.post1\n',
    },
    {
      title: 'no nvcc in a slim image, and one that is brought',
      bad: 'FROM python:3.12-slim AS a\nRUN pip install torch==2.6.0\nRUN pip install --no-build-isolation «flash-attn»\nFROM python:3.12-slim AS b\nRUN apt-get update && apt-get install -y nvidia-cuda-toolkit && pip install torch==2.6.0\nRUN pip install --no-build-isolation flash-attn\n',
    },
    {
      title: 'CUDA is not compiled',
      good: 'FROM python:3.12-slim\nENV FLASH_ATTENTION_SKIP_CUDA_BUILD=TRUE\nRUN pip install torch==2.6.0\nRUN pip install --no-build-isolation flash-attn\n',
    },
    {
      title: 'with wheel there, pip before 25.3 builds without isolation: not sure to fail',
      bad: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0 packaging wheel\nRUN pip install «flash-attn==2.5.7»\n',
      good: 'FROM nvidia/cuda:12.6.3-devel-ubuntu22.04\nRUN pip install torch==2.6.0 packaging wheel\nRUN pip install --no-build-isolation flash-attn==2.5.7\n',
    },
    { good: 'FROM nvcr.io/nvidia/pytorch:25.01-py3\nRUN pip install flash-attn --no-build-isolation\n' },
    { title: 'a pip that takes it as it is', good: 'FROM nvcr.io/nvidia/pytorch:22.12-py3\nRUN pip install flash-attn==2.6.3\n' },
    {
      title: 'uv is told in the project',
      files: {
        'pyproject.toml':
          '[project]\nname = "tts"\nversion = "1"\ndependencies = ["torch==2.6.0"]\n[project.optional-dependencies]\nfast = ["flash-attn>=2.7"]\n[tool.uv]\nno-build-isolation-package = ["flash-attn"]\n',
      },
      good: 'FROM pytorch/pytorch:2.6.0-cuda12.4-cudnn9-devel\nCOPY . .\nRUN uv pip install --system -e . && uv pip install --system -e .[fast]\n',
    },
    { title: 'a wheel', good: 'FROM python:3.12\nRUN pip install https://example.org/flash_attn-2.7.4-cp312-cp312-linux_x86_64.whl\n' },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const asked = ownPackages(file, stage, world).filter(
        ({ requirement, install }) => requirement.name === 'flash-attn' && requirement.url === undefined && !install.project,
      );
      if (!asked.length) continue;
      const before = stagePackages(file, stage, world);
      const root = rootImage(file, stage, world.options.buildArgs) ?? '';
      for (const found of asked) {
        const { install } = found;
        const isolated = !install.options.some(({ name }) => name === '--no-build-isolation' || name === '--no-build-isolation-package');
        const torch =
          /pytorch|vllm|sglang|transformers/.test(root) ||
          before.some(
            (each) => each.requirement.name === 'torch' && each.install !== install && each.install.span.start < install.span.start,
          );
        const set =
          /NO_BUILD_ISOLATION|no-build-isolation/.test(stageText(stage)) || (install.tool === 'uv' && setForUv(file, found, world));
        if (isolated && set) continue;
        const end = install.verb.span.end;
        // pip took a package without a pyproject.toml as it is while it had wheel to do so.
        const wheel =
          torch &&
          install.tool === 'pip' &&
          (bringsWheel.test(root) ||
            before.some((each) => each.requirement.name === 'wheel' && each.install.span.start < install.span.start));
        if (isolated && wheel && oldPip.test(root) && !/(?:--upgrade|-U)\s[^&;|]*\bpip\b/.test(stageText(stage))) continue;
        if (isolated)
          yield {
            span: found.word.span,
            ...(wheel ? { severity: 'warning' as const } : {}),
            message: `flash-attn imports torch while it is built, and pip${wheel ? ' 25.3 and newer' : ''} builds it in an environment without: «No module named torch». Add --no-build-isolation.`,
            fixes: [
              { title: 'Add --no-build-isolation', safe: true, edits: [{ span: { start: end, end }, text: ' --no-build-isolation' }] },
            ],
          };
        else if (!torch && before.some((each) => each.install === install && each.requirement.name === 'torch'))
          yield {
            span: found.word.span,
            message:
              'flash-attn needs torch installed before it is built; here both are in one step. Install torch in a step of its own first.',
          };
        else if (lacksNvcc(root, stage, install, world)) yield { span: found.word.span, message: noNvcc(root), fixes: devel(stage) };
      }
    }
  },
});

/** Whether uv's own settings say how it is built: those of the project that asks for it, or of the folder that is built. */
const setForUv = (file: Dockerfile, { path }: StagePackage, world: World): boolean =>
  [path === undefined ? buildContext(file, world) : folderOf(path)]
    .flatMap((folder) => [join(folder, 'pyproject.toml'), join(folder, 'uv.toml')])
    .some((each) => /^\s*(?:no-build-isolation|extra-build-dependencies|\[tool\.uv\.extra-build)/m.test(world.files.read(each) ?? ''));

/** Images that have wheel and setuptools beside pip. */
const bringsWheel =
  /^(?:nvcr\.io\/nvidia\/pytorch:|(?:docker\.io\/)?pytorch\/pytorch:[12]\.\d\.|(?:docker\.io\/)?(?:library\/)?python:3\.(?:[6-9]|1[01])(?:[.-]|$))/;

/** Those whose tag never moves, and that were made before pip 25.3. */
const oldPip = /^(?:nvcr\.io\/nvidia\/pytorch:(?:1\d|2[0-4])\.|(?:docker\.io\/)?pytorch\/pytorch:[12]\.\d\.)/;

/** Images without the compiler of CUDA: Python's own, the systems', and those of CUDA and PyTorch that are not for development. */
const plain =
  /^(?:(?:docker\.io\/)?(?:library\/)?(?:python|debian|ubuntu):|(?:docker\.io\/)?(?:nvidia\/cuda|pytorch\/pytorch):\S*-(?:base|runtime)\b)/;

/** Whether nothing can have brought nvcc, and flash-attn is built from what PyPI has. */
function lacksNvcc(root: string, stage: Stage, { options }: PythonInstall, { knowledge }: World): boolean {
  if (!plain.test(root) || imageFacts(knowledge, root)?.sure !== 'certain') return false;
  // PyTorch's own index has no wheel of it.
  if (
    options.some(
      ({ name, value = '' }) =>
        /^(?:-f|--find-links|-i|--index-url|--extra-index-url|--index|--default-index)$/.test(name) &&
        !value.includes('download.pytorch.org/whl'),
    )
  )
    return false;
  return !/nvcc|cuda[\w-]*(?:toolkit|compiler|nvcc|dev)|cuda[-_]\d|cuda_\d|\/usr\/local\/cuda|CUDA_HOME|SKIP_CUDA_BUILD|FIND_LINKS|INDEX|conda|hpc-sdk/i.test(
    stageText(stage),
  );
}

const noNvcc = (root: string): string =>
  `flash-attn asks nvcc for its version before it looks for a built wheel, and «${root}» has none: «CUDA_HOME environment variable is not set». Build on a -devel image, or give the address of a wheel.`;

/** The image for development beside the one for running. */
const devel = ({ image }: Stage): readonly Fix[] =>
  image && /-runtime\b/.test(image.text)
    ? [
        {
          title: 'Use the -devel image',
          safe: false,
          edits: [{ span: image.span, text: image.text.replace('-runtime', '-devel') }],
        },
      ]
    : [];
