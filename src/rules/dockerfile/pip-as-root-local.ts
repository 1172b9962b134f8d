import type { Dockerfile, Instruction, Stage } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import { imageFacts } from '../../knowledge/lookup.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { withoutShellWord } from '../shared/edits.ts';
import { beside } from '../shared/looksAt.ts';
import { textOf } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'pip-as-root-local',
  severity: 'error',
  title: 'Install packages where the final user can read them',
  why: '`pip install --user` as root installs into `/root/.local`, and `/root` is readable by root alone. When the container then runs as another user, Python finds no package: `ModuleNotFoundError`. Install into a virtual environment such as `/opt/venv`, and put its `bin` on PATH.',
  reach: 'shipped',
  looksAt: ['RUN --user', 'COPY /root', 'ENV /root', ...beside('USER', 'RUN', 'COPY', 'ENV')],
  examples: [
    {
      bad: 'FROM python:3.12-slim AS build\nRUN pip install --no-cache-dir --user flask\nFROM python:3.12-slim\nCOPY --from=build «/root/.local» /root/.local\nENV PATH=/root/.local/bin:$PATH\nUSER app\nCMD ["flask", "run"]\n',
    },
    {
      title: 'in one stage',
      bad: 'FROM python:3.12-slim\nRUN pip install «--user» flask\nUSER 1000\nCMD ["flask", "run"]\n',
      good: 'FROM python:3.12-slim\nRUN pip install flask\nUSER 1000\nCMD ["flask", "run"]\n',
    },
    {
      title: 'to the user’s own home',
      good: 'FROM python:3.12-slim AS build\nRUN pip install --user flask\nFROM python:3.12-slim\nCOPY --from=build --chown=app /root/.local /home/app/.local\nUSER app\n',
    },
    {
      title: 'a conda in the home of root',
      bad: 'FROM ubuntu:22.04\nRUN bash /tmp/miniconda.sh -b -p /root/miniconda3\nENV PATH=«/root/miniconda3/bin:$PATH»\nUSER app\n',
    },
    {
      title: 'taken to the user’s home',
      good: 'FROM python:3.12-slim AS build\nRUN pip install --user flask\nFROM python:3.12-slim\nCOPY --from=build /root/.local /root/.local\nRUN useradd -m app && cp -r /root/.local /home/app/.local && chown -R app /home/app\nUSER app\n',
    },
    { title: 'root may read it', good: 'FROM python:3.12-slim\nRUN pip install --user flask\n' },
    { title: 'installed as the user', good: 'FROM python:3.12-slim\nUSER app\nRUN pip install --user flask\n' },
  ],
  *check(file, { knowledge, options }) {
    const stage = file.stages.at(-1);
    if (!stage) return;
    const all = allInstructions(stage);
    const last = all.findLast(({ keyword }) => keyword === 'USER')?.args[0]?.value;
    if (last === undefined || isRoot(last) || last.includes('$') || opened(file, all)) return;
    for (const { keyword, flags, args } of all) {
      const [source] = args;
      const target = args.at(-1)?.value ?? '';
      if (
        keyword === 'COPY' &&
        source &&
        flags.some(({ name }) => name === 'from') &&
        /^\/root\/\.local\b/.test(source.value) &&
        /^(?:\/root|~)\//.test(target)
      )
        yield {
          span: source.span,
          message: `The packages go to ${target}, which user «${last}» cannot read: /root is for root alone. Install into a virtual environment such as /opt/venv and copy that.`,
        };
    }
    for (const { keyword, pairs = [] } of all)
      for (const { name, value } of keyword === 'ENV' ? pairs : [])
        if (name.value === 'PATH' && value && /(?:^|:)\/root\/(?:(?:mini|ana)(?:conda|forge)\d?|\.pyenv|\.conda)\//.test(value.value))
          yield {
            span: value.span,
            severity: 'warning',
            message: `PATH leads user «${last}» to a Python below /root, which only root may read: «Permission denied». Install it in /opt.`,
          };
    const root = rootImage(file, stage, options.buildArgs);
    const startsAsRoot = root === undefined || (imageFacts(knowledge, root)?.user ?? 'root') === 'root';
    for (const instruction of all)
      for (const { options: given } of pipInstalls(file, instruction)) {
        const user = given.find(({ name }) => name === '--user');
        if (user && runsAsRoot(all, instruction, startsAsRoot) && !homeSet(all, instruction))
          yield {
            span: user.word.span,
            message: `As root, --user installs into /root/.local, which user «${last}» cannot read. Leave it out, or install into a virtual environment.`,
            fixes: instruction.json ? [] : [{ title: 'Leave --user out', safe: false, edits: [withoutShellWord(file, user.word.span)] }],
          };
      }
  },
});

const isRoot = (user: string): boolean => /^(?:root|0)(?::.*)?$/.test(user);

function runsAsRoot(all: Stage['instructions'], at: Instruction, startsAsRoot: boolean): boolean {
  const user = all.findLast(({ keyword, span }) => keyword === 'USER' && span.start < at.span.start)?.args[0]?.value;
  return user === undefined ? startsAsRoot : isRoot(user);
}

/** Whether HOME or PYTHONUSERBASE moves `--user` elsewhere. */
const homeSet = (all: Stage['instructions'], at: Instruction): boolean =>
  all.some(
    ({ keyword, pairs = [], span }) =>
      keyword === 'ENV' && span.start < at.span.start && pairs.some(({ name }) => name.value === 'HOME' || name.value === 'PYTHONUSERBASE'),
  );

/** Whether a RUN opens /root to others, or takes what is in it elsewhere. */
const opened = (file: Dockerfile, all: Stage['instructions']): boolean =>
  all.some(
    (instruction) =>
      textOf(instruction).includes('/root') &&
      commandsOf(file, instruction).some(
        ({ name, words }) =>
          (['chmod', 'chown', 'usermod'].includes(name) && words.some(({ value }) => /^\/root(?:\/|$)/.test(value))) ||
          (/^(?:cp|mv|rsync)$/.test(name) && words.slice(0, -1).some(({ value }) => /^\/root(?:\/|$)/.test(value))),
      ),
  );
