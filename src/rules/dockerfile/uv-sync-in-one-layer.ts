import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { lineage } from '../../dockerfile/scope.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { isWholeRun, lineBefore } from '../shared/edits.ts';
import { lineBreak } from '../../text/text.ts';
import { beside } from '../shared/looksAt.ts';

export default dockerfileRule({
  id: 'uv-sync-in-one-layer',
  severity: 'warning',
  title: 'Sync dependencies before the code is copied',
  why: '`uv sync` after `COPY . .` runs again at every change of the code, and downloads torch each time. Copy `pyproject.toml` and `uv.lock` first, run `uv sync --locked --no-install-project`, then copy the rest and sync once more.',
  looksAt: ['RUN sync', ...beside('COPY', 'ADD', 'lines')],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN «uv sync» --locked\n',
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked\n',
    },
    {
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked\n',
    },
    {
      title: 'the stage below has the packages',
      good: 'FROM python:3.12-slim AS base\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --frozen --no-install-project\nFROM base\nCOPY . .\nRUN uv sync --frozen\n',
    },
    { good: 'FROM python:3.12-slim\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked\n' },
  ],
  *check(file) {
    for (const stage of file.stages) {
      let copy: Instruction | undefined;
      let synced = lineage(stage)
        .slice(1)
        .some((below) => below.instructions.some((each) => syncs(file, each)));
      for (const instruction of stage.instructions) {
        const { keyword, args, flags } = instruction;
        if (
          keyword === 'COPY' &&
          !flags.some(({ name }) => name === 'from') &&
          args.slice(0, -1).some(({ value }) => /^\.?\/?$/.test(value))
        )
          copy ??= instruction;
        if (keyword !== 'RUN') continue;
        for (const command of commandsOf(file, instruction)) {
          const [program, verb] = programOf(command);
          if (program?.value !== 'uv' || verb?.value !== 'sync') continue;
          if (copy && !synced && !mountsOf(instruction).some(({ type }) => type === 'cache'))
            yield {
              span: { start: program.span.start, end: verb.span.end },
              message:
                'uv sync runs again, downloads included, whenever a file of the project changes. Copy pyproject.toml and uv.lock first, sync with --no-install-project, then copy the rest.',
              fixes: fixes(file, copy, instruction, command),
            };
          synced = true;
        }
      }
    }
  },
});

const syncs = (file: Dockerfile, instruction: Instruction): boolean =>
  instruction.keyword === 'RUN' &&
  commandsOf(file, instruction).some((command) => {
    const [program, verb] = programOf(command);
    return program?.value === 'uv' && verb?.value === 'sync';
  });

/** The same sync before the copy, without the project; none where something between them may be what brings uv. */
function fixes(file: Dockerfile, copy: Instruction, instruction: Instruction, command: Command): readonly Fix[] {
  const { text } = file.source;
  const [, target] = copy.args;
  const near = file.instructions.indexOf(instruction) - file.instructions.indexOf(copy) === 1;
  if (
    copy.args.length !== 2 ||
    !target ||
    !near ||
    !isWholeRun(file, { instruction, command }) ||
    /no-install|[\r\n]/.test(text.slice(instruction.span.start, instruction.span.end))
  )
    return [];
  const folder = /^\.\/?$/.test(target.value) ? './' : `${target.text.replace(/\/$/, '')}/`;
  const sync = `${text.slice(instruction.span.start, instruction.span.end)} --no-install-project`;
  const edit = lineBefore(file, copy, `COPY pyproject.toml uv.lock ${folder}${lineBreak(file.source)}${sync}`);
  return edit ? [{ title: 'Sync the dependencies first', safe: false, edits: [edit] }] : [];
}
