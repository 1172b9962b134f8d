import { dockerfileRule } from '../../lint/rule.ts';
import { commandProblems } from '../shared/pins.ts';
import { stageCompanions } from '../shared/stageCompanions.ts';
import { torchCompanions } from '../shared/pins/torchCompanions.ts';
import { pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  ...torchCompanions.about,
  looksAt: pythonPackages,
  needs: pythonInstalls('torchvision', 'torchaudio'),
  examples: [
    {
      bad: 'FROM python:3.11\nRUN pip install torch==2.4.1 «torchvision==0.18.0»\n',
      good: 'FROM python:3.11\nRUN pip install torch==2.4.1 torchvision==0.19.1\n',
    },
    {
      title: 'ranges, and versions in variables',
      bad: 'FROM python:3.11\nARG TORCH=2.4.1\nRUN pip install torch==${TORCH} «"torchvision<0.19"»\n',
      good: 'FROM python:3.11\nARG TORCH=2.4.1\nRUN pip install torch==${TORCH} "torchvision==0.19.1"\n',
    },
    {
      title: 'after the torch of the image, or of an earlier step',
      bad: 'FROM pytorch/pytorch:2.4.1-cuda12.1-cudnn9-runtime\nRUN pip install «torchvision==0.18.0»\n',
    },
    {
      title: 'conda',
      bad: 'FROM condaforge/miniforge3:24.11.3-0\nRUN conda install -y -c pytorch pytorch==2.1.0 «torchvision==0.15.0» pytorch-cuda=11.8 && conda clean -afy\n',
      good: 'FROM condaforge/miniforge3:24.11.3-0\nRUN conda install -y -c pytorch pytorch==2.1.0 torchvision=0.16.0 pytorch-cuda=11.8 && conda clean -afy\n',
    },
    { good: 'FROM python:3.11\nRUN pip install torch==2.4.1 torchvision\n' },
    {
      title: 'builds of somebody’s own',
      good: 'FROM nvcr.io/nvidia/l4t-base:r36.2.0\nRUN pip3 install torch==2.0.0a0+ec3941ad.nv23.2 torchvision==0.14.1a0+5e8e2f1\n',
    },
    { good: 'FROM python:3.11\nRUN pip install "torch>=2.0"\nRUN pip install torchvision==0.15.2\n' },
  ],
  *check(file, world) {
    yield* commandProblems(torchCompanions, file, world);
    yield* stageCompanions(file, world);
  },
});
