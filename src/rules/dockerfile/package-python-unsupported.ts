import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { lineage } from '../../dockerfile/scope.ts';
import type { PythonSupport } from '../../knowledge/knowledge.ts';
import { dockerfileRule, type Fix, type World } from '../../lint/rule.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Requirement } from '../../python/model.ts';
import { readRequirements } from '../../python/read.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { pythonInstallsOf } from '../shared/pythonInstalls.ts';
import { bareStage } from '../shared/packageNeeds.ts';
import { compareVersions } from '../shared/pins.ts';
import { choosesPython } from '../shared/projectPython.ts';
import { fromOwnWheels, named, ownPackages } from '../shared/stagePackages.ts';
import { systemBrings } from '../shared/systemBrings.ts';
import { stagePython } from '../shared/torchPython.ts';

export default dockerfileRule({
  id: 'package-python-unsupported',
  severity: 'error',
  title: 'Pin versions that the image’s Python can install',
  why: 'Every release has wheels for some Pythons. For an older one pip finds nothing («No matching distribution found»); for a newer one there is nothing either, or pip compiles: numpy before 1.26 cannot be built with Python 3.12 at all («module pkgutil has no attribute ImpImporter»), and in a slim image no compiler is there.',
  looksAt: [...pythonPackages, ...pythonVersion],
  needs: pythonInstallsOf(({ pythonSupport }) => ['jax', ...pythonSupport.map(({ name }) => name)]),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install «numpy==1.24.4» flask\n',
      good: 'FROM python:3.11-slim\nRUN pip install numpy==1.24.4 flask\n',
    },
    {
      title: 'in a file of requirements',
      files: { 'requirements.txt': 'numpy==2.3.0\nfastapi==0.115.0\n' },
      bad: 'FROM python:3.10-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
    },
    { title: 'wheels only', bad: 'FROM python:3.13\nRUN pip install «onnxruntime==1.18.0»\n' },
    {
      title: 'the Python of the distribution',
      bad: 'FROM nvidia/cuda:12.4.1-runtime-ubuntu20.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip3 install «jax==0.5.0»\n',
    },
    { title: 'no wheel, and no compiler', bad: 'FROM python:3.11-slim\nRUN pip install «numpy==1.21.6»\n' },
    {
      title: 'with a compiler it may be built; another Python; another system; no pin',
      good: 'FROM python:3.11\nRUN pip install numpy==1.21.6\nFROM python:3.11-slim\nRUN apt-get update && apt-get install -y build-essential && pip install numpy==1.21.6\nFROM python:3.12-slim\nRUN uv venv --python 3.11 && uv pip install numpy==1.24.4\nFROM python:3.12-slim\nRUN pip install "numpy==1.24.4 ; python_version < \'3.12\'" "numpy>=1.24" --target /x\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const python = stagePython(world.knowledge, file, stage, world.options.buildArgs);
      if (!python) continue;
      for (const found of ownPackages(file, stage, world)) {
        const { requirement, install, word, path } = found;
        if (install.options.some(({ name }) => /^(?:--python|-p|--python-version|--python-platform|--platform)$/.test(name))) continue;
        if (fromOwnWheels(found)) continue;
        const text = install.project && path !== undefined ? world.files.read(path) : undefined;
        if (text !== undefined && choosesPython(file, stage, install, readRequirements(path ?? '', text), python.version, world.files))
          continue;
        const why = refused(requirement, python.version, file, stage, world);
        if (why === undefined) continue;
        yield {
          span: word.span,
          message: `${named(found, ` ${requirement.pinned ?? ''}`)} ${why.says}; «${python.image}» has ${python.version}, so ${why.ends}.`,
          fixes: why.wanted === undefined ? [] : otherPython(stage, python.version, why.wanted),
        };
      }
    }
  },
});

interface Why {
  readonly says: string;
  readonly ends: string;
  /** A Python that it is for. */
  readonly wanted?: string;
}

const none = 'pip finds nothing to install';

/** Why a pinned package cannot be installed with a Python. */
function refused(
  { name, pinned, marker, url, conda }: Requirement,
  python: string,
  file: Dockerfile,
  stage: Stage,
  world: World,
): Why | undefined {
  if (pinned === undefined || url !== undefined || conda || holdsOnLinux(marker, { python }) !== true) return undefined;
  if (name === 'jax' || name === 'jaxlib') {
    const row = world.knowledge.jax.find(({ version }) => version === pinned);
    return row && compareVersions(python, row.minPython) < 0
      ? { says: `is for Python ${row.minPython} and newer`, ends: none, wanted: row.minPython }
      : undefined;
  }
  const row = world.knowledge.pythonSupport.find((each) => each.name === name && covers(each, pinned));
  const { oldest, newest, sdist, unbuildable } = row ?? {};
  if (oldest !== undefined && compareVersions(python, oldest) < 0)
    return { says: `is for Python ${oldest} and newer`, ends: none, wanted: newest ?? oldest };
  if (newest === undefined || compareVersions(python, newest) <= 0) return undefined;
  const says = `has wheels up to Python ${newest}`;
  if (!sdist) return { says, ends: none, wanted: newest };
  if (unbuildable !== undefined && compareVersions(python, unbuildable) >= 0)
    return { says, ends: 'pip tries to build it and fails', wanted: newest };
  const compiles = !bareStage(file, stage, world) || systemBrings(file, stage, ['gcc', 'build-essential', 'g++', 'clang']);
  return compiles ? undefined : { says, ends: 'pip tries to compile it, and no compiler is there', wanted: newest };
}

const covers = ({ from, before }: PythonSupport, version: string): boolean =>
  compareVersions(version, from) >= 0 && (before === undefined || compareVersions(version, before) < 0);

function otherPython(stage: Stage, python: string, wanted: string): readonly Fix[] {
  const image = lineage(stage).at(-1)?.image;
  return image?.text.includes(`:${python}`)
    ? [{ title: `Use Python ${wanted}`, safe: false, edits: [{ span: image.span, text: image.text.replace(`:${python}`, `:${wanted}`) }] }]
    : [];
}
