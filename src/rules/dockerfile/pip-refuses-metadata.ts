import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { compareVersions } from '../shared/pins.ts';
import { pythonInstallsOf } from '../shared/pythonInstalls.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { stagePython } from '../shared/torchPython.ts';
import { upgradedPip } from '../shared/upgradedPip.ts';

interface Refused {
  readonly name: string;
  /** The first and the last release that is known to be refused. */
  readonly from: string;
  readonly to: string;
  /** What stands in its metadata. */
  readonly asks: string;
  /** The first release that pip takes, where there is one that is near. */
  readonly next?: string;
}

// Each was seen in pip's own message, «… has invalid metadata … Please use pip<24.1» (horovod#4057, onnxruntime#21789,
// pytorch-lightning#20025 and others, 2024); pip drops such requirements since 24.1 of 2024-06-20. uv reads them.
const refusedByPip: readonly Refused[] = [
  { name: 'pytorch-lightning', from: '1.5.9', to: '1.5.10', asks: 'torch (>=1.7.*)', next: '1.8.4' },
  { name: 'pytorch-lightning', from: '1.6.0', to: '1.6.5', asks: 'torch (>=1.8.*)', next: '1.8.4' },
  { name: 'pytorch-lightning', from: '1.7.0', to: '1.8.3', asks: 'torch (>=1.9.*)', next: '1.8.4' },
  { name: 'omegaconf', from: '2.0.5', to: '2.0.6', asks: 'PyYAML (>=5.1.*)', next: '2.1.0' },
  { name: 'fairseq', from: '0.12.0', to: '0.12.2', asks: 'omegaconf 2.0, and that asks for PyYAML (>=5.1.*)' },
  { name: 'textract', from: '1.6.4', to: '1.6.5', asks: 'extract-msg (<=0.29.*)' },
];

export default dockerfileRule({
  id: 'pip-refuses-metadata',
  severity: 'error',
  title: 'Keep pip below 24.1 for releases whose metadata it refuses',
  why: 'Older releases of ML packages ask for versions in a way that was never allowed (`torch>=1.9.*`). pip reads that no longer since 24.1 and goes on as if the release did not exist: «has invalid metadata … Please use pip<24.1», «No matching distribution found». It shows when a Dockerfile upgrades pip first. Keep `"pip<24.1"`, take a newer release, or install with uv.',
  looksAt: [...pythonPackages, ...pythonVersion, '* PIP_'],
  needs: pythonInstallsOf(() => refusedByPip.map(({ name }) => name)),
  examples: [
    {
      bad: 'FROM python:3.10-slim\nRUN pip install --upgrade pip\nRUN pip install torch==1.13.1 «pytorch-lightning==1.7.7»\n',
      good: 'FROM python:3.10-slim\nRUN pip install --upgrade "pip<24.1"\nRUN pip install torch==1.13.1 pytorch-lightning==1.7.7\n',
    },
    {
      title: 'in a file of requirements; another package beside pip',
      files: { 'requirements.txt': 'hydra-core==1.0.7\nomegaconf==2.0.6\n' },
      bad: 'FROM python:3.9\nCOPY requirements.txt .\nRUN python -m pip install -U setuptools pip && pip install -r «requirements.txt»\n',
      good: 'FROM python:3.9\nCOPY requirements.txt .\nRUN python -m pip install -U setuptools "pip<24.1" && pip install -r requirements.txt\n',
    },
    { title: 'an image that brings a newer pip', bad: 'FROM python:3.12-slim\nRUN pip install «textract==1.6.5»\n' },
    {
      title: 'a pip of its time, one that is kept, uv, a Python that newer pips leave out, a release that is in order',
      good: 'FROM python:3.10-slim\nRUN pip install pytorch-lightning==1.7.7\nFROM python:3.10-slim\nRUN pip install --upgrade pip==23.3.2 && pip install omegaconf==2.0.6\nFROM python:3.10-slim\nRUN pip install -U pip uv && uv pip install --system omegaconf==2.0.6\nFROM python:3.7-slim\nRUN pip install -U pip && pip install omegaconf==2.0.6\nFROM python:3.10-slim\nRUN pip install -U pip && pip install pytorch-lightning==1.9.5\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const found = ownPackages(file, stage, world).filter(
        ({ install, requirement: { name, pinned, url } }) => install.tool === 'pip' && url === undefined && rowOf(name, pinned),
      );
      const [first] = found;
      if (!first || /\bpip(?:3)?\s*(?:[<=~]=?|\[)|get-pip|ensurepip|conda|mamba|venv|PIP_(?:NO_INDEX|FIND)/.test(stageText(stage)))
        continue;
      const python = stagePython(world.knowledge, file, stage, world.options.buildArgs);
      if (!python || compareVersions(python.version, '3.8') < 0) continue;
      const upgrade = upgradedPip(file, stage)?.word;
      const brought = bringsNewPip.test(rootImage(file, stage, world.options.buildArgs) ?? '');
      if (!upgrade && !brought) continue;
      for (const each of found) {
        const row = rowOf(each.requirement.name, each.requirement.pinned);
        if (!row || (upgrade && !brought && each.install.span.start < upgrade.span.start)) continue;
        yield {
          span: each.word.span,
          message: `pip ${upgrade ? 'is upgraded here, and since 24.1 it' : 'of this image'} refuses ${named(each, ` ${each.requirement.pinned ?? ''}`)}, whose metadata asks for ${row.asks}: «No matching distribution found». Keep "pip<24.1"${row.next === undefined ? '' : `, or take ${row.next} or newer`}.`,
          fixes: upgrade ? [{ title: 'Keep pip below 24.1', safe: true, edits: [{ span: upgrade.span, text: '"pip<24.1"' }] }] : [],
        };
      }
    }
  },
});

/** Tags of Python that move, with pip 24.3 and newer. */
const bringsNewPip = /^(?:docker\.io\/)?(?:library\/)?python:3\.1[2-4](?:-|$)/;

const rowOf = (name: string, pinned: string | undefined): Refused | undefined =>
  pinned === undefined
    ? undefined
    : refusedByPip.find((row) => row.name === name && compareVersions(pinned, row.from) >= 0 && compareVersions(pinned, row.to) <= 0);
