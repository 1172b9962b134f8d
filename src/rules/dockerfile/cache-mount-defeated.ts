import { mountsOf } from '../../dockerfile/mounts.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { variablesAt } from '../../dockerfile/scope.ts';
import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { withoutPair } from '../shared/edits.ts';

export default dockerfileRule({
  id: 'cache-mount-defeated',
  severity: 'warning',
  title: 'Use the cache mount, or switch the cache off, not both',
  why: 'A cache mount keeps downloads for the next build without putting them into the image. With `--no-cache-dir` or `PIP_NO_CACHE_DIR`, pip writes nothing there, and every build downloads torch again.',
  looksAt: ['RUN cache', 'RUN pip', '* PIP_NO_CACHE_DIR', '* UV_NO_CACHE'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install «--no-cache-dir» torch==2.5.1\n',
      good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch==2.5.1\n',
    },
    {
      title: 'switched off by a variable',
      bad: 'FROM python:3.12-slim\nENV PIP_NO_CACHE_DIR=1\nRUN --mount=type=cache,target=/root/.cache/pip «pip install» torch==2.5.1\n',
      good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/pip pip install torch==2.5.1\n',
    },
    {
      title: 'another one fills it',
      good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache pip install --no-cache-dir torch==2.5.1 && pip install flask==3.1.0\n',
    },
    { good: 'FROM python:3.12-slim\nRUN --mount=type=cache,target=/root/.cache/uv pip install --no-cache-dir uv && uv sync\n' },
  ],
  *check(file, { options }) {
    for (const stage of file.stages)
      for (const instruction of stage.instructions) {
        const targets = mountsOf(instruction).flatMap((mount) => (mount.type === 'cache' ? [mount.target ?? ''] : []));
        if (!targets.length) continue;
        const installs = pipInstalls(file, instruction);
        const isOff = ({ options: all, tool }: (typeof installs)[number]): boolean =>
          all.some(({ name }) => name === '--no-cache-dir' || (tool === 'uv' && name === '--no-cache'));
        for (const install of installs) {
          // Another installation of the RUN fills the mount.
          if (isOff(install) && installs.some((each) => each.tool === install.tool && !isOff(each))) continue;
          if (!targets.some((target) => target.includes(`/.cache/${install.tool}`) || target.endsWith('/.cache'))) continue;
          const option = install.options.find(({ name }) => name === '--no-cache-dir' || (install.tool === 'uv' && name === '--no-cache'));
          const variable = install.tool === 'uv' ? 'UV_NO_CACHE' : 'PIP_NO_CACHE_DIR';
          const off = variablesAt(file, stage, instruction, options.buildArgs).get(variable)?.value;
          if (option)
            yield {
              span: option.word.span,
              message: `${option.name} leaves the cache mount of this RUN empty: every build downloads everything again. The mount keeps the cache out of the image already.`,
              fixes: [
                {
                  title: `Remove ${option.name}`,
                  safe: true,
                  edits: [{ span: { start: option.word.span.start, end: skipSpace(file.source.text, option.word.span.end) }, text: '' }],
                },
              ],
            };
          else if (off !== undefined && /^(?:1|true|yes|on)$/i.test(off))
            yield {
              span: { start: install.command.words[0]?.span.start ?? install.verb.span.start, end: install.verb.span.end },
              message: `${variable} is set, so ${install.tool} leaves the cache mount of this RUN empty: every build downloads everything again.`,
              fixes: withoutSetting(file, stage, variable),
            };
        }
      }
  },
});

function skipSpace(text: string, at: number): number {
  let end = at;
  while (text[end] === ' ') end++;
  return end;
}

/** Takes the variable out of the one ENV of the stage that sets it. */
function withoutSetting(file: Dockerfile, stage: Stage, variable: string): readonly Fix[] {
  const [found, ...others] = stage.instructions.flatMap((instruction) =>
    instruction.keyword === 'ENV'
      ? (instruction.pairs ?? []).flatMap((pair) => (pair.name.value === variable ? [{ instruction, pair }] : []))
      : [],
  );
  const edit = found && !others.length ? withoutPair(file, found.instruction, found.pair) : undefined;
  return edit ? [{ title: `Take ${variable} out`, safe: false, edits: [edit] }] : [];
}
