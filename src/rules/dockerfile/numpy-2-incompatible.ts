import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix, type Problem, type World } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { takesQuotes } from '../shared/edits.ts';
import { beside, pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { pythonInstallsOf } from '../shared/pythonInstalls.ts';
import { numpyAbout, numpyMessage } from '../shared/numpyMessage.ts';
import { numpyTwo } from '../shared/numpyTwo.ts';
import { compareVersions } from '../shared/pins.ts';
import { stagePackages, type StagePackage } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { stagePython } from '../shared/torchPython.ts';
import { isWritten } from '../shared/wordRequirement.ts';

export default dockerfileRule({
  ...numpyAbout,
  looksAt: [...pythonPackages, ...pythonVersion, ...beside('* PIP_CONSTRAINT', '* UV_CONSTRAINT', '* UV_OVERRIDE')],
  needs: pythonInstallsOf(({ numpyBuilds }) => numpyBuilds.map(({ name }) => name)),
  examples: [
    {
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.2.2 «numpy»\n',
      good: 'FROM python:3.11-slim\nRUN pip install torch==2.2.2 "numpy<2"\n',
    },
    {
      title: 'torchvision brings it',
      bad: 'FROM python:3.10\nRUN pip install «torch==2.1.2» torchvision==0.16.2 --index-url https://download.pytorch.org/whl/cu121\n',
      good: 'FROM python:3.10\nRUN pip install torch==2.1.2 "numpy<2" torchvision==0.16.2 --index-url https://download.pytorch.org/whl/cu121\n',
    },
    {
      title: 'one after the other',
      files: { 'requirements.txt': 'flask==3.1.0\nnumpy==2.1.0\n' },
      bad: 'FROM python:3.11-slim\nRUN pip install torch==2.2.2\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    {
      title: 'NumPy 1 before or after it; torch alone; a Python without NumPy 2; an image with a NumPy of its own',
      good: 'FROM python:3.11\nRUN pip install torch==2.1.0 torchvision==0.16.0 && pip install "numpy<2"\nFROM python:3.11\nRUN pip install torch==2.1.0\nFROM python:3.8\nRUN pip install torch==2.1.0 numpy\nFROM pytorch/pytorch:2.1.0-cuda12.1-cudnn8-runtime\nRUN pip install opencv-python==4.8.1.78\n',
    },
    {
      title: 'a script in a string has its own quotes',
      bad: 'FROM python:3.11-slim\nRUN bash -c "pip install torch==2.2.2 «numpy»"\n',
    },
    {
      title: 'constraints',
      files: { 'constraints.txt': 'numpy==1.26.4\n' },
      good: 'FROM python:3.11-slim\nCOPY constraints.txt .\nRUN pip install torch==2.2.0 torchvision==0.17.0 -c constraints.txt\n',
    },
    {
      title: 'said where it stands: in the file of requirements',
      files: { 'requirements.txt': 'torch==2.1.0\nnumpy==2.1.0\n' },
      good: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) yield* stageProblems(file, stage, world);
  },
});

type Placed = Requirement & { readonly found: StagePackage };

function* stageProblems(file: Dockerfile, stage: Stage, world: World): Iterable<Problem> {
  const packages: readonly Placed[] = stagePackages(file, stage, world).map((found) => ({ ...found.requirement, found }));
  const trouble = numpyTwo(packages, world.knowledge);
  if (!trouble) return;
  const { old, numpy, asked } = trouble;
  const place = (numpy ?? old).found;
  const other = old.found;
  // What stands in one file is said there, and what a stage below does is said of that.
  if (other.path !== undefined && place.path === other.path) return;
  if (place.stage !== stage && other.stage !== stage) return;
  if (place.install.options.some(({ name }) => /^(?:--target|-t|--python|-p|--prefix|--no-deps)$/.test(name))) return;
  const python = stagePython(world.knowledge, file, stage, world.options.buildArgs);
  if (!asked) {
    // Constraints may hold what no requirement names.
    if (/PIP_CONSTRAINT|UV_CONSTRAINT|UV_OVERRIDE/.test(stageText(stage))) return;
    if (packages.some(({ found }) => found.install.options.some(({ name }) => /^(?:-c|--constraints?|--overrides?)$/.test(name)))) return;
    // Another one may be there already: of the image, or of an earlier step that kept to NumPy 1.
    if (
      !python ||
      !/^(?:docker\.io\/)?(?:library\/)?(?:python|ubuntu|debian|nvidia\/cuda):/.test(python.image) ||
      compareVersions(python.version, '3.9') < 0
    )
      return;
    if (packages.some(({ name, pinned, specifier }) => name === 'numpy' && (pinned ?? specifier) !== '' && numpy?.specifier !== specifier))
      return;
  }
  const word = place.stage === stage ? place.word : other.word;
  yield {
    span: word.span,
    ...(trouble.alone ? {} : { severity: 'info' as const }),
    message: numpyMessage(trouble),
    fixes: place.path === undefined && place.stage === stage && takesQuotes(file, place.install) ? fixes(place, numpy !== undefined) : [],
  };
}

function fixes({ word, requirement }: StagePackage, named: boolean): readonly Fix[] {
  if (!isWritten(word) || requirement.extras.length) return [];
  const { start, end } = word.span;
  const edit = named ? { span: { start, end }, text: '"numpy<2"' } : { span: { start: end, end }, text: ' "numpy<2"' };
  return [{ title: 'Use NumPy 1', safe: false, edits: [edit] }];
}
