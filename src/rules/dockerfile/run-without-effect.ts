import { sectionsOf } from '../../dockerfile/sections.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'run-without-effect',
  severity: 'warning',
  title: 'Set variables and folders for what follows with ENV and WORKDIR',
  why: 'Every RUN is a shell of its own: a variable that it exports, a folder it changes to and an environment it activates are gone when it ends. A RUN that does nothing else does nothing. `ENV`, `WORKDIR` and `ENV PATH=/venv/bin:$PATH` last.',
  looksAt: ['RUN'],
  examples: [
    {
      title: 'options of a shell that ends',
      bad: 'FROM ubuntu:24.04\nRUN «set -e -o xtrace»\nRUN set -eux; apt-get update\n',
    },
    {
      bad: 'FROM python:3.12\nRUN «export FLASK_APP=app.py»\n',
      good: 'FROM python:3.12\nENV FLASK_APP=app.py\n',
    },
    { bad: 'FROM python:3.12\nRUN «cd /srv»\n', good: 'FROM python:3.12\nWORKDIR /srv\n' },
    { bad: 'FROM python:3.12\nRUN python -m venv /venv\nRUN «. /venv/bin/activate»\n' },
    { bad: 'FROM python:3.12\nRUN «ulimit -n 65536»\nRUN «umask 002 && alias ll="ls -l"»\n' },
    {
      title: 'a script that may do work when it is read',
      good: 'FROM python:3.12\nCOPY clone.sh /clone.sh\nRUN . /clone.sh models https://example.com/models.git\nRUN . ./install.sh\n',
    },
    {
      title: 'followed by what uses it',
      good: 'FROM python:3.12\nRUN export A=1 && ./build.sh\nRUN cd /srv && make\nRUN . /venv/bin/activate && pip install flask==3.1.0\n',
    },
    {
      title: 'a check that may fail, or output that is kept',
      good: 'FROM python:3.12\nRUN cd /srv || exit 1\nRUN export > /env\nRUN true\n',
    },
  ],
  *check(file) {
    for (const { instructions } of sectionsOf(file))
      for (const instruction of instructions) {
        if (instruction.keyword !== 'RUN' || instruction.json || instruction.heredocs.length) continue;
        const commands = commandsOf(file, instruction);
        const [first] = commands;
        const last = commands.at(-1);
        if (!first || !last || !commands.every(isGone)) continue;
        yield {
          span: { start: first.span.start, end: last.span.end },
          // Without it each RUN still ends at the failure of its last command.
          ...(commands.every(({ name }) => name === 'set') ? { severity: 'info' as const } : {}),
          message: `${what(first)} is gone when this RUN ends, so it does nothing. ${instead(first)}`,
          fixes: commands.length === 1 && !instruction.flags.length ? fixes(first, instruction.span.start) : [],
        };
      }
  },
});

const kinds: Readonly<Record<string, string>> = {
  export: 'What «export» sets',
  declare: 'What «declare» sets',
  cd: 'The folder that «cd» changes to',
  source: 'What «source» sets',
  '.': 'What «.» reads',
  alias: 'An alias',
  ulimit: 'A limit set by «ulimit»',
  umask: 'A «umask»',
  set: 'What «set» switches on',
};

/** Scripts that are read for what they set. Any other may do work when it is read. */
const settings =
  /(?:^|\/)(?:activate|\.?(?:bash|zsh)rc|\.(?:bash_)?profile|profile|environment|(?:set_?|set-)?env(?:vars|_vars)?\.(?:sh|bash)|setvars\.sh|conda\.sh|nvm\.sh|\.?cargo\/env|setup\.(?:ba)?sh)$/;

const isGone = ({ name, words, redirects, assignments, joint, under, substituted, depth }: Command): boolean =>
  (Object.hasOwn(kinds, name) || (name === '' && assignments.length > 0)) &&
  (!/^(?:\.|source)$/.test(name) || (words.length === 2 && settings.test(words[1]?.value ?? ''))) &&
  !redirects.length &&
  !under.length &&
  !substituted &&
  depth === 0 &&
  (joint === 'first' || joint === '&&' || joint === ';' || joint === 'newline');

const what = ({ name }: Command): string => kinds[name] ?? 'A variable of the shell';

function instead({ name }: Command): string {
  switch (name) {
    case 'cd':
      return 'Use WORKDIR.';
    case 'source':
    case '.':
      return 'Put the folder of the programs on PATH with ENV, or join what needs it with &&.';
    case 'ulimit':
      return 'Limits are set when the container starts (--ulimit).';
    case 'alias':
    case 'umask':
    case 'set':
      return 'Join it with && to what needs it.';
    default:
      return 'Use ENV, or join what needs it with &&.';
  }
}

/** ENV for one exported value, WORKDIR for one folder. */
function fixes({ name, words, assignments, span }: Command, start: number): readonly Fix[] {
  const [, value] = words;
  if (name === 'cd' && words.length === 2 && value && !value.dynamic)
    return [{ title: 'Use WORKDIR', safe: false, edits: [{ span: { start, end: span.end }, text: `WORKDIR ${value.text}` }] }];
  const set = name === '' ? assignments : words.slice(1);
  const [only] = set;
  if ((name !== 'export' && name !== '') || set.length !== 1 || !only || !/^\w+=/.test(only.text) || /[`]|\$\(/.test(only.text)) return [];
  return [{ title: 'Use ENV', safe: false, edits: [{ span: { start, end: span.end }, text: `ENV ${only.text}` }] }];
}
