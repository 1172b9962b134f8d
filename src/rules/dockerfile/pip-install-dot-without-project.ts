import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule, type Files } from '../../lint/rule.ts';
import { readRequirements } from '../../python/read.ts';
import { contextFile } from '../shared/contextFile.ts';
import { fromWorkdir } from '../shared/entered.ts';
import { folderOf, join } from '../../text/paths.ts';
import { bringsFile } from '../shared/bringsFile.ts';
import { textOf } from '../shared/stageText.ts';
import { lineAt } from '../../text/text.ts';
import { beside } from '../shared/looksAt.ts';

const projects = ['pyproject.toml', 'setup.py', 'setup.cfg'];

export default dockerfileRule({
  id: 'pip-install-dot-without-project',
  severity: 'error',
  title: 'Copy the project file before pip installs the project',
  why: "`pip install .` reads `pyproject.toml` (or `setup.py`) of the working directory. When no COPY has brought one there, the build stops with «Directory '.' is not installable. Neither 'setup.py' nor 'pyproject.toml' found.»",
  looksAt: ['RUN pip', ...beside('RUN', 'COPY', 'ADD', 'WORKDIR')],
  examples: [
    {
      files: { 'pyproject.toml': '', 'src/app/main.py': '' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY src/ src/\nRUN pip install «.» --no-deps\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY src/ src/\nCOPY pyproject.toml ./\nRUN pip install . --no-deps\n',
    },
    {
      title: 'a requirements file that asks for it',
      files: { 'pyproject.toml': '', 'requirements.txt': '-e .[dev]\ntorch==2.5.1\n' },
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install -r «requirements.txt»\nCOPY . .\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nCOPY pyproject.toml ./\nRUN pip install -r requirements.txt\nCOPY . .\n',
    },
    {
      title: 'it comes with the folder',
      files: { 'pyproject.toml': '', 'src/app/main.py': '' },
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install -e .\n',
    },
    {
      title: 'from somewhere that cannot be seen',
      files: { 'src/a.py': '' },
      good: 'FROM python:3.12-slim\nRUN git clone https://example.org/a.git /a\nWORKDIR /a\nRUN pip install .\nFROM company/base:1\nRUN pip install .\nFROM python:3.12-slim\nCOPY src /src\nRUN --mount=type=bind,target=. pip install .\n',
    },
  ],
  *check(file, { files }) {
    const folder = folderOf(file.source.path);
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        if (!textOf(instruction).includes('pip') || bringsFile(stage, instruction, projects, folder, files) !== 'no') continue;
        for (const install of pipInstalls(file, instruction)) {
          const { operands, options, command } = install;
          const editable = options.find(({ name }) => name === '-e' || name === '--editable');
          const own = [...operands, ...(editable?.valueWord ? [editable.valueWord] : [])].find(({ value }) => here.test(value));
          // `-e .` in a file is seen from the working directory too, and not from the file's.
          const listing = own ? undefined : install.files.find((named) => asksForFolder(file, stage, install, named.value, files));
          const word = own ?? listing;
          if (!word || command.depth > 0) continue;
          const project = projects.find((name) => files.exists(join(folder, name)));
          const line = file.source.lineStarts[lineAt(file.source, instruction.span.start)] ?? instruction.span.start;
          yield {
            span: word.span,
            message: `${listing ? `«${listing.value}» asks for the project in «.», and no COPY` : 'No COPY'} before this brings a pyproject.toml or setup.py into the working directory: pip stops with «Directory '.' is not installable».`,
            fixes:
              project === undefined
                ? []
                : [
                    {
                      title: `Copy ${project} first`,
                      safe: false,
                      edits: [{ span: { start: line, end: line }, text: `COPY ${project} ./\n` }],
                    },
                  ],
          };
        }
      }
  },
});

/** A folder of its own, with extras: `.`, `./`, `.[dev]`. */
const here = /^\.\/?(?:\[[\w,.-]*\])?$/;

/** Whether a requirements file that an installation names asks for the project around it. */
function asksForFolder(file: Dockerfile, stage: Stage, install: PipInstall, named: string, files: Files): boolean {
  const path = contextFile(file, stage, install.instruction, fromWorkdir(file, install, named), files);
  const text = path === undefined ? undefined : files.read(path);
  return (
    path !== undefined &&
    text !== undefined &&
    readRequirements(path, text).options.some(({ name, value }) => name === 'editable' && here.test(value))
  );
}
