import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { pipFetches, pipInstalls } from '../../dockerfile/packages/pip.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import { lineage } from '../../dockerfile/scope.ts';
import { dockerfileRule, type Files, type Fix } from '../../lint/rule.ts';
import { parseRequirements } from '../../python/requirements.ts';
import { lineAt, lineBreak, lineSpan, slice } from '../../text/text.ts';
import { projectWords } from '../shared/installedRequirements.ts';
import { folderOf, join } from '../../text/paths.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'copy-all-before-install',
  severity: 'warning',
  title: 'Copy the requirements before the code',
  why: 'A layer is built again when anything copied before it has changed. With `COPY . .` in front of the installation, every change of the code downloads and installs all packages again, torch’s gigabytes included. Copy the requirements file alone, install, then copy the rest.',
  looksAt: ['COPY', 'ADD', ...beside('RUN')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nWORKDIR /app\n«COPY . .»\nRUN pip install --no-cache-dir -r requirements.txt\nCMD ["python", "app.py"]\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\nCOPY . .\nCMD ["python", "app.py"]\n',
    },
    { title: 'poetry, uv, conda too', bad: 'FROM python:3.12-slim\n«ADD . /app»\nRUN cd /app && uv sync --frozen\n' },
    {
      title: 'a folder of requirements',
      bad: 'FROM python:3.12-slim\nWORKDIR /app\n«COPY . .»\nRUN pip install --no-cache-dir -r requirements/base.txt\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY requirements/base.txt ./requirements/\nRUN pip install --no-cache-dir -r requirements/base.txt\nCOPY . .\n',
    },
    {
      title: 'the packages are there already',
      good: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\nCOPY . .\nRUN pip install -r requirements.txt\n',
    },
    {
      title: 'also in the stage below',
      good: 'FROM python:3.12-slim AS base\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nFROM base\nCOPY . .\nRUN uv sync --frozen\n',
    },
    { title: 'installing the project itself needs the code', good: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install --no-deps .\n' },
    {
      title: 'and what goes with it',
      good: 'FROM python:3.12-slim\nCOPY . .\nRUN pip install -e . && pip install -r requirements/metrics.txt\n',
    },
    { title: 'another stage’s files', good: 'FROM python:3.12-slim\nCOPY --from=src . .\nRUN pip install -r requirements.txt\n' },
  ],
  *check(file, { files }) {
    for (const stage of file.stages) {
      const { instructions } = stage;
      const copy = instructions.find(copiesAll);
      if (!copy || manifestsBefore(instructions, copy)) continue;
      const install = instructions.find((instruction) => installsDependencies(file, instruction));
      if (!install || install.span.start < copy.span.start) continue;
      if (
        lineage(stage)
          .slice(1)
          .some((below) => below.instructions.some((each) => installsDependencies(file, each)))
      )
        continue;
      yield {
        span: copy.span,
        message:
          'Everything is copied before the packages are installed, so every change of the code installs them again. Copy the requirements alone first.',
        fixes: fixes(file, copy, install, files),
      };
    }
  },
});

const copiesAll = ({ keyword, args, flags }: Instruction): boolean =>
  (keyword === 'COPY' || keyword === 'ADD') &&
  args.length === 2 &&
  /^(?:\.|\.\/|\.\/\.)$/.test(args[0]?.value ?? '') &&
  !flags.some(({ name }) => name === 'from');

const manifest =
  /(?:^|\/)(?:requirements[^/]*\.(?:txt|in)|requirements\/[^/]+\.(?:txt|in)|pyproject\.toml|poetry\.lock|uv\.lock|Pipfile(?:\.lock)?|environment[^/]*\.ya?ml|setup\.(?:py|cfg)|package(?:-lock)?\.json)$/;

const manifestsBefore = (instructions: readonly Instruction[], copy: Instruction): boolean =>
  instructions.some(
    ({ keyword, args, span }) =>
      span.start < copy.span.start &&
      (keyword === 'COPY' || keyword === 'ADD') &&
      args.some(({ value }) => manifest.test(value) || /\*/.test(value)),
  );

function installsDependencies(file: Dockerfile, instruction: Instruction): boolean {
  const synced = pipFetches(file, instruction).filter(({ verb }) => verb.value === 'sync');
  const installs = [...pipInstalls(file, instruction), ...synced];
  // Files in a folder of their own are more than the project asks for, where it is installed with them.
  const project = installs.some((install) => projectWords(install).length > 0);
  if (installs.some((install) => install.files.some(({ value }) => manifest.test(value) && !(project && /requirements\//.test(value)))))
    return true;
  return allCommandsOf(file, instruction).some(({ name, words }) => {
    const verb = words.slice(1).find(({ value }) => !value.startsWith('-'))?.value ?? '';
    const has = (option: string): boolean => words.some(({ value }) => value === option);
    if (name === 'poetry') return verb === 'install';
    if (name === 'uv') return verb === 'sync';
    if (name === 'pipenv' || name === 'pdm') return verb === 'install' || verb === 'sync';
    return /^(?:conda|mamba|micromamba)$/.test(name) && verb === 'env' && (has('create') || has('update'));
  });
}

function fixes(file: Dockerfile, copy: Instruction, install: Instruction, files: Files): readonly Fix[] {
  const [pip, ...more] = pipInstalls(file, install);
  const [requirements, ...others] = pip?.files ?? [];
  const [source, destination] = copy.args;
  if (
    !requirements ||
    more.length ||
    others.length ||
    !source ||
    !destination ||
    requirements.value.startsWith('/') ||
    requirements.dynamic
  )
    return [];
  const path = requirements.value.replace(/^\.\//, '');
  const below = path.slice(0, path.lastIndexOf('/') + 1);
  const top = /^\.\/?$/.test(destination.value) && !below ? destination.text : `${destination.text.replace(/\/$/, '')}/`;
  const folder = `${top}${below}`;
  const text = files.read(join(folderOf(file.source.path), path));
  // A requirements file that names other files or local packages needs more than itself.
  const alone =
    text !== undefined &&
    parseRequirements(path, text).options.every(({ name }) => !/^(?:requirement|constraint|editable)$/.test(name)) &&
    !/^\s*(?:\.|-e|file:)/m.test(text);
  const end = lineSpan(file.source, lineAt(file.source, Math.max(install.span.start, install.span.end - 1))).end;
  const line = slice(file.source, copy.span);
  return [
    {
      title: `Copy ${path} first, the rest after the installation`,
      safe: alone,
      edits: [
        { span: { start: source.span.start, end: destination.span.end }, text: `${path} ${folder}` },
        { span: { start: end, end }, text: `${lineBreak(file.source)}${line}` },
      ],
    },
  ];
}
