import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';

export default dockerfileRule({
  id: 'uv-sync-in-one-layer',
  severity: 'warning',
  title: 'Sync dependencies before the code is copied',
  why: '`uv sync` after `COPY . .` runs again at every change of the code, and downloads torch each time. Copy `pyproject.toml` and `uv.lock` first, run `uv sync --locked --no-install-project`, then copy the rest and sync once more.',
  examples: [
    { bad: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN «uv sync» --locked\n' },
    {
      good: 'FROM python:3.12-slim\nWORKDIR /app\nCOPY pyproject.toml uv.lock ./\nRUN uv sync --locked --no-install-project\nCOPY . .\nRUN uv sync --locked\n',
    },
    { good: 'FROM python:3.12-slim\nCOPY . .\nRUN --mount=type=cache,target=/root/.cache/uv uv sync --locked\n' },
  ],
  *check(file) {
    for (const stage of file.stages) {
      let all = false;
      let synced = false;
      for (const instruction of stage.instructions) {
        const { keyword, args, flags } = instruction;
        if (
          keyword === 'COPY' &&
          !flags.some(({ name }) => name === 'from') &&
          args.slice(0, -1).some(({ value }) => /^\.?\/?$/.test(value))
        )
          all = true;
        if (keyword !== 'RUN') continue;
        for (const command of commandsOf(file, instruction)) {
          const [program, verb] = programOf(command);
          if (program?.value !== 'uv' || verb?.value !== 'sync') continue;
          if (all && !synced && !mountsOf(instruction).some(({ type }) => type === 'cache'))
            yield {
              span: { start: program.span.start, end: verb.span.end },
              message:
                'uv sync runs again, downloads included, whenever a file of the project changes. Copy pyproject.toml and uv.lock first, sync with --no-install-project, then copy the rest.',
            };
          synced = true;
        }
      }
    }
  },
});
