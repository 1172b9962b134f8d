import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { refactoringsInDockerfile } from '../../../src/assist/dockerfile/refactorings.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

/** What the offer whose title begins with `title` makes of a text with the cursor at `|`, or the selection between two of them. */
function refactored(title: string, marked: string): string | undefined {
  const start = marked.indexOf('¦');
  const rest = marked.replace('¦', '');
  const second = rest.indexOf('¦');
  const text = rest.replace('¦', '');
  const file = parseDockerfile('Dockerfile', text);
  assert.deepEqual(file.faults, []);
  const found = refactoringsInDockerfile(file, { start, end: second < 0 ? start : second }, worldOf({}));
  const offer = found.find((each) => each.title.startsWith(title));
  if (!offer) return undefined;
  const after = applyEdits(text, offer.edits);
  if (offer.named !== undefined) assert.match(after.slice(offer.named - 2), /^\$\{[A-Z]\w*\}/);
  assert.deepEqual(parseDockerfile('Dockerfile', after).faults, [], after);
  return after;
}
const becomes = (title: string, marked: string, after: string | undefined): void => {
  assert.equal(refactored(title, marked), after);
};

test('what ONBUILD holds back is rewritten inside as well', () => {
  becomes('Put each command', 'FROM a\nONBUILD RUN a && b¦ c\n', 'FROM a\nONBUILD RUN a \\\n    && b c\n');
  becomes('Sort the packages', 'FROM a\nONBUILD RUN pip install b ¦a\n', 'FROM a\nONBUILD RUN pip install a b\n');
  becomes(
    'Add a cache mount',
    'FROM a\nONBUILD RUN pip install ¦a\n',
    'FROM a\nONBUILD RUN --mount=type=cache,target=/root/.cache/pip pip install a\n',
  );
  becomes('Write it as JSON', 'FROM a\nONBUILD CMD a ¦b\n', 'FROM a\nONBUILD CMD ["a", "b"]\n');
  becomes('Write it as a heredoc', 'FROM a\nONBUILD RUN a && ¦b\n', 'FROM a\nONBUILD RUN <<EOF\nset -e\na\nb\nEOF\n');
  becomes('Split', 'FROM a\nONBUILD RUN a && ¦b\n', undefined);
});

describe('extract to ARG', () => {
  test('a tag, its version, the image', () => {
    const text = '# syntax=docker/dockerfile:1\n# Our image.\n\nFROM python:3.1¦2-slim AS base\n';
    const head = '# syntax=docker/dockerfile:1\n# Our image.\n\n';
    becomes('Extract «3.12»', text, `${head}ARG PYTHON_VERSION=3.12\nFROM python:\${PYTHON_VERSION}-slim AS base\n`);
    becomes('Extract «3.12-slim»', text, `${head}ARG PYTHON_TAG=3.12-slim\nFROM python:\${PYTHON_TAG} AS base\n`);
    becomes('Extract «python:3.12-slim»', text, `${head}ARG BASE_IMAGE=python:3.12-slim\nFROM \${BASE_IMAGE} AS base\n`);
  });

  test('ARGs for FROM go behind those that are there, those of a stage above the instruction and its comments', () => {
    becomes('Extract «1»', 'ARG A=1 # x\n\nFROM a\nFROM b:¦1\n', 'ARG A=1 # x\nARG B_VERSION=1\n\nFROM a\nFROM b:${B_VERSION}\n');
    becomes(
      'Extract «2.5.1»',
      'FROM a\r\nENV X=1\r\n# hadolint ignore=DL3042\r\nRUN pip install torch==2¦.5.1\r\n',
      'FROM a\r\nENV X=1\r\nARG TORCH_VERSION=2.5.1\r\n# hadolint ignore=DL3042\r\nRUN pip install torch==${TORCH_VERSION}\r\n',
    );
  });

  test('the same version twice in one address', () => {
    becomes(
      'Extract «1.17.0»',
      'FROM a\nRUN curl -L https://github.com/x/tool/releases/download/v1.1¦7.0/tool-1.17.0.tgz | tar xz\n',
      'FROM a\nARG TOOL_VERSION=1.17.0\nRUN curl -L https://github.com/x/tool/releases/download/v${TOOL_VERSION}/tool-${TOOL_VERSION}.tgz | tar xz\n',
    );
  });

  test('an ARG that has the value already is used', () => {
    becomes(
      'Use TORCH_VERSION',
      'FROM a\nARG TORCH_VERSION=2.5.1\nRUN pip install torch==2.5.1¦\n',
      'FROM a\nARG TORCH_VERSION=2.5.1\nRUN pip install torch==${TORCH_VERSION}\n',
    );
  });

  test('not where no shell would put it in, nor what only the container runs', () => {
    becomes('Extract', "FROM a\nRUN echo '¦1.2¦'\n", undefined);
    becomes('Extract', 'FROM a\nCMD serve --version ¦1.2¦\n', undefined);
    becomes('Extract', 'FROM a\nRUN ["echo", "¦1.2¦"]\n', undefined);
    becomes('Extract', "FROM a\nRUN <<'EOF'\n#!/usr/bin/env python3\nprint('¦1.2¦')\nEOF\n", undefined);
    becomes('Extract «/srv/app»', 'FROM a\nWORKDIR ¦/srv/app¦\n', 'FROM a\nARG FOLDER=/srv/app\nWORKDIR ${FOLDER}\n');
  });
});

describe('RUNs', () => {
  test('merge keeps comments, the layout and what a folder change reaches', () => {
    becomes(
      'Merge with',
      'FROM a\nRUN apt-get update \\\n  && apt-get ins¦tall -y git\n\n# Build it.\nRUN make\n',
      'FROM a\nRUN apt-get update \\\n  && apt-get install -y git \\\n# Build it.\n  && make\n'.replace('\\\n# B', '\\\n  # B'),
    );
    becomes('Merge with', 'FROM a\nRUN cd /x && ma¦ke\nRUN ./install\n', 'FROM a\nRUN (cd /x && make) \\\n    && ./install\n');
    becomes('Merge with', 'FROM a\nRUN a¦\nRUN b; c || d\n', 'FROM a\nRUN a \\\n    && { b; c || d; }\n');
    becomes(
      'Merge these 3',
      'FROM a\r\nRUN a &¦& \\\r\n\tb\r\nRUN cd x; c\r\nRUN d\r\n',
      'FROM a\r\nRUN a && \\\r\n\tb && \\\r\n\t(cd x; c) && \\\r\n\td\r\n',
    );
  });

  test('merge joins mounts, and leaves what does not go together', () => {
    becomes(
      'Merge with',
      'FROM a\nRUN --mount=type=cache,target=/c a¦\nRUN --mount=type=secret,id=t b\n',
      'FROM a\nRUN --mount=type=cache,target=/c --mount=type=secret,id=t a \\\n    && b\n',
    );
    for (const text of [
      'RUN --network=none a¦\nRUN b\n',
      'RUN --mount=type=cache,target=/c,id=1 a¦\nRUN --mount=type=cache,target=/c,id=2 b\n',
      'RUN a¦\nRUN ["b"]\n',
      'RUN a¦ # why\nRUN b\n',
      'RUN a¦ &\nRUN b\n',
      'RUN set -e; a¦; b\nRUN c\n',
      'RUN a¦\nCOPY b c\n',
      'RUN <<EOF\na¦\nEOF\nRUN b\n',
    ])
      becomes('Merge', `FROM a\n${text}`, undefined);
  });

  test('split at every && or at one, not behind what the next RUN would miss', () => {
    const text = 'FROM a\nRUN --mount=type=cache,target=/c a \\\n    # Then b.\n    && b | c \\\n    && (d &¦& e) && f\n';
    const head = 'RUN --mount=type=cache,target=/c ';
    becomes('Split into 4', text, `FROM a\n${head}a\n# Then b.\n${head}b | c\n${head}(d && e)\n${head}f\n`);
    becomes('Split the RUN here', text, `FROM a\n${head}a \\\n    # Then b.\n    && b | c\n${head}(d && e) && f\n`);
    becomes('Split into 2', 'FROM a\nRUN a && cd¦ /x && make && export A=1\n', 'FROM a\nRUN a\nRUN cd /x && make && export A=1\n');
    becomes('Split', 'FROM a\nRUN a ¦&& b || c\n', undefined);
    becomes('Split', 'FROM a\nRUN A=1 ¦&& b\n', undefined);
  });

  test('wrap puts each command on its line', () => {
    becomes(
      'Put each command',
      'FROM a\nRUN a && b || ¦c; d && for i in 1 2; do e && f; done && \\\n  g\n',
      'FROM a\nRUN a && \\\n  b || \\\n  c; \\\n  d && \\\n  for i in 1 2; do e && f; done && \\\n  g\n',
    );
    becomes('Put each command', 'FROM a\nRUN a ¦&& b\n', 'FROM a\nRUN a \\\n    && b\n');
    becomes('Put each command', '# escape=`\nFROM a\nRUN a ¦&& b\n', '# escape=`\nFROM a\nRUN a `\n    && b\n');
    becomes('Put each command', 'FROM a\nRUN "a && b¦"\n', undefined);
  });
});

describe('heredocs', () => {
  const chain = 'FROM a\nRUN --network=none a¦ "x y" \\\n    # Then b.\n    && b \\\n       --c \\\n    && (d || e)\n';
  const script = 'FROM a\nRUN --network=none <<EOF\nset -e\na "x y"\n# Then b.\nb \\\n       --c\n(d || e)\nEOF\n';

  test('a chain becomes a script that stops at the first failure, and one becomes a chain', () => {
    becomes('Write it as a heredoc', chain.replace('d || e', 'd'), script.replace('d || e', 'd'));
    becomes(
      'Write it as a && chain',
      script.replace('a "x', 'a¦ "x'),
      'FROM a\nRUN --network=none a "x y" \\\n    # Then b.\n    && b \\\n       --c \\\n    && (d || e)\n',
    );
    becomes(
      'Write it as a && chain: any failure',
      'FROM a\nRUN <<EOF\n¦a\n\nset -x\nb |\n  c\nEOF\nCMD x\n',
      'FROM a\nRUN a \\\n    && set -x \\\n    && b | \\\n  c\nCMD x\n',
    );
  });

  test('not where a failure would count otherwise', () => {
    for (const text of [
      'a && b || c',
      'a && for i in 1 2; do b; done',
      'a && { b && c; }',
      'a; b',
      '! a && b',
      'a && if b; then c; d; fi',
      'a \\\n  # x\n  -b \\\n  c && d'.replace('a ', 'a -y '),
    ])
      becomes('Write it as a heredoc', `FROM a\nRUN ¦${text}\n`, undefined);
    becomes('Write it as a heredoc', "FROM a\nRUN ¦echo 'a \\\n  b' && c\n", undefined);
    becomes('Write it as a heredoc', '# syntax=docker/dockerfile:1.3\nFROM a\nRUN ¦a && b\n', undefined);
    for (const text of ['if a; then\n  b\nfi', 'a # why', "echo 'x\ny'", 'exit 1', 'cat <<X\ny\nX', 'a &\nb'])
      becomes('Write it as a && chain', `FROM a\nRUN <<EOF\n¦${text}\nEOF\n`, undefined);
  });
});

describe('JSON and shell form', () => {
  test('a plain command needs no shell', () => {
    becomes('Write it as JSON', 'FROM a\nCMD ¦python -u "my app.py" --x=1\n', 'FROM a\nCMD ["python", "-u", "my app.py", "--x=1"]\n');
    becomes('Write it as JSON', 'FROM a\nENTRYPOINT exec ¦tini -- a\n', 'FROM a\nENTRYPOINT ["tini", "--", "a"]\n');
    becomes(
      'Write it as JSON',
      'FROM a\nHEALTHCHECK --interval=5s CMD ¦curl -f http://localhost/\n',
      'FROM a\nHEALTHCHECK --interval=5s CMD ["curl", "-f", "http://localhost/"]\n',
    );
    becomes('Write it as JSON', 'FROM a\nRUN ¦echo \\\n  "a\\\\b"\n', 'FROM a\nRUN ["echo", "a\\\\b"]\n');
  });

  test('what needs a shell is handed to the one in force', () => {
    becomes(
      'Write it as JSON: the shell',
      'FROM a\nCMD ¦uvicorn app:app --port $PORT\n',
      'FROM a\nCMD ["/bin/sh", "-c", "exec uvicorn app:app --port $PORT"]\n',
    );
    becomes(
      'Write it as JSON, read',
      'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN ¦a | b\n',
      'FROM a\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN ["/bin/bash", "-o", "pipefail", "-c", "a | b"]\n',
    );
    becomes('Write it as JSON', 'FROM a\nRUN ¦a \\\n  # why\n  b\n', undefined);
  });

  test('JSON to shell form quotes what a shell would read otherwise', () => {
    becomes('Write it in shell', 'FROM a\nCMD [ ¦"a", "b c", "$D", "it\'s" ]\n', "FROM a\nCMD exec a 'b c' '$D' 'it'\\''s'\n");
    becomes('Write it in shell', 'FROM a\nRUN [¦"/bin/sh", "-c", "a && b"]\n', 'FROM a\nRUN a && b\n');
    becomes('Write it in shell', 'FROM a\nRUN [¦"A=1", "b"]\n', "FROM a\nRUN 'A=1' b\n");
    becomes('Write it in shell', 'FROM a\nSHELL ["powershell", "-c"]\nRUN [¦"a"]\n', undefined);
  });
});

describe('cache mounts', () => {
  test('pip and apt, with what would empty them taken out', () => {
    becomes(
      'Add a cache mount',
      'FROM python:3.12\nRUN pip ¦install --no-cache-dir -r requirements.txt && rm -rf /root/.cache/pip\n',
      'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\n',
    );
    becomes(
      'Add cache mounts',
      'FROM debian\nRUN apt-get update \\\n    && apt-get ¦install -y git \\\n    && rm -rf /var/lib/apt/lists/*\n',
      'FROM debian\nRUN --mount=type=cache,target=/var/cache/apt,sharing=locked --mount=type=cache,target=/var/lib/apt,sharing=locked rm -f /etc/apt/apt.conf.d/docker-clean && apt-get update \\\n    && apt-get install -y git\n',
    );
  });

  test('where the user keeps it', () => {
    becomes(
      'Add a cache mount',
      'FROM a\nRUN useradd -m -u 1000 app\nUSER app\nRUN uv ¦sync --frozen\n',
      'FROM a\nRUN useradd -m -u 1000 app\nUSER app\nRUN --mount=type=cache,target=/home/app/.cache/uv,uid=1000 uv sync --frozen\n',
    );
    becomes('Add a cache', 'FROM a\nUSER app\nRUN uv ¦sync\n', undefined);
    becomes(
      'Add a cache mount',
      'FROM a\nENV UV_CACHE_DIR=/cache\nRUN uv ¦sync\n',
      'FROM a\nENV UV_CACHE_DIR=/cache\nRUN --mount=type=cache,target=/cache uv sync\n',
    );
    becomes('Add a cache', 'FROM a\nENV PIP_NO_CACHE_DIR=1\nRUN pip ¦install x\n', undefined);
    becomes('Add a cache', 'FROM a\nRUN --mount=type=cache,target=/root/.cache pip ¦install x\n', undefined);
    becomes('Add a cache mount', 'FROM a\nRUN npm ¦ci\n', 'FROM a\nRUN --mount=type=cache,target=/root/.npm npm ci\n');
    becomes(
      'Add a cache mount',
      'FROM a\nRUN conda ¦env create -f e.yml && conda clean -afy\n',
      'FROM a\nRUN --mount=type=cache,target=/opt/conda/pkgs conda env create -f e.yml\n',
    );
  });
});

describe('package lists', () => {
  test('sorted where they stand, and one a line', () => {
    const text = 'FROM a\nRUN apt-get update && apt-get install -y --no-install-recommends git ¦curl "libfoo2=1.*" && rm x\n';
    becomes('Sort the packages', text, text.replace('¦', '').replace('git curl "libfoo2=1.*"', 'curl git "libfoo2=1.*"'));
    becomes(
      'Sort the packages, one a line',
      text,
      'FROM a\nRUN apt-get update && apt-get install -y --no-install-recommends \\\n        curl \\\n        git \\\n        "libfoo2=1.*" && rm x\n',
    );
  });

  test('comments stay above their package', () => {
    becomes(
      'Sort the packages, one a line',
      'FROM a\nRUN pip install \\\n  torch \\\n  # For plots.\n  matplotlib -i https://x \\\n  numpy\n',
      undefined,
    );
    becomes(
      'Sort the packages, one a line',
      'FROM a\r\nRUN pip install \\\r\n  t¦orch \\\r\n  # For plots.\r\n  matplotlib -i https://x \\\r\n  numpy\r\n',
      'FROM a\r\nRUN pip install -i https://x \\\r\n      # For plots.\r\n      matplotlib \\\r\n      numpy \\\r\n      torch\r\n',
    );
  });

  test('in a heredoc, with npm and conda', () => {
    becomes(
      'Sort the packages',
      'FROM a\nRUN <<EOF\nconda install -c forge b ¦a\nEOF\n',
      'FROM a\nRUN <<EOF\nconda install -c forge a b\nEOF\n',
    );
    becomes('Sort the packages', 'FROM a\nRUN npm i -g b¦ a@2\n', 'FROM a\nRUN npm i -g a@2 b\n');
    becomes('Sort', 'FROM a\nRUN npm i -g a¦\n', undefined);
  });
});
