import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { allInstructions, variablesAt } from '../../dockerfile/scope.ts';
import { assignment } from '../../dockerfile/shell/assignment.ts';
import { dockerfileRule, type World } from '../../lint/rule.ts';
import { installedRequirements } from '../shared/installedRequirements.ts';
import { beside, packageIndexes, pythonPackages } from '../shared/looksAt.ts';
import { pythonInstalls } from '../shared/pythonInstalls.ts';

export default dockerfileRule({
  id: 'index-url-with-requirements',
  severity: 'error',
  title: 'Add PyTorch’s package index, do not replace PyPI with it',
  why: '`--index-url` replaces PyPI. PyTorch’s index holds torch, its companions and what they need, so pip finds no version of anything else and the build fails. Install torch from it in a step of its own, or add it with `--extra-index-url`.',
  looksAt: [...pythonPackages, ...packageIndexes, ...beside('* extra-index-url')],
  needs: pythonInstalls(),
  examples: [
    {
      title: 'by a variable',
      files: { 'requirements.txt': 'torch==2.5.1\nstreamlit==1.40.0\n' },
      bad: 'FROM python:3.12-slim\nENV PIP_INDEX_URL=https://download.pytorch.org/whl/cpu\nCOPY requirements.txt .\nRUN pip «install» -r requirements.txt\nRUN PIP_INDEX_URL=https://pypi.org/simple pip install streamlit==1.40.0\n',
    },
    {
      files: { 'requirements.txt': 'torch==2.5.1\nscikit-learn==1.5.2\nmlflow\n' },
      bad: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt «--index-url https://download.pytorch.org/whl/cpu»\n',
      good: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt --extra-index-url https://download.pytorch.org/whl/cpu\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN pip install torch mlflow «-i https://download.pytorch.org/whl/cu124»\n',
      good: 'FROM python:3.12-slim\nRUN pip install torch mlflow --extra-index-url https://download.pytorch.org/whl/cu124\n',
    },
    {
      title: 'torch alone',
      good: 'FROM python:3.12-slim\nRUN pip install torch torchvision --index-url https://download.pytorch.org/whl/cpu && pip install mlflow\n',
    },
    {
      title: 'the value of an option is no package',
      good: 'FROM python:3.12-slim\nRUN pip install --resume-retries 999 --default-timeout 100 torch==2.7.1 --index-url https://download.pytorch.org/whl/cu128\n',
    },
    {
      title: 'another index in the settings',
      good: 'FROM python:3.12-slim\nRUN pip config set global.extra-index-url https://pypi.org/simple\nRUN pip install torch mlflow --index-url https://download.pytorch.org/whl/cpu\n',
    },
    {
      title: 'a mirror that has everything',
      good: 'FROM python:3.12-slim\nRUN pip install mlflow --index-url https://pypi.example.org/simple\n',
    },
  ],
  *check(file, { knowledge, files, options }) {
    for (const stage of file.stages) {
      // Another index may be named in pip’s own settings.
      if (/extra-index-url|EXTRA_INDEX_URL|pip\.conf/.test(settings(stage))) continue;
      for (const instruction of stage.instructions)
        for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
          const option = install.options.findLast(({ name }) => /^(?:-i|--index-url|--default-index)$/.test(name));
          const variable = option ? undefined : indexVariable(file, stage, install, options.buildArgs);
          const index = option ? option.value : variable?.value;
          if (!/^https?:\/\/download\.pytorch\.org\/whl\//.test(index ?? '') || install.extraIndexUrls.length) continue;
          const { installed } = installedRequirements(file, stage, install, files);
          const missing = [
            ...new Set(
              installed
                .filter(({ requirement: { name, url, marker } }) => !url && !marker && !knowledge.torchIndex.has(name))
                .map(({ requirement }) => requirement.name),
            ),
          ];
          if (!missing.length) continue;
          const some = missing.slice(0, 3).join(', ') + (missing.length > 3 ? ` and ${missing.length - 3} more` : '');
          if (variable)
            yield {
              span: install.verb.span,
              message: `${some}: not in PyTorch’s package index, and ${variable.name} replaces PyPI by it, so ${install.tool} finds no version. Set PIP_EXTRA_INDEX_URL instead, or install torch in a step of its own.`,
            };
          if (!option?.valueWord) continue;
          const span = { start: option.word.span.start, end: option.valueWord.span.end };
          yield {
            span,
            message: `${some}: not in PyTorch’s package index, and --index-url replaces PyPI, so pip finds no version. Use --extra-index-url, or install torch in a step of its own.`,
            fixes: [{ title: 'Use --extra-index-url', safe: true, edits: [{ span, text: `--extra-index-url ${option.value ?? ''}` }] }],
          };
        }
    }
  },
});

/** A variable that names the package index where no option does: of the command, or of the stage. */
function indexVariable(
  file: Dockerfile,
  stage: Stage,
  { tool, command, instruction }: PythonInstall,
  buildArgs: World['options']['buildArgs'],
): { readonly name: string; readonly value: string | undefined } | undefined {
  const names = tool === 'uv' ? ['UV_DEFAULT_INDEX', 'UV_INDEX_URL'] : tool === 'pip' ? ['PIP_INDEX_URL'] : [];
  const own = new Map(command.assignments.flatMap(({ value }) => [assignment(value)].filter((each) => each !== undefined)));
  const set = variablesAt(file, stage, instruction, buildArgs);
  const name = names.find((each) => own.has(each) || set.has(each));
  return name === undefined ? undefined : { name, value: own.get(name) ?? set.get(name)?.value };
}

/** What sets up pip in a stage: `pip config`, an ENV, a file. Options of an installation are looked at one by one. */
const settings = (stage: Stage): string =>
  allInstructions(stage)
    .filter(({ keyword, body }) => keyword !== 'RUN' || /\bconfig\s+set\b|pip\.conf/.test(body.text))
    .map(({ body }) => body.text)
    .join('\n');
