import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { projectFiles } from '../shared/installedRequirements.ts';
import { allowedPythons } from '../shared/projectPython.ts';
import { stageText } from '../shared/stageText.ts';
import { stagePython } from '../shared/torchPython.ts';
import { withPython } from '../shared/withPython.ts';
import { compareVersions } from '../shared/pins.ts';
import { pythonPackages, pythonVersion } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'requires-python-mismatch',
  severity: 'error',
  title: 'Build on a Python that the project allows',
  why: '`requires-python` in `pyproject.toml` says which Pythons a project is for. pip and poetry refuse to install it with another one: «requires a different Python». uv would fetch another Python instead, hundreds of MB, and leave the image’s unused; with `UV_PYTHON_DOWNLOADS=never` it stops.',
  looksAt: [...pythonPackages, ...pythonVersion],
  needs: pythonInstalls(),
  examples: [
    {
      files: { 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.11"\n' },
      bad: 'FROM python:3.10-slim\nWORKDIR /app\nCOPY . .\nRUN pip install «.»\n',
      good: 'FROM python:3.11-slim\nWORKDIR /app\nCOPY . .\nRUN pip install .\n',
    },
    {
      files: { 'pyproject.toml': '[tool.poetry.dependencies]\npython = "^3.10,<3.12"\n' },
      bad: 'FROM python:3.12-slim\nCOPY pyproject.toml poetry.lock ./\nRUN «poetry install» --no-root\n',
    },
    {
      title: 'uv fetches the right one',
      files: { 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.11"\n' },
      good: 'FROM python:3.10-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked\n',
    },
    {
      title: 'told to ignore it',
      files: { 'pyproject.toml': '[project]\nname = "x"\nrequires-python = ">=3.11"\n' },
      good: 'FROM python:3.10-slim\nCOPY . .\nRUN pip install --ignore-requires-python .\n',
    },
  ],
  *check(file, { knowledge, files, options }) {
    for (const stage of file.stages) {
      const python = stagePython(knowledge, file, stage, options.buildArgs);
      // uv brings the Python that a project asks for, into the environment that later commands install in.
      if (!python || /\buv\s+(?:sync|python|venv)\b|\bUV_PYTHON/.test(stageText(stage))) continue;
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          // Who only writes down what a project needs asks for no Python.
          if (/^(?:conda|pixi|pipenv)$/.test(install.tool) || (install.tool === 'uv' && install.project) || install.verb.value === 'export')
            continue;
          if (install.options.some(({ name }) => /^(?:--ignore-requires-python|--python|-p|--target|-t)$/.test(name))) continue;
          for (const { word, path, python: bound } of projectFiles(file, stage, install, files)) {
            const allowed = allowedPythons(bound?.specifier);
            if (!bound || !allowed || allowed.includes(python.version)) continue;
            const better = allowed.find((each) => compareVersions(each, python.version) > 0) ?? allowed.at(-1);
            yield {
              span: word.span,
              message: `${path} asks for Python ${bound.specifier}, and «${python.image}» has ${python.version}: ${install.tool} refuses to install it. Build on Python ${allowed[0] ?? ''}${allowed.length > 1 ? ` to ${allowed.at(-1) ?? ''}` : ''}, or widen the bound.`,
              fixes: better === undefined ? [] : withPython(stage, python.version, better),
            };
          }
        }
    }
  },
});
