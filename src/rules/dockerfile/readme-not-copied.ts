import { pythonInstalls, type PythonInstall } from '../../dockerfile/packages/project.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineAt } from '../../text/text.ts';
import { join } from '../../text/paths.ts';
import { bringsFile } from '../shared/bringsFile.ts';
import { buildContext } from '../shared/buildContext.ts';
import { beside, installing } from '../shared/looksAt.ts';
import { stageText } from '../shared/stageText.ts';

const hatch =
  '[project]\nname = "rag"\nversion = "1"\nreadme = "README.md"\ndependencies = ["torch"]\n[build-system]\nrequires = ["hatchling"]\nbuild-backend = "hatchling.build"\n';

export default dockerfileRule({
  id: 'readme-not-copied',
  severity: 'error',
  title: 'Copy the README that the project names before it is built',
  why: 'hatchling reads the file that `readme` in `pyproject.toml` names whenever it builds the project, also for `pip install -e .` and `uv sync`. Where only `pyproject.toml` and a lock file were copied so far, the build stops with «OSError: Readme file does not exist: README.md». For the dependencies alone there is `uv sync --no-install-project`.',
  looksAt: [...installing, ...beside('RUN', 'COPY', 'ADD', 'WORKDIR', 'ENV UV_')],
  examples: [
    {
      files: { 'pyproject.toml': hatch, 'uv.lock': '', 'README.md': '' },
      bad: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv «sync» --frozen\nCOPY . .\n',
      good: 'FROM python:3.12-slim\nCOPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nCOPY README.md ./\nRUN uv sync --frozen\nCOPY . .\n',
    },
    {
      title: 'pip',
      files: { 'pyproject.toml': hatch, 'README.md': '', 'src/rag/__init__.py': '' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml .\nCOPY src/ src/\nRUN pip «install» --no-cache-dir -e .[dev]\n',
    },
    {
      title: 'it is there; the project is not built; it comes with the folder; a stage or a mount may bring it',
      files: { 'pyproject.toml': hatch, 'uv.lock': '', 'README.md': '' },
      good: 'FROM python:3.12-slim AS a\nWORKDIR /app\nCOPY pyproject.toml README.md ./\nRUN pip install .\nFROM python:3.12-slim AS b\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nFROM python:3.12-slim AS c\nWORKDIR /app\nCOPY . .\nRUN uv sync\nFROM python:3.12-slim AS d\nWORKDIR /app\nCOPY pyproject.toml .\nCOPY --from=a /app /app\nRUN pip install .\nRUN --mount=type=bind,source=README.md,target=README.md pip install .\nFROM python:3.12-slim AS e\nWORKDIR /app\nCOPY pyproject.toml .\nRUN touch README.md && pip install .\n',
    },
    {
      title: 'setuptools only warns; a project that is no package',
      files: {
        'pyproject.toml': hatch.replaceAll('hatchling.build', 'setuptools.build_meta'),
        'api/pyproject.toml': `${hatch}[tool.uv]\npackage = false\n`,
      },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml .\nRUN pip install .\n',
    },
  ],
  *check(file, world) {
    const context = buildContext(file, world);
    const project = world.files.read(join(context, 'pyproject.toml')) ?? '';
    const [, plain, inTable] = /^readme\s*=\s*(?:["']([\w./-]+)["']|\{[^}\n]*file\s*=\s*["']([\w./-]+)["'])/m.exec(project) ?? [];
    const readme = plain ?? inTable;
    if (readme === undefined || readme.includes('/') || !/^build-backend\s*=\s*["']hatchling\.build["']/m.test(project)) return;
    for (const stage of file.stages) {
      if (/NO_INSTALL_PROJECT|README/i.test(stageText(stage).replaceAll(/^\s*(?:COPY|ADD)\b.*$/gim, ''))) continue;
      for (const instruction of stage.instructions)
        for (const install of pythonInstalls(file, instruction)) {
          if (!builds(install, project) || install.command.depth > 0) continue;
          if (bringsFile(stage, instruction, ['pyproject.toml'], context, world.files) !== 'yes') continue;
          if (bringsFile(stage, instruction, [readme], context, world.files) !== 'no') continue;
          const line = file.source.lineStarts[lineAt(file.source, instruction.span.start)] ?? instruction.span.start;
          yield {
            span: install.verb.span,
            message: `This builds the project, whose pyproject.toml names «${readme}», and no COPY before it brings that: hatchling stops with «OSError: Readme file does not exist: ${readme}».`,
            fixes: world.files.exists(join(context, readme))
              ? [{ title: `Copy ${readme} first`, safe: false, edits: [{ span: { start: line, end: line }, text: `COPY ${readme} ./\n` }] }]
              : [],
          };
        }
    }
  },
});

/** Whether an installation builds the project of the working directory. */
function builds({ tool, options, operands, verb, project: synced }: PythonInstall, project: string): boolean {
  if (synced)
    return (
      tool === 'uv' &&
      verb.value === 'sync' &&
      !/^\s*package\s*=\s*false/m.test(project) &&
      !options.some(({ name }) => /^--(?:no-install|only-|package|script|project|directory|no-build|all-packages|dry-run)/.test(name))
    );
  const editable = options.find(({ name }) => name === '-e' || name === '--editable');
  return [...operands, ...(editable?.valueWord ? [editable.valueWord] : [])].some(({ value }) => /^\.\/?(?:\[[\w,.-]*\])?$/.test(value));
}
