import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { open } from '../../../src/core.ts';
import { defaultLintConfig, lint } from '../../../src/lint/lint.ts';
import type { Finding } from '../../../src/lint/rule.ts';
import { rules } from '../../../src/rules/index.ts';
import { worldOf } from '../world.ts';

// What people complain about in other checkers: each group is quiet here, and what they miss is found.

interface Case {
  readonly text: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** The findings with rules that start off included, so that quiet means quiet. */
function findings({ text, files = {}, buildArgs = {} }: Case, all = false): readonly Finding[] {
  return lint(
    open('Dockerfile', text, 'dockerfile'),
    rules,
    worldOf({ files, options: { buildArgs } }),
    { ...defaultLintConfig, all },
    (id, error) => {
      throw new Error(id, { cause: error });
    },
  );
}

const told = (found: readonly Finding[]): readonly string[] =>
  found.map(({ rule, also, message }) => `${rule} [${also.join(' ')}] ${message}`);

/** None of these ids is reported, whichever rules run. */
function quiet(ids: string, ...cases: readonly (string | Case)[]): void {
  for (const each of cases) {
    const one = typeof each === 'string' ? { text: each } : each;
    const found = findings(one, true).filter(({ rule, also }) =>
      ids.split(' ').some((id) => rule === id || also.some((other) => other.endsWith(`:${id}`))),
    );
    assert.deepEqual(told(found), [], one.text);
  }
}

/** No error and no warning by default. */
function calm(...cases: readonly (string | Case)[]): void {
  for (const each of cases) {
    const one = typeof each === 'string' ? { text: each } : each;
    assert.deepEqual(told(findings(one).filter(({ severity }) => severity === 'error' || severity === 'warning')), [], one.text);
  }
}

/** A rule is reported. */
function heard(id: string, ...cases: readonly (string | Case)[]): void {
  for (const each of cases) {
    const one = typeof each === 'string' ? { text: each } : each;
    const found = findings(one, true);
    assert.ok(
      found.some(({ rule, also }) => rule === id || also.some((other) => other.endsWith(`:${id}`))),
      `${id} is missing in ${one.text}: ${told(found).join('; ')}`,
    );
  }
}

describe('false alarms of others', () => {
  test('a cache mount keeps the cache out of the image, wherever the user’s cache is', () => {
    quiet(
      'DL3042 pip-cache-kept',
      'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache/pip pip install flask==3.1.0\n',
      'FROM python:3.12\nRUN --mount=type=cache,target=/root/.cache pip install flask==3.1.0\n',
      'FROM python:3.12\nRUN useradd -m app\nUSER app\nRUN --mount=type=cache,target=/home/app/.cache/pip,uid=1000 pip install flask==3.1.0\n',
      'FROM python:3.12\nARG HOME=/home/app\nRUN --mount=type=cache,target=${HOME}/.cache/pip pip install flask==3.1.0\n',
      'FROM python:3.12\nENV PIP_CACHE_DIR=/var/cache/pip\nRUN --mount=type=cache,target=/var/cache/pip pip install flask==3.1.0\n',
      'FROM python:3.12\nRUN --mount=target=/root/.cache/pip,type=cache pip install flask==3.1.0\n',
    );
    quiet(
      'DL3009 DL3019 DL3032 DL3040 DL3042 DL3060',
      'FROM debian:12\nRUN --mount=type=cache,target=/var/lib/apt,sharing=locked --mount=type=cache,target=/var/cache/apt,sharing=locked apt-get update && apt-get install -y curl=7.88.1-10\n',
      'FROM alpine:3.22\nRUN --mount=type=cache,target=/var/cache/apk apk add curl=8.14.1-r1\n',
      'FROM fedora:42\nRUN --mount=type=cache,target=/var/cache/libdnf5 dnf install -y gcc-15.1.1\n',
      'FROM node:22\nRUN --mount=type=cache,target=/usr/local/share/.cache/yarn yarn install\n',
    );
  });

  test('pip is read as pip reads: indexes, quotes, python -m, wheels; an interpreter of pipx is no package', () => {
    quiet(
      'DL3013',
      'FROM python:3.12\nRUN pipx install --python "$(which python)" poetry==1.8.5\n',
      'FROM python:3.12\nRUN pip install --index-url https://download.pytorch.org/whl/cpu torch==2.5.1\n',
      'FROM python:3.12\nRUN pip install --extra-index-url=https://example.org/simple "torch==2.5.1"\n',
      "FROM python:3.12\nRUN python3 -m pip install --no-cache-dir 'uvicorn[standard]==0.34.0'\n",
      'FROM python:3.12\nRUN pip install --no-cache-dir "numpy>=2,<3"\n',
      'FROM python:3.12\nRUN pip install --no-cache-dir -r requirements.txt -c constraints.txt\n',
      'FROM python:3.12\nRUN pip install --no-cache-dir ./wheels/app-1.0-py3-none-any.whl\n',
      'FROM python:3.12\nRUN pip install --no-cache-dir git+https://github.com/a/b@v1.2\n',
      'FROM python:3.12\nRUN pip install --no-cache-dir -e .[dev]\n',
      'FROM python:3.12\nRUN pip install --no-cache-dir --upgrade-strategy eager flask==3.1.0\n',
    );
  });

  test('versions in variables, local packages and releases are versions', () => {
    quiet(
      'DL3008',
      'FROM debian:12\nARG CURL=7.88.1\nRUN apt-get update && apt-get install -y curl="${CURL}"\n',
      'FROM debian:12\nRUN apt-get update && apt-get install -y curl=$CURL_VERSION\n',
      'FROM debian:12\nCOPY a.deb /tmp/\nRUN apt-get update && apt-get install -y /tmp/a.deb ./b.deb\n',
      'FROM debian:12\nRUN apt-get update && apt-get install -y -t bookworm-backports curl=8.0\n',
    );
  });

  test('ARG in FROM is put in', () => {
    quiet(
      'DL3006 DL3007 DL3026',
      'ARG TAG=3.12-slim\nFROM python:${TAG}\n',
      'ARG BASE=python:3.12-slim\nFROM ${BASE}\n',
      'ARG REGISTRY=docker.io\nARG NAME=python\nFROM ${REGISTRY}/library/${NAME}:3.12\n',
      'ARG V\nFROM python:${V:-3.12}\n',
      { text: 'ARG BASE\nFROM $BASE\n', buildArgs: { BASE: 'python:3.12' } },
      'FROM localhost:5000/base:1.2 AS a\nFROM a\n',
    );
    heard('latest-tag', { text: 'ARG BASE=python:3.12\nFROM $BASE\n', buildArgs: { BASE: 'python' } }, 'FROM python:${TAG:-latest}\n');
  });

  test('the shell and pipefail are followed through stages and into the RUN', () => {
    quiet(
      'DL4006 SC3040 pipe-without-pipefail',
      'FROM debian:12 AS base\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]\nFROM base\nRUN curl -fsSL https://x.org | tar xz\n',
      'FROM debian:12\nSHELL ["/usr/bin/bash", "-euo", "pipefail", "-c"]\nRUN curl -fsSL https://x.org | tar xz\n',
      'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN set -o pipefail && curl -fsSL https://x.org | tar xz\n',
      'FROM debian:12\nRUN bash -o pipefail -c "curl -fsSL https://x.org | tar xz"\n',
      'FROM debian:12\nRUN <<EOF\n#!/bin/bash\nset -euo pipefail\ncurl -fsSL https://x.org | tar xz\nEOF\n',
      'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nSHELL ["powershell", "-Command"]\nRUN Get-Item x | Select-Object Name\n',
    );
    quiet(
      'bashism-in-sh',
      'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nRUN [[ -f /etc/hosts ]] && echo ok\n',
      'FROM debian:12 AS one\nSHELL ["/usr/bin/env", "bash", "-c"]\nFROM one AS two\nRUN source /etc/profile\n',
    );
  });

  test('users that the file makes or a build passes', () => {
    calm(
      'FROM debian:12\nARG UID=1000\nRUN useradd -u $UID app\nUSER $UID\n',
      'FROM debian:12\nARG USERNAME\nUSER ${USERNAME:-nobody}\n',
      'FROM debian:12\nRUN useradd -m app\nUSER app:app\n',
    );
  });

  test('a secret is judged by name and value', () => {
    quiet(
      'secret-in-env-arg',
      'FROM debian:12\nENV KMS_KEY_ALIAS=alias/app\nENV SSH_AUTH_SOCK=/run/agent.sock\nENV POSTGRES_PASSWORD_FILE=/run/secrets/pw\nARG USERNAME=me\nENV TOKENIZERS_PARALLELISM=false\n',
      'FROM debian:12\nARG HF_TOKEN\nENV PASSWORD=\nENV AUTH_METHOD=password\nENV GPG_KEY=A035C8C19219BA821ECEA86B64E628F8D684696D\n',
      'FROM debian:12\nENV MAX_TOKENS=4096 TOKEN_LIMIT=10 KEYBOARD=us\n',
    );
    heard('secret-in-env-arg', 'FROM debian:12\nENV HF_TOKEN=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\n');
  });

  test('variables that may come from elsewhere', () => {
    quiet(
      'UndefinedVar undefined-variable env-self-reference',
      'FROM python:3.12\nENV PYTHONPATH=/app:$PYTHONPATH\nENV LD_LIBRARY_PATH=/usr/local/cuda/lib64:${LD_LIBRARY_PATH}\nENV PATH=/opt/bin:$PATH\n',
      'FROM python:3.12\nENV PYTHONPATH="${PYTHONPATH}:/app"\nENV PYTHONPATH="${PYTHONPATH:+$PYTHONPATH:}/app"\n',
      'FROM company.example/base:1\nCOPY <<EOF /etc/app.conf\nuser=$APP_USER\nEOF\n',
      'FROM alpine:3.22\nARG APP_USER\nCOPY <<EOF /etc/app.conf\nuser=$APP_USER \\$1 ${PATH}\nEOF\n',
      'FROM alpine:3.22\nCOPY <<"EOF" /etc/app.sh\necho $HOME $1 ${x}\nEOF\n',
    );
    // The build puts nothing there, as BuildKit says too.
    heard('undefined-variable', 'FROM alpine:3.22\nCOPY <<EOF /etc/app.conf\nuser=$APP_USER\nEOF\n');
  });

  test('a base image that whoever builds always names', () => {
    quiet('InvalidDefaultArgInFrom', {
      text: 'ARG BASE\nFROM $BASE\n',
      files: { 'compose.yaml': 'services:\n  app:\n    build:\n      context: .\n      args:\n        BASE: python:3.12\n' },
    });
  });

  test('a platform that is meant', () => {
    calm('FROM --platform=linux/amd64 nvidia/cuda:12.8.1-runtime-ubuntu24.04\n');
    quiet(
      'FromPlatformFlagConstDisallowed DL3029',
      'FROM --platform=$BUILDPLATFORM golang:1.25 AS build\nFROM --platform=${TARGETPLATFORM:-linux/amd64} debian:12\n',
    );
  });

  test('one word, variables and an own shell are no reason for an array', () => {
    quiet(
      'JSONArgsRecommended',
      'FROM debian:12\nSHELL ["/bin/bash", "-c"]\nCMD echo hi && exec app\n',
      'FROM debian:12\nCMD ["sh", "-c", "exec app $ARGS"]\n',
    );
    heard('json-single-quotes', "FROM debian:12\nCMD ['app', 'run']\n");
  });

  test('.dockerignore is read with its negations', () => {
    quiet(
      'CopyIgnoredFile dockerignore-excludes-needed',
      { text: 'FROM scratch\nCOPY app /app\nCOPY . /\n', files: { '.dockerignore': '*\n!app\n', app: '' } },
      { text: 'FROM scratch\nCOPY src/main.py /\n', files: { '.dockerignore': 'src\n!src/main.py\n', 'src/main.py': '' } },
      { text: 'FROM scratch\nCOPY --from=0 node_modules /\n', files: { '.dockerignore': 'node_modules\n' } },
      { text: 'FROM scratch\nCOPY . .\n', files: { '.dockerignore': '**\n!app/**\n', 'app/a': '' } },
    );
    heard('dockerignore-excludes-needed', {
      text: 'FROM scratch\nCOPY models /m\n',
      files: { '.dockerignore': '*\n!app\n', 'models/a': '', app: '' },
    });
  });

  test('stages, named contexts and folders of the base', () => {
    quiet(
      'DL3022',
      'FROM debian:12 AS a\nFROM debian:12\nCOPY --from=a /x /x\nCOPY --from=0 /x /x\n',
      'ARG SRC=debian:12\nFROM $SRC AS src\nFROM debian:12\nCOPY --from=src /x /x\n',
      'FROM debian:12\nCOPY --from=ghcr.io/astral-sh/uv:0.9 /uv /bin/uv\n',
    );
    quiet('DL3002', 'FROM debian:12 AS build\nUSER root\nRUN true\nFROM debian:12\nCOPY --from=build /x /x\nUSER app\n');
    quiet('DL3045', 'FROM debian:12 AS base\nWORKDIR /app\nFROM base\nCOPY a b/\n', 'FROM debian:12\nCOPY a /b/\nCOPY a ${HOME}/b\n');
  });

  test('heredocs with an interpreter, conda and sourced environments', () => {
    calm(
      'FROM python:3.12\nRUN <<EOF\n#!/usr/bin/env python3\nimport os\nprint(os.environ["HOME"] if os.path.exists("/x") else "no")\nEOF\n',
      'FROM python:3.12\nRUN python3 <<EOF\nfor i in range(3):\n    print(f"{i}")\nEOF\n',
      'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["conda", "run", "-n", "ml", "/bin/bash", "-c"]\nRUN python -c "import sys; print(sys.version)"\n',
      'FROM python:3.12\nSHELL ["/bin/bash", "-c"]\nRUN source /venv/bin/activate && pip install --no-cache-dir flask==3.1.0\n',
      'FROM python:3.12\nRUN . /venv/bin/activate && pip install --no-cache-dir flask==3.1.0\n',
      'FROM condaforge/miniforge3:24.9.2-0\nSHELL ["/bin/bash", "-lc"]\nRUN conda init bash && source ~/.bashrc && conda activate base && python -V\n',
    );
  });

  test('stages and platforms do not confuse, and every hit is told', () => {
    const two = findings({ text: 'FROM python:latest AS a\nFROM debian:latest\nCOPY --from=a /x /x\n' });
    assert.equal(two.filter(({ rule }) => rule === 'latest-tag').length, 2);
    quiet('latest-tag', 'FROM --platform=linux/arm64 python:3.12 AS build\nFROM build AS test\nFROM scratch\n');
  });

  test('one RUN after another is nobody’s business by default', () => {
    assert.ok(
      !findings({ text: 'FROM debian:12\nRUN true\nRUN false\n# why\nRUN true\n' }).some(({ also }) => also.includes('hadolint:DL3059')),
    );
  });
});

describe('what other parsers stumble over', () => {
  test('every flag of the current frontend', () => {
    calm(
      'FROM alpine:3.22\nADD --unpack=true https://example.org/a.tar.gz /a\nADD --keep-git-dir=true https://github.com/a/b.git#v1 /b\nADD --checksum=sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef https://example.org/x /x\nCOPY --link --chmod=0644 --chown=1:1 a /a\nCOPY --exclude=*.md --parents ./x/./y /z/\n',
      'FROM alpine:3.22\nRUN --mount=target=/c,type=bind,source=.,rw --mount=type=secret,id=x,env=TOKEN,required=true --network=none --security=sandbox true\n',
    );
  });

  test('heredocs in every position', () => {
    calm(
      'FROM alpine:3.22\nRUN true && \\\n    cat <<EOF > /x\nhello\nEOF\n# a comment right after\nRUN true\n',
      'FROM alpine:3.22\nCOPY <<-"E_O_F" <<B /d/\n\ta\n\tE_O_F\nb\nB\nRUN true\n',
      "FROM alpine:3.22\nRUN <<'EOF' sh -e\necho $x\nEOF\n",
      'ARG R=registry.example.org:5000\nFROM ${R}/team/app:1\n',
    );
  });
});

describe('what people ask others for', () => {
  test('the old form of ENV, with a fix and no engine', () => {
    const [found] = findings({ text: 'FROM alpine:3.22\nENV a b c\n' }).filter(({ rule }) => rule === 'legacy-key-value');
    assert.equal(found?.fixes?.[0]?.safe, true);
  });

  test('a script that goes on after a failure', () => {
    heard('heredoc-goes-on', 'FROM debian:12\nRUN <<EOF\napt-get update\napt-get install -y curl\nEOF\n');
    quiet(
      'heredoc-goes-on',
      'FROM debian:12\nRUN <<EOF\nset -e\napt-get update\ntrue\nEOF\n',
      'FROM debian:12\nRUN <<EOF\n#!/bin/bash -eu\ntrue\ntrue\nEOF\n',
      'FROM debian:12\nSHELL ["/bin/bash", "-ec"]\nRUN <<EOF\ntrue\ntrue\nEOF\n',
      'FROM debian:12\nRUN <<EOF\napt-get update && apt-get install -y curl\nEOF\n',
      'FROM debian:12\nRUN bash -e <<EOF\ntrue\ntrue\nEOF\n',
      'FROM debian:12\nRUN <<EOF cat > /x\ntrue\ntrue\nEOF\n',
    );
  });

  test('build arguments that nothing uses', () => {
    heard('unused-arg', 'ARG UNUSED=1\nFROM debian:12\nRUN true\n');
    quiet(
      'unused-arg',
      'ARG V=1\nFROM debian:$V\nARG A\nARG B=2\nENV C=$B\nRUN echo ${A}\nARG http_proxy\nARG TARGETARCH\n',
      'FROM debian:12\nARG DEBIAN_FRONTEND=noninteractive\nRUN apt-get update\n',
      'FROM debian:12\nARG MAX_JOBS\nRUN ./build.sh\n',
    );
  });
});
