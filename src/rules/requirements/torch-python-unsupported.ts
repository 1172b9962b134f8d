import { requirementsRule, type Problem } from '../../lint/rule.ts';
import type { Requirement } from '../../python/model.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { join } from '../../text/paths.ts';
import { installers } from '../shared/installers.ts';
import { lockedRequirements } from '../shared/locked.ts';
import { pinText } from '../shared/pins.ts';
import { allowedPythons, choosesPython } from '../shared/projectPython.ts';
import { askedVersion, nearestTorch, pythonRange, stagePython, unsupportedTorch } from '../shared/torchPython.ts';

export default requirementsRule({
  id: 'torch-python-unsupported',
  severity: 'error',
  title: 'Match torch and Python',
  why: 'torch publishes wheels for some Python versions only. When a Dockerfile of the workspace installs this file with another Python, or the file itself asks for another one, there is nothing to install: pip answers «No matching distribution found for torch».',
  examples: [
    {
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': 'numpy<2\ntorch==2.1.0\n',
      },
      bad: 'numpy<2\n«torch==2.1.0»\n',
      good: 'numpy<2\ntorch==2.2.0\n',
    },
    { title: 'nothing installs it', files: { Dockerfile: 'FROM python:3.12-slim\n' }, good: 'torch==2.1.0\n' },
    {
      title: 'a constraint, for what is installed',
      path: 'constraints.txt',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install torch -c constraints.txt\n',
        'constraints.txt': 'torch==2.1.0\n',
      },
      bad: '«torch==2.1.0»\n',
      good: 'torch==2.2.0\n',
    },
    {
      title: 'a constraint for what is not installed',
      path: 'constraints.txt',
      files: {
        Dockerfile: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -r requirements.txt\n',
        'requirements.txt': '-c constraints.txt\nnumpy\n',
        'constraints.txt': 'torch==2.1.0\nnumpy==1.26.4\n',
      },
      good: 'torch==2.1.0\nnumpy==1.26.4\n',
    },
    {
      title: 'a project that asks for both',
      path: 'pyproject.toml',
      bad: '[project]\nrequires-python = ">=3.13"\ndependencies = ["«torch==2.1.0»"]\n',
      good: '[project]\nrequires-python = ">=3.13"\ndependencies = ["torch==2.6.0"]\n',
    },
    {
      title: 'pip in conda’s Python',
      path: 'environment.yml',
      bad: 'dependencies:\n  - python=3.12\n  - pip\n  - pip:\n      - «torch==2.1.0»\n',
      good: 'dependencies:\n  - python=3.12\n  - pip\n  - pip:\n      - torch==2.2.0\n',
    },
    {
      title: 'conda’s own package: its channels may have built it',
      path: 'environment.yml',
      bad: 'channels: [conda-forge]\ndependencies:\n  - python=3.13\n  - «pytorch=2.1.0»\n',
      good: 'channels: [conda-forge]\ndependencies:\n  - python=3.11\n  - pytorch=2.1.0\n',
    },
    {
      title: 'a Pipfile',
      path: 'Pipfile',
      bad: '[packages]\n«torch = "==2.1.0"»\n\n[requires]\npython_version = "3.12"\n',
      good: '[packages]\ntorch = "==2.2.0"\n\n[requires]\npython_version = "3.12"\n',
    },
    {
      title: 'a pixi.toml',
      path: 'pixi.toml',
      bad: '[dependencies]\npython = "3.12.*"\n\n[pypi-dependencies]\n«torch = "==2.1.0"»\n',
      good: '[dependencies]\npython = "3.12.*"\n\n[pypi-dependencies]\ntorch = "==2.2.0"\n',
    },
    {
      title: 'what the lock file pins',
      path: 'pyproject.toml',
      files: {
        Dockerfile: 'FROM python:3.13-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\n',
        'pyproject.toml': '[project]\nrequires-python = ">=3.11"\ndependencies = ["torch>=2.1"]\n',
        'uv.lock': 'version = 1\n\n[[package]]\nname = "torch"\nversion = "2.4.1"\nsource = { registry = "https://pypi.org/simple" }\n',
      },
      bad: '[project]\nrequires-python = ">=3.11"\ndependencies = ["«torch>=2.1»"]\n',
    },
    {
      title: 'what the lock file says that another package brings',
      path: 'pyproject.toml',
      files: {
        Dockerfile: 'FROM python:3.13-slim\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen\n',
        'pyproject.toml': '[project]\nrequires-python = ">=3.11"\ndependencies = ["accelerate==0.25.0"]\n',
        'uv.lock':
          'version = 1\n\n[[package]]\nname = "accelerate"\nversion = "0.25.0"\ndependencies = [\n    { name = "torch" },\n]\n\n[[package]]\nname = "torch"\nversion = "2.4.1"\n',
      },
      bad: '[project]\nrequires-python = ">=3.11"\ndependencies = ["«accelerate==0.25.0»"]\n',
    },
  ],
  *check(file, { knowledge, files, options, workspace }) {
    const wanted = lockedRequirements(file, files);
    if (!wanted.some(({ name }) => name === 'torch')) return;
    const reported = new Set<number>();
    const report = function* (requirement: Requirement, python: string, why: (range: string) => string): Iterable<Problem> {
      const release = unsupportedTorch(knowledge, requirement, python);
      if (!release || reported.has(requirement.span.start)) return;
      reported.add(requirement.span.start);
      const better = nearestTorch(knowledge, release, python);
      const span = requirement.specifierSpan;
      // A range is not what is wrong when the lock file chose from it.
      const written = file.requirements.some((each) => each.span.start === requirement.span.start && each.pinned === requirement.pinned);
      if (requirement.conda) {
        // Channels build for themselves: mostly for the same Pythons, and nobody promises it.
        yield {
          span: requirement.span,
          severity: 'info',
          message: `torch ${askedVersion(requirement)} was released for Python ${pythonRange(release)}; ${why(python)}, for which the channels may have no build.`,
        };
        return;
      }
      yield {
        span: requirement.span,
        message: `torch ${askedVersion(requirement)}${requirement.via === undefined ? '' : `, which ${requirement.via} brings,`} has wheels for Python ${pythonRange(release)}; ${why(python)}.`,
        fixes:
          better && span && written
            ? [{ title: `Use torch ${better.version}`, safe: false, edits: [{ span, text: pinText({ requirement }, better.version) }] }]
            : [],
      };
    };
    const allowed = allowedPythons(file.python?.specifier);
    const [oldest] = allowed ?? [];
    if (file.python && allowed && oldest !== undefined)
      for (const requirement of wanted)
        if (allowed.every((python) => unsupportedTorch(knowledge, requirement, python)))
          yield* report(requirement, oldest, () => `this file asks for Python ${file.python?.specifier ?? ''}`);
    const path = join('', file.source.path);
    for (const { dockerfile, stage, install } of installers(path, { workspace, files, options })) {
      const python = stagePython(knowledge, dockerfile, stage, options.buildArgs);
      if (!python || (install.project && choosesPython(dockerfile, stage, install, file, python.version, files))) continue;
      const { installed } = installedRequirements(dockerfile, stage, install, files);
      const brings = (name: string): boolean =>
        installed.some((each) => each.requirement.name === name && (each.pinnedIn ?? each.path) === path);
      for (const requirement of install.project ? wanted : file.requirements)
        if (brings(requirement.name))
          yield* report(
            requirement,
            python.version,
            (version) => `${dockerfile.source.path} installs it with ${version} («${python.image}»)`,
          );
    }
  },
});
