import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { minor } from '../shared/pins.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { ownPackages } from '../shared/stagePackages.ts';
import { buildOf, stageTorch, type StageTorch } from '../shared/stageTorch.ts';
import { cudaOf, isOtherBuild, torchExtensions, wheelPage, type WheelPage } from '../shared/wheelPage.ts';

export default dockerfileRule({
  id: 'find-links-torch-mismatch',
  severity: 'warning',
  title: 'Take compiled extensions from the page for the torch that is installed',
  why: 'torch-scatter, mmcv, kaolin, DGL and others offer their wheels on a page for each torch and CUDA, to which `-f` points. A wheel that is compiled for another minor release of torch ends in «undefined symbol» when it is imported, one for another major version of CUDA in «libcudart.so.12: cannot open shared object file».',
  looksAt: [...pythonPackages, ...packageIndexes],
  needs: pythonInstalls(...torchExtensions),
  examples: [
    {
      bad: 'FROM pytorch/pytorch:2.1.2-cuda11.8-cudnn8-devel\nRUN pip install torch-scatter torch-sparse -f «https://data.pyg.org/whl/torch-2.0.1+cu118.html»\n',
    },
    {
      title: 'for another CUDA, or for none',
      bad: 'FROM python:3.10\nRUN pip install torch==2.4.0 torchvision==0.19.0 --index-url https://download.pytorch.org/whl/cu118\nRUN pip install kaolin -f «https://nvidia-kaolin.s3.us-east-2.amazonaws.com/torch-2.4.0_cu121.html»\nFROM python:3.10\nRUN pip install torch==2.1.0+cpu --index-url https://download.pytorch.org/whl/cpu\nRUN pip install dgl «--find-links=https://data.dgl.ai/wheels/torch-2.1/cu121/repo.html»\n',
    },
    {
      title: 'in one command, in a path, in a variable',
      bad: 'FROM python:3.10\nRUN pip install torch==1.13.1 mmcv==2.0.0 -f «https://download.openmmlab.com/mmcv/dist/cu117/torch2.0/index.html»\nFROM pytorch/pytorch:2.5.1-cuda12.4-cudnn9-devel\nARG TORCH=2.4.0\nRUN pip install torch-cluster -f «https://data.pyg.org/whl/torch-${TORCH}+cu124.html»\n',
    },
    {
      title: 'the same but for the last number; the same major version of CUDA; the slower wheels without CUDA',
      good: 'FROM pytorch/pytorch:2.1.2-cuda12.1-cudnn8-devel\nRUN pip install torch-scatter -f https://data.pyg.org/whl/torch-2.1.0+cu121.html\nRUN pip install torch-sparse -f https://data.pyg.org/whl/torch-2.1.0+cu124.html\nRUN pip install torch-cluster -f https://data.pyg.org/whl/torch-2.1.0+cpu.html\n',
    },
    {
      title: 'nothing that is compiled; a torch that is not known',
      good: 'FROM pytorch/pytorch:2.1.2-cuda12.1-cudnn8-devel\nRUN pip install torch-geometric -f https://data.pyg.org/whl/torch-2.0.0+cu118.html\nFROM python:3.10\nRUN pip install torch\nRUN pip install torch-scatter -f https://data.pyg.org/whl/torch-2.0.0+cu118.html\nFROM pytorch/pytorch:2.1.2-cuda12.1-cudnn8-devel\nRUN conda install -y pytorch==2.0.0 pytorch-cuda=11.8 -c pytorch -c nvidia\nRUN pip install torch-scatter -f https://data.pyg.org/whl/torch-2.0.0+cu118.html\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const own = ownPackages(file, stage, world);
      const extensions = new Map(
        own.flatMap(({ requirement, install }) => (torchExtensions.has(requirement.name) ? [[install, requirement.name]] : [])),
      );
      for (const [install, extension] of extensions) {
        for (const { name, value, valueWord } of install.options) {
          const page = name === '-f' || name === '--find-links' ? wheelPage(value ?? '') : undefined;
          const torch = page && valueWord && torchOf(file, stage, install, world);
          if (!page || !valueWord || !torch) continue;
          const what = mismatch(page, torch, extension);
          if (what !== undefined) yield { span: valueWord.span, message: `The wheels of this page are compiled for ${what}.` };
        }
      }
    }
  },
});

function mismatch(page: WheelPage, torch: StageTorch, extension: string): string | undefined {
  const own = minor(torch.version);
  if (own !== page.torch)
    return `torch ${page.torch}, and ${torch.from} has ${torch.version}: importing ${extension} ends in «undefined symbol». Take it from the page for torch ${own}`;
  const build = page.build === undefined ? undefined : torch.build();
  if (page.build === undefined || build === undefined || !isOtherBuild(page.build, build)) return undefined;
  const there = build === 'cpu' ? 'one without CUDA' : `one for CUDA ${cudaOf(build)}`;
  return `CUDA ${cudaOf(page.build)}, and the torch of ${torch.from} is ${there}: importing ${extension} finds no libcudart. Take it from the page for ${build}`;
}

/** The torch beside which an installation puts its packages: its own, or the one that is there. */
function torchOf(file: Dockerfile, stage: Stage, install: PythonInstall, world: World): StageTorch | undefined {
  const own = ownPackages(file, stage, world).find((each) => each.install === install && each.requirement.name === 'torch');
  if (!own) return stageTorch(file, stage, install, world);
  const { pinned } = own.requirement;
  return pinned === undefined ? undefined : { version: pinned, from: 'this command', build: () => buildOf(file, stage, own, world) };
}
