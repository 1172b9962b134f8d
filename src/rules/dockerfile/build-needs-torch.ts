import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { compareVersions } from '../shared/pins.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { ownPackages, stagePackages, type StagePackage } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { stagePython } from '../shared/torchPython.ts';
import { upgradedPip } from '../shared/upgradedPip.ts';

/** What its setup.py imports torch for is compiled; nothing in the project says that torch is needed for the build. Read 2026-11-22. */
const builds: readonly { readonly name: string; readonly url?: RegExp }[] = [
  { name: 'detectron2', url: /github\.com\/facebookresearch\/detectron2(?:\.git)?(?:[@#]|$)/i },
  { name: 'pytorch3d', url: /github\.com\/facebookresearch\/pytorch3d(?:\.git)?(?:[@#]|$)/i },
  { name: 'apex', url: /github\.com\/NVIDIA\/apex(?:\.git)?(?:[@#]|$)/i },
  { name: 'tiny-cuda-nn', url: /github\.com\/NVlabs\/tiny-cuda-nn\b/i },
  // These have no wheel on PyPI.
  ...['torch-scatter', 'torch-sparse', 'torch-cluster', 'torch-spline-conv'].map((name) => ({ name })),
];

export default dockerfileRule({
  id: 'build-needs-torch',
  severity: 'error',
  title: 'Build what imports torch without build isolation',
  why: "The setup.py of detectron2, PyTorch3D, apex, tiny-cuda-nn, torch-scatter and their like imports torch. uv, and pip from 25.3 on, build in an environment of its own, where there is none: «ModuleNotFoundError: No module named 'torch'». In one step with torch it fails with any pip. Install torch in a step before, then these with `--no-build-isolation`.",
  looksAt: [...pythonPackages, ...pythonVersion, '* build-isolation', '* BUILD_ISOLATION'],
  needs: pythonInstalls(...builds.map(({ name }) => name)),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install --upgrade pip && pip install torch==2.6.0\nRUN pip install «git+https://github.com/facebookresearch/detectron2.git»\n',
      good: 'FROM python:3.11\nRUN pip install --upgrade pip && pip install torch==2.6.0\nRUN pip install --no-build-isolation git+https://github.com/facebookresearch/detectron2.git\n',
    },
    {
      title: 'uv; a package without wheels',
      bad: 'FROM python:3.11\nRUN pip install uv && uv pip install --system torch==2.6.0\nRUN uv pip install --system «torch-scatter»\n',
      good: 'FROM python:3.11\nRUN pip install uv && uv pip install --system torch==2.6.0\nRUN uv pip install --no-build-isolation --system torch-scatter\n',
    },
    {
      title: 'in one step with torch',
      files: { 'requirements.txt': 'torch==2.6.0\ndetectron2 @ git+https://github.com/facebookresearch/detectron2.git\n' },
      bad: 'FROM python:3.11\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'a pip of its time, an image with torch, wheels from elsewhere, the option',
      good: 'FROM python:3.11\nRUN pip install torch==2.6.0\nRUN pip install git+https://github.com/facebookresearch/detectron2.git\nFROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nRUN pip install torch torch-scatter\nFROM python:3.11\nRUN pip install -U pip && pip install torch==2.6.0\nRUN pip install torch-scatter -f https://data.pyg.org/whl/torch-2.6.0+cu124.html\nFROM python:3.11\nENV PIP_NO_BUILD_ISOLATION=0\nRUN pip install -U pip && pip install torch==2.6.0\nRUN pip install git+https://github.com/NVIDIA/apex.git\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const own = [...ownPackages(file, stage, world).flatMap(builtPackage), ...bareAddresses(file, stage)];
      if (!own.length || /BUILD_ISOLATION|build-isolation|extra-build-dependencies|conda|mamba/i.test(stageText(stage))) continue;
      const before = stagePackages(file, stage, world);
      const root = rootImage(file, stage, world.options.buildArgs) ?? '';
      const hasTorch = /torch|vllm|sglang|transformers|deepspeed|jetson|l4t/.test(root);
      const upgraded = isolating(file, stage, world);
      for (const found of own) {
        const { install, word, name } = found;
        const earlier =
          hasTorch ||
          before.some(
            (each) => each.requirement.name === 'torch' && each.install !== install && each.install.span.start < install.span.start,
          );
        const together = !earlier && before.some((each) => each.requirement.name === 'torch' && each.install === install);
        const isolated = install.tool === 'uv' ? !install.project : upgraded !== undefined && install.span.start > upgraded;
        if (!together && !isolated) continue;
        const end = install.verb.span.end;
        yield {
          span: word.span,
          message: together
            ? `${name} imports torch while it is built, and torch is installed in the same step, after that: «No module named 'torch'». Install torch in a step before, then this with --no-build-isolation.`
            : `${name} imports torch while it is built, and ${install.tool} builds it in an environment without: «No module named 'torch'». Add --no-build-isolation.`,
          fixes:
            together || found.inFile
              ? []
              : [{ title: 'Add --no-build-isolation', safe: true, edits: [{ span: { start: end, end }, text: ' --no-build-isolation' }] }],
        };
      }
    }
  },
});

interface Built {
  readonly name: string;
  readonly word: ShellWord;
  readonly install: PythonInstall;
  readonly inFile: boolean;
}

/** A package that is built, for lack of a wheel. */
function builtPackage({ requirement, install, word, path }: StagePackage): readonly Built[] {
  const { name, url } = requirement;
  const row = builds.find((each) => (url === undefined ? each.url === undefined && each.name === name : each.url?.test(url)));
  return row && fromUsual(install) ? [{ name: row.name, word, install, inFile: path !== undefined }] : [];
}

/** `pip install git+https://…` without a name. */
const bareAddresses = (file: Dockerfile, stage: Stage): readonly Built[] =>
  stage.instructions.flatMap((instruction) =>
    pipInstalls(file, instruction).flatMap((install) =>
      install.operands.flatMap((word) => {
        const row = /^git\+/.test(word.value) ? builds.find(({ url }) => url?.test(word.value)) : undefined;
        return row && fromUsual(install) ? [{ name: row.name, word, install, inFile: false }] : [];
      }),
    ),
  );

/** Other indexes and folders may have wheels. */
const fromUsual = ({ options, indexUrl }: PythonInstall): boolean =>
  indexUrl === undefined &&
  !options.some(({ name }) =>
    /^(?:-f|--find-links|--no-index|-i|--index-url|--extra-index-url|--index|--only-binary|--prefer-binary|--no-deps)$/.test(name),
  );

/** Where pip was upgraded to the newest, by a Python that has 25.3: it builds everything in isolation. */
function isolating(file: Dockerfile, stage: Stage, { knowledge, options: { buildArgs } }: World): number | undefined {
  const python = stagePython(knowledge, file, stage, buildArgs);
  return python && compareVersions(python.version, '3.9') >= 0 ? upgradedPip(file, stage)?.install.span.start : undefined;
}
