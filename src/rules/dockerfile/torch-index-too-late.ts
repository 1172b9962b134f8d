import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { beside, packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';
import { named, ownPackages } from '../shared/stagePackages.ts';
import { stageText } from '../shared/stageText.ts';
import { torchSource } from '../shared/torchSource.ts';

export default dockerfileRule({
  id: 'torch-index-too-late',
  severity: 'warning',
  title: 'Install torch from its own index before what needs it',
  why: 'Once a torch is installed, pip and uv have what `pip install torch --index-url …` asks for: «Requirement already satisfied», and the build of PyPI stays, with its CUDA libraries of 3 to 4 GB. Install torch from PyTorch’s index first, and the requirements after it keep it.',
  looksAt: [...pythonPackages, ...packageIndexes, ...beside('RUN', '* PATH', '* VIRTUAL_ENV')],
  needs: pythonInstalls('torch'),
  examples: [
    {
      files: { 'requirements.txt': 'torch\nfastapi\n' },
      bad: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nRUN pip install «torch» torchvision --index-url https://download.pytorch.org/whl/cpu\n',
    },
    {
      title: 'another CUDA than PyPI’s: a remark, it may be the same',
      bad: 'FROM python:3.12-slim\nRUN uv pip install --system torch==2.6.0\nRUN uv pip install --system «torch» --index-url https://download.pytorch.org/whl/cu126\n',
    },
    {
      title: 'uv sync',
      files: { 'pyproject.toml': '[project]\nname = "ct"\nversion = "1"\ndependencies = ["torch"]\n', 'uv.lock': '' },
      bad: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv\nWORKDIR /app\nCOPY uv.lock pyproject.toml ./\nRUN uv sync --frozen\nRUN uv pip install --index-url https://download.pytorch.org/whl/cpu «torch»\n',
    },
    {
      title: 'first; anew; another version; taken away before; another environment; one or the other',
      files: { 'requirements.txt': 'torch\nfastapi\n' },
      good: 'FROM python:3.12-slim AS a\nCOPY requirements.txt .\nRUN pip install torch --index-url https://download.pytorch.org/whl/cpu\nRUN pip install -r requirements.txt\nFROM python:3.12-slim AS b\nRUN pip install torch\nRUN pip install --upgrade torch --index-url https://download.pytorch.org/whl/cpu\nFROM python:3.12-slim AS c\nRUN pip install torch==2.5.1\nRUN pip install torch==2.5.1+cpu --index-url https://download.pytorch.org/whl/cpu\nFROM python:3.12-slim AS d\nRUN pip install torch\nRUN pip uninstall -y torch && pip install torch --index-url https://download.pytorch.org/whl/cpu\nFROM python:3.12-slim AS e\nRUN pip install torch\nRUN /venv/bin/pip install torch --index-url https://download.pytorch.org/whl/cpu\nFROM python:3.12-slim AS f\nRUN pip install torch || pip install torch --index-url https://download.pytorch.org/whl/cpu\n',
    },
  ],
  *check(file, world) {
    for (const stage of file.stages) {
      const torches = ownPackages(file, stage, world).filter(
        ({ requirement }) => requirement.name === 'torch' && requirement.url === undefined,
      );
      const [first, ...later] = torches;
      if (!first || !later.length || !isPlain(first.install) || /\buninstall\b|venv|activate|VIRTUAL_ENV/.test(stageText(stage))) continue;
      if (torchSource(file, stage, first.install, world).kind !== 'pypi') continue;
      const late = later.find(
        ({ requirement, install, path }) =>
          path === undefined &&
          requirement.specifier === '' &&
          install.project === undefined &&
          install !== first.install &&
          isPlain(install) &&
          sameProgram(first.install, install),
      );
      const from = late && torchSource(file, stage, late.install, world);
      if (!late || from?.kind !== 'index') continue;
      yield {
        span: late.word.span,
        ...(from.tag.startsWith('cu') ? { severity: 'info' as const } : {}),
        message: `${named(first)} is there already, from PyPI: pip and uv are content with that and install nothing of «${from.tag}». Install torch from this index first.`,
      };
    }
  },
});

/** Whether an installation is always done, and keeps what is there. */
const isPlain = ({ command, options }: PythonInstall): boolean =>
  command.depth === 0 &&
  command.joint !== '||' &&
  command.next !== '||' &&
  !options.some(({ name }) =>
    /^(?:-U|--upgrade|-P|--upgrade-package|--force-reinstall|-I|--ignore-installed|--reinstall|--reinstall-package|--pre|-t|--target|--prefix|--root|--user|-p|--python|--no-deps|--dry-run)$/.test(
      name,
    ),
  );

/** Whether two installations go to the same place: the words before `install` are the same, or uv takes the project's own environment. */
const sameProgram = (a: PythonInstall, b: PythonInstall): boolean =>
  programOf(a) === programOf(b) ||
  (a.tool === 'uv' && a.project !== undefined && b.tool === 'uv' && !b.options.some(({ name }) => name === '--system'));

const programOf = ({ command, verb }: PythonInstall): string =>
  command.words
    .slice(
      0,
      command.words.findIndex(({ span }) => span.start === verb.span.start),
    )
    .map(({ value }) => value.replace(/^(pip|python)3$/, '$1'))
    .join(' ')
    .replace(/^python -m pip$/, 'pip');
