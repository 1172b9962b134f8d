import type { Stage } from '../../dockerfile/model.ts';
import { lineage, rootImage } from '../../dockerfile/scope.ts';
import { copiedStage } from '../../dockerfile/sources.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { stageText } from '../shared/stageText.ts';

export default dockerfileRule({
  id: 'uv-python-not-copied',
  severity: 'error',
  title: 'Copy the Python that uv downloaded along with the environment',
  why: 'Where a stage has no Python, uv downloads one into `/root/.local/share/uv/python`, and `.venv/bin/python` is a link to it. A stage that takes the environment alone has a link to nothing: every program of it ends with «no such file or directory». Build on an image that has the same Python in the same place as the last one, or set `UV_PYTHON_INSTALL_DIR=/python` in both stages and copy that folder, too.',
  reach: 'needed',
  looksAt: ['COPY from', '&CMD uv', '&ENTRYPOINT uv', '&RUN uv', '* UV_PYTHON', '&COPY', 'lines'],
  examples: [
    {
      bad: 'FROM ghcr.io/astral-sh/uv:bookworm-slim AS build\nWORKDIR /app\nCOPY . .\nRUN uv sync --frozen\nFROM debian:bookworm-slim\nCOPY --from=build «/app/.venv» /app/.venv\nCMD ["/app/.venv/bin/python", "-m", "api"]\n',
    },
    {
      title: 'one that is asked for, and a last stage with a Python of its own',
      bad: 'FROM ubuntu:24.04 AS build\nCOPY --from=ghcr.io/astral-sh/uv:0.8.0 /uv /bin/uv\nRUN uv python install 3.12 && uv venv --python 3.12 /opt/venv\nFROM python:3.12-slim\nCOPY --from=build «/opt/venv» /opt/venv\n',
    },
    {
      title: 'in a folder that is copied; an image with Python; the stage goes on',
      good: 'FROM ghcr.io/astral-sh/uv:bookworm-slim AS a\nENV UV_PYTHON_INSTALL_DIR=/python\nRUN uv sync\nFROM debian:bookworm-slim AS b\nCOPY --from=a /python /python\nCOPY --from=a /app/.venv /app/.venv\nFROM ghcr.io/astral-sh/uv:python3.12-bookworm-slim AS c\nRUN uv sync\nFROM python:3.12-slim-bookworm AS d\nCOPY --from=c /app/.venv /app/.venv\nFROM ghcr.io/astral-sh/uv:bookworm-slim AS e\nRUN uv sync\nFROM ghcr.io/astral-sh/uv:debian AS g\nCOPY --from=e /app/.venv /app/.venv\nCMD ["uv", "run", "main.py"]\nFROM debian:bookworm-slim AS f\nCOPY --from=e /root/.local /root/.local\nCOPY --from=e /app/.venv /app/.venv\n',
    },
  ],
  *check(file, { options: { buildArgs } }) {
    for (const stage of file.stages) {
      const taken = stage.instructions.flatMap((instruction) => {
        const builder = copiedStage(file, instruction);
        return builder ? [{ builder, sources: instruction.args.slice(0, -1) }] : [];
      });
      for (const { builder, sources } of taken) {
        const venv = sources.find(({ value }) => /(?:^|[/.])venv\/?$/.test(value));
        if (
          !venv ||
          lineage(stage).some((each) => lineage(builder).includes(each)) ||
          !downloads(builder, rootImage(file, builder, buildArgs))
        )
          continue;
        // Another stage, or this one by itself, may bring the same folder.
        if (taken.some((each) => each.sources.some(({ value }) => /^\/$|^\/root(?:\/|$)|uv|python/.test(value) && value !== venv.value)))
          continue;
        if (/uv python|uv sync|uv venv|\/root\/\.local/.test(stageText(stage))) continue;
        // uv makes the environment anew when it starts something in it.
        if (stage.instructions.some(({ keyword, body }) => /^(?:CMD|ENTRYPOINT)$/.test(keyword) && /\buv\b/.test(body.text))) continue;
        yield {
          span: venv.span,
          message: `The Python of this environment is a link to one that uv downloaded into /root/.local/share/uv/python, and that is not copied: «no such file or directory». Build on an image with the Python of this stage, or copy it too (UV_PYTHON_INSTALL_DIR).`,
        };
      }
    }
  },
});

/** Whether a stage surely has uv download the Python of the environment that it makes. */
function downloads(stage: Stage, root = ''): boolean {
  const text = stageText(stage);
  if (
    !/\buv (?:sync|venv)\b/.test(text) ||
    /UV_PYTHON|--python-preference|system|\bUSER\b|\bHOME\b|XDG_|apt(?:-get)? [^&|;]*install [^&|;]*python3/.test(text)
  )
    return false;
  return (
    /^ghcr\.io\/astral-sh\/uv:(?:[\d.]+-)?(?:bookworm|trixie|debian)(?:-slim)?(?:@|$)/.test(root) ||
    (/\buv python install\b/.test(text) && /^(?:docker\.io\/)?(?:library\/)?(?:ubuntu|debian|nvidia\/cuda):/.test(root))
  );
}
