import type { Option } from '../../dockerfile/packages/options.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { toolInstalls } from '../../dockerfile/packages/tools.ts';
import { callsOf, runCommands } from '../../dockerfile/shell/commands.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { knownText } from '../shared/knownText.ts';

export default dockerfileRule({
  id: 'pip-install-unpinned',
  severity: 'info',
  enabled: false,
  title: 'Name the version of Python packages',
  why: 'Without a version, pip installs whatever is newest on the day of the build: another torch with another CUDA, a transformers that the checkpoint does not load with. Write `name==version`, or install from a requirements or lock file.',
  also: ['hadolint:DL3013'],
  reach: 'file',
  looksAt: ['RUN pip', 'RUN uv'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir «transformers» numpy==2.1.0\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir transformers==4.46.3 "numpy>=2,<3"\n',
    },
    { bad: 'FROM python:3.12-slim\nRUN python -m pip install «vllm[audio]»\n' },
    {
      title: 'files, archives, repositories at a revision',
      good: 'FROM python:3.12-slim\nRUN pip install -r requirements.txt && pip install ./pkg model.whl git+https://example.org/a.git@v1\n',
    },
    { title: 'a version in a variable', good: 'FROM python:3.12-slim\nARG TORCH=2.5.1\nRUN pip install torch==$TORCH ${EXTRAS}\n' },
    {
      title: 'programs that pipx and uv install, each in an environment of its own',
      bad: 'FROM python:3.12-slim\nRUN pipx install «poetry»\nRUN uv tool install --python 3.12 «ruff» && pipx install black==24.10.0\n',
    },
    { title: 'constraints name the versions', good: 'FROM python:3.12-slim\nRUN pip install -c constraints.txt fastapi\n' },
  ],
  *check(file) {
    const runs = new Map(runCommands(file).map((run) => [run.command, run]));
    const instructions = new Set(
      callsOf(file, ...[...new Set(runCommands(file).map(({ program }) => program))].filter((name) => pip.test(name))).map(
        ({ instruction }) => instruction,
      ),
    );
    for (const instruction of instructions) {
      const installs = [...pipInstalls(file, instruction).filter(({ files }) => !files.length), ...toolInstalls(file, instruction)];
      for (const { tool, command, options, operands } of installs) {
        const run = runs.get(command);
        if (!run || constrained(options)) continue;
        for (const word of operands)
          if (unpinned(word, knownText(file, run, word)))
            yield {
              span: word.span,
              message: `«${word.value}» has no version, so the next build may install another one. Write ${word.value.replace(/\s.*/, '')}==version, or use a requirements file.`,
              also: tool === 'uv' ? [] : ['hadolint:DL3013'],
            };
      }
    }
  },
});

const pip = /^(?:pip[\d.]*|pipx|python[\d.]*|pypy[\d.]*|uv)$/;
const constrained = (options: readonly Option[]): boolean => options.some(({ name }) => /^(?:-c|--constraints?|-e|--editable)$/.test(name));

function unpinned({ value }: ShellWord, known: string | undefined): boolean {
  if (known === undefined || known === '') return false;
  const archive = /\.(?:whl|zip|tgz|tar(?:\.\w+)?)$/.test(known.replace(/\[.*\]$/, ''));
  if (/^(?:git|hg|svn|bzr)\+/.test(known)) return !/@[^/@]+$/.test(known.replace(/[#?].*$/, '').replace(/^\w+\+\w+:\/\/[^/]*/, ''));
  return !archive && !/[=<>!~@/\\]|^\.|\.\[/.test(known) && !value.startsWith('-');
}
