import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { lineage } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { readRequirements } from '../../python/read.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { named } from '../shared/stagePackages.ts';
import { choosesPython } from '../shared/projectPython.ts';
import { askedVersion, nearestTorch, pythonRange, stagePython, unsupportedTensorflow, unsupportedTorch } from '../shared/torchPython.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'torch-python-unsupported',
  severity: 'error',
  title: 'Match torch and Python',
  why: 'torch publishes wheels for some Python versions only, and no source archive; so does TensorFlow. With another Python, pip answers «No matching distribution found for torch» after the whole image has been built up to there.',
  looksAt: [...pythonPackages, ...pythonVersion],
  needs: pythonInstalls('torch', 'tensorflow'),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir «torch==2.1.0»\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.2.0\n',
    },
    {
      title: 'a pin in the requirements file',
      files: { 'requirements.txt': 'numpy<2\ntorch==2.3.1+cpu\n' },
      bad: 'ARG PY=3.13\nFROM python:${PY}-slim\nCOPY requirements.txt /tmp/\nRUN pip install -r «/tmp/requirements.txt»\n',
      good: 'FROM python:3.11-slim\nCOPY requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt\n',
    },
    {
      title: 'TensorFlow',
      files: { 'requirements.txt': 'tensorflow==2.15.0\n' },
      bad: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\n',
      good: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
    },
    { title: 'TensorFlow without a GPU', bad: 'FROM python:3.12\nRUN pip install «tensorflow-cpu==2.15.1»\n' },
    { title: 'TensorFlow that fits', good: 'FROM python:3.12-slim\nRUN pip install tensorflow==2.16.1\n' },
    {
      title: 'a constraint',
      files: { 'constraints.txt': 'torch==2.1.0\n' },
      bad: 'FROM python:3.12-slim\nCOPY constraints.txt .\nRUN pip install «torch» -c constraints.txt\n',
    },
    {
      title: 'what a project pins',
      files: { 'pyproject.toml': '[project]\nname = "x"\ndependencies = ["torch==2.1.0"]\n' },
      bad: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install «.»\n',
    },
    {
      title: 'what a setup.py asks for',
      files: { 'setup.py': 'from setuptools import setup\nsetup(\n    name="x",\n    install_requires=["torch==2.1.0"],  # fixed\n)\n' },
      bad: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install «.»\n',
    },
    {
      title: 'what a lock file pins',
      files: {
        'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.10"\ndependencies = ["torch>=2"]\n',
        'uv.lock': '[[package]]\nname = "torch"\nversion = "2.3.1"\n',
      },
      bad: 'FROM python:3.13-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN «uv sync» --locked --no-install-project\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\n',
    },
    {
      title: 'uv fetches the Python that the project asks for',
      files: {
        'pyproject.toml': '[project]\nname = "x"\nrequires-python = "==3.11.*"\ndependencies = ["torch==2.1.0"]\n',
      },
      good: 'FROM python:3.13-slim\nCOPY pyproject.toml ./\nRUN uv sync\n',
    },
    {
      title: 'the Python of the distribution',
      bad: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip install --break-system-packages «torch==2.1.0»\n',
      good: 'FROM nvidia/cuda:12.6.3-cudnn-runtime-ubuntu24.04\nRUN apt-get update && apt-get install -y python3-pip\nRUN pip install --break-system-packages torch==2.2.0\n',
    },
    {
      title: 'a Python beside that of the distribution',
      good: 'FROM ubuntu:24.04\nRUN add-apt-repository ppa:deadsnakes/ppa && apt-get install -y python3-pip python3.11\nRUN python3.11 -m pip install torch==2.1.0\n',
    },
    { title: 'another Python in the image', good: 'FROM python:3.13-slim\nRUN uv venv --python 3.11 && uv pip install torch==2.1.0\n' },
    {
      title: 'an environment that uv makes of the image’s Python, before there is a project',
      bad: 'FROM python:3.13-slim\nRUN pip install uv && uv venv /venv\nENV VIRTUAL_ENV=/venv\nRUN uv pip install «"torch==2.1.*"»\n',
    },
    {
      title: 'one of a Python that the project may name',
      good: 'FROM python:3.13-slim\nCOPY . .\nRUN pip install uv && uv venv && uv pip install torch==2.1.0\n',
    },
    { title: 'no pin, no problem', good: 'FROM python:3.13-slim\nRUN pip install "torch>=2.1"\n' },
    {
      title: 'every version of a range',
      bad: 'FROM python:3.12-slim\nRUN pip install «"torch>=2,<2.2"»\n',
      good: 'FROM python:3.12-slim\nRUN pip install "torch==2.2.0"\n',
    },
    {
      title: 'what a Pipfile, its lock or another tool’s file asks for',
      files: {
        Pipfile: '[packages]\ntorch = ">=2.1"\n\n[dev-packages]\npytest = "*"\n',
        'Pipfile.lock': '{\n    "default": {\n        "torch": {\n            "version": "==2.1.0"\n        }\n    }\n}\n',
      },
      bad: 'FROM python:3.12-slim\nCOPY Pipfile Pipfile.lock ./\nRUN pip install pipenv==2025.0.4 && «pipenv sync» --system\n',
    },
    {
      title: 'pixi brings the Python that it is told to',
      files: { 'pixi.toml': '[dependencies]\npython = "3.11.*"\n\n[pypi-dependencies]\ntorch = "==2.1.0"\n' },
      good: 'FROM python:3.12-slim\nCOPY pixi.toml ./\nRUN pixi install\n',
    },
    {
      title: 'a version in a variable',
      bad: 'FROM python:3.12-slim\nARG TORCH=2.1.0\nRUN pip install «torch==${TORCH}» --index-url https://download.pytorch.org/whl/cu121\n',
    },
  ],
  *check(file, { knowledge, files, options }) {
    for (const stage of file.stages) {
      const python = stagePython(knowledge, file, stage, options.buildArgs);
      if (!python) continue;
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          if (install.options.some(({ name }) => name === '--python' || name === '--python-version' || name === '-p')) continue;
          for (const found of installedRequirements(file, stage, install, files).installed) {
            const { requirement, word, path: own, pinnedIn: path = own } = found;
            const text = install.project && path !== undefined ? files.read(path) : undefined;
            if (text !== undefined && choosesPython(file, stage, install, readRequirements(path ?? '', text), python.version, files))
              continue;
            const torch = unsupportedTorch(knowledge, requirement, python.version);
            const release = torch ?? unsupportedTensorflow(knowledge, requirement, python.version);
            if (!release) continue;
            const better = torch && path === undefined ? nearestTorch(knowledge, torch, python.version) : undefined;
            const newest = release.python.at(-1) ?? '';
            const image = lineage(stage).at(-1)?.image;
            const fixes: Fix[] = [];
            if (better && requirement.specifierSpan && word.text.includes(askedVersion(requirement)))
              fixes.push({
                title: `Use torch ${better.version}`,
                safe: false,
                edits: [
                  {
                    span: word.span,
                    text: word.text.replace(
                      askedVersion(requirement),
                      requirement.pinned === undefined ? `==${better.version}` : better.version,
                    ),
                  },
                ],
              });
            if (image?.text.includes(`:${python.version}`))
              fixes.push({
                title: `Use Python ${newest}`,
                safe: false,
                edits: [{ span: image.span, text: image.text.replace(`:${python.version}`, `:${newest}`) }],
              });
            yield {
              span: word.span,
              message: `${named(found, ` ${askedVersion(requirement)}`)} has wheels for Python ${pythonRange(release)}; «${python.image}» has ${python.version}, so pip finds nothing to install.`,
              fixes,
            };
          }
        }
    }
  },
});
