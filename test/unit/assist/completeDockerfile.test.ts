import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete, completeOn } from '../../../src/assist/complete.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import type { Example } from '../../../src/lint/rule.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

/** What is offered at `¦`, as label, and the text after the first one is taken. */
function offered(marked: string, about: Example = {}): { readonly labels: readonly string[]; readonly taken: string | undefined } {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const items = complete(parseDockerfile('app/Dockerfile', text), offset, worldOf(about));
  const [first] = items;
  return { labels: items.map(({ label }) => label), taken: first && applyEdits(text, [{ span: first.span, text: first.text }]) };
}
const labels = (marked: string, about?: Example): readonly string[] => offered(marked, about).labels;

test('directives have their values', () => {
  assert.deepEqual(labels('# syntax=docker/dockerfile:1¦\n'), ['docker/dockerfile:1', 'docker/dockerfile:1-labs']);
  assert.deepEqual(labels('# escape=¦\nFROM a\n'), ['`', '\\']);
  assert.deepEqual(labels('# check=¦\n'), ['skip=', 'error=true', 'experimental=all']);
  assert.deepEqual(offered('# check=skip=all;er¦\n').taken, '# check=skip=all;error=true\n');
  assert.deepEqual(offered('# check=skip=UndefinedVar,work¦\n').taken, '# check=skip=UndefinedVar,WorkdirRelativePath\n');
  assert.deepEqual(labels('FROM a\n# check=skip=¦\n'), []);
});

test('a keyword is written as those before it; a flag comes in before a word', () => {
  const snippet = (marked: string): string | undefined =>
    complete(parseDockerfile('Dockerfile', marked.replace('¦', '')), marked.indexOf('¦'), worldOf({}))[0]?.snippet;
  assert.match(snippet('FROM a\nwork¦') ?? '', /^WORKDIR /);
  assert.match(snippet('from a\nwork¦') ?? '', /^workdir /);
  assert.match(snippet('FROM a\nonbuild work¦') ?? '', /^WORKDIR /);
  assert.equal(offered('FROM ¦a\n').taken, 'FROM --platform=a\n');
});

test('nothing is offered where Enter would take it instead of ending the line', () => {
  const files = { 'app/requirements.txt': '', 'app/main.py': '', 'app/.env': '' };
  const stage = 'FROM python:3.12 AS base\nENV ABC=1\nWORKDIR /app\n';
  for (const line of [
    'COPY .',
    'COPY . .',
    'COPY requirements.txt ./',
    'COPY . /app',
    'RUN pip install -r requirements.txt',
    'RUN echo $ABC',
    'STOPSIGNAL SIGTERM',
    'COPY --from=base /app /app',
  ])
    assert.deepEqual(labels(`${stage}${line}¦\n`, { files }), [], line);
  assert.deepEqual(labels(`${stage}COPY ./m¦\n`, { files }), ['./main.py']);
  assert.deepEqual(labels(`${stage}COPY .e¦\n`, { files }), ['.env']);
});

test('a word that is typed to its end is offered on no longer, nor options for a lone dash', () => {
  const on = (line: string, early = true): readonly string[] => {
    const text = `FROM python:3.12 AS base\nARG VERSION\n${line}`;
    return completeOn(parseDockerfile('app/Dockerfile', `${text}\n`), text.length, worldOf({}), early).map(({ label }) => label);
  };
  for (const line of [
    'FROM python:3.13',
    'RUN tar xz -',
    'RUN echo $VERSION',
    'RUN echo ${VERSION}',
    'RUN <<EOF\npip install -r -',
    'RUN apt-get -q',
  ])
    assert.deepEqual(on(line, false), [], line);
  for (const line of [
    // One letter is left, and it can only be that one: an Enter right behind it would find the list still there.
    'RUN apt-get updat',
    'FROM python:3.13-sli',
    'RUN echo ${VERSION',
  ]) {
    assert.deepEqual(on(line), [], line);
    assert.ok(on(line, false).length > 0, line);
  }
  for (const line of ['FROM python:3.1', 'RUN -', 'RUN pip install --no', 'RUN echo $VER', 'RUN apt-get up', 'HEALTHCHEC'])
    assert.ok(on(line).length > 0, line);
});

test('a package that is being typed is not one that the workspace has', () => {
  for (const [line, wanted] of [
    ['RUN pip install tor', 'torch'],
    ['RUN pip install "tor', 'torch'],
    ['RUN apt-get install -y ffm', 'ffmpeg'],
  ] as const) {
    const text = `FROM python:3.12\n${line}`;
    const world = worldOf({ files: { 'app/Dockerfile': `${text}\n` } });
    const found = completeOn(parseDockerfile('app/Dockerfile', `${text}\n`), text.length, world).map(({ label }) => label);
    assert.equal(found[0], wanted, line);
  }
});

test('what lines mostly go on with stands first: an image or a path before the flags, FROM before ARG', () => {
  const sorted = (marked: string): readonly string[] =>
    complete(parseDockerfile('app/Dockerfile', marked.replace('¦', '')), marked.indexOf('¦'), worldOf({ files: { 'app/a.py': '' } }))
      .toSorted((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1))
      .map(({ label }) => label);
  assert.match(sorted('FROM ¦\n')[0] ?? '', /^\w/);
  assert.match(sorted('FROM a\nCOPY ¦\n')[0] ?? '', /^a\.py$/);
  assert.match(sorted('FROM a\nRUN ¦\n')[0] ?? '', /^--mount/);
  assert.match(sorted('¦')[0] ?? '', /^FROM/);
});

test('packages that the workspace installs, for the command that installs them', () => {
  const about: Example = {
    files: {
      'app/requirements.txt': 'numpy==2.1.0\nuvicorn[standard]==0.30.1\n# x\n',
      'other/Dockerfile': 'FROM debian\nRUN apt-get install -y libfoo1 zlib1g-dev=1.2 && pip install nuitka==2.4\n',
    },
  };
  assert.deepEqual(labels('FROM a\nRUN pip install nu¦\n', about).slice(0, 2), ['numpy==2.1.0', 'nuitka==2.4']);
  assert.equal(offered('FROM a\nRUN pip install "uv¦"\n', about).taken, 'FROM a\nRUN pip install "uvicorn[standard]==0.30.1"\n');
  assert.deepEqual(labels('FROM a\nRUN apt-get update \\\n  && apt-get install -y \\\n    git \\\n    zlib¦\n', about), ['zlib1g-dev']);
  assert.ok(labels('FROM a\nRUN apt-get install ¦\n', about).includes('libfoo1'));
  assert.deepEqual(labels('FROM a\nRUN pip install -r req¦\n', about), ['requirements.txt']);
  assert.deepEqual(labels('FROM a\nRUN apt-get install -y git && zlib¦\n', about), []);
  assert.deepEqual(labels('FROM a\nRUN apk add zlib¦\n', about), []);
});

test('paths of the context that are not ignored, and of earlier stages', () => {
  const files = { 'app/src/a.py': '', 'app/data/x': '', 'app/setup.py': '', 'app/.dockerignore': 'data\n' };
  assert.deepEqual(
    labels('FROM a\nCOPY ¦\n', { files }).filter((label) => !label.startsWith('--')),
    ['src/', 'setup.py'],
  );
  const stage = 'FROM python:3.12 AS build\nWORKDIR /src\nRUN python -m venv /opt/venv && mkdir -p /out\nFROM a\n';
  assert.deepEqual(labels(`${stage}COPY --from=build /o¦\n`), ['/opt/venv', '/out']);
  assert.ok(labels(`${stage}COPY --from=0 ¦\n`).includes('/usr/local/lib/python3.12/site-packages'));
  assert.deepEqual(labels(`${stage}RUN --mount=type=bind,from=build,source=/s¦\n`), ['source=/src']);
});

test('mount options, ports, shells, variables and labels', () => {
  assert.deepEqual(labels('FROM a\nRUN --mount=type=secret,id=hf x\nRUN --mount=type=secret,id=¦\n'), ['id=hf']);
  assert.ok(labels('FROM a\nRUN --mount=type=cache,target=/root/.cache/u¦\n').includes('target=/root/.cache/uv'));
  assert.deepEqual(labels('FROM a\nEXPOSE ¦\nCMD ["serve", "--port", "8000"]\nHEALTHCHECK CMD curl localhost:9000/\n'), ['8000', '9000']);
  assert.deepEqual(
    labels('FROM a\nRUN conda create -n ml x\nSHELL ¦\n').at(-1),
    '["conda", "run", "--no-capture-output", "-n", "ml", "/bin/bash", "-c"]',
  );
  assert.equal(offered('FROM a\nENV PYTHONU¦\n').taken, 'FROM a\nENV PYTHONUNBUFFERED=1\n');
  assert.deepEqual(labels('FROM a\nENV A=PYTHONU¦\n'), []);
  assert.equal(offered('FROM a\nLABEL org.opencontainers.image.so¦\n').taken, 'FROM a\nLABEL org.opencontainers.image.source=\n');
  assert.deepEqual(labels('FROM a\nRUN useradd -m app\nUSER ¦\n'), ['app']);
  assert.deepEqual(labels('FROM a\nSTOPSIGNAL SIGT¦\n'), ['SIGTERM']);
  assert.deepEqual(labels('FROM a\nWORKDIR /app\nFROM b\nWORKDIR ¦\n'), ['/app']);
});

test('what is taken inside quotes leaves the closing one', () => {
  const about: Example = { files: { 'app/requirements.txt': 'uvicorn==0.30\n', 'app/data.txt': 'x' } };
  const taken = (marked: string): string | undefined => offered(marked, about).taken;
  assert.equal(taken('FROM a\nRUN pip install "uvi¦"\n'), 'FROM a\nRUN pip install "uvicorn==0.30"\n');
  assert.equal(taken("FROM a\nRUN pip install 'uvi¦' flask\n"), "FROM a\nRUN pip install 'uvicorn==0.30' flask\n");
  assert.equal(taken('FROM a\nCOPY ["da¦", "/x"]\n'), 'FROM a\nCOPY ["data.txt", "/x"]\n');
  assert.equal(taken('FROM a\nCOPY ["b","da¦","/x"]\n'), 'FROM a\nCOPY ["b","data.txt","/x"]\n');
  assert.equal(taken('FROM a\nCOPY "da¦" /x\n'), 'FROM a\nCOPY "data.txt" /x\n');
});

test('a line that continues nothing begins an instruction, also when it is continued itself', () => {
  assert.ok(labels('FROM a\n\\\n¦\n').includes('RUN command'));
  assert.ok(labels('FR\\\n\\\n¦').includes('FROM baseImage'));
  assert.deepEqual(labels('FROM a\nCOPY a <<x b <<y /z\n1\nx\n¦'), []);
  assert.ok(labels('FROM a\nCOPY <<x /z\n1\nx\n¦').includes('RUN command'));
});

test('what belongs to an instruction is not offered behind its arguments', () => {
  assert.ok(!labels('FROM a\nRUN pip install --¦\n').some((label) => label.startsWith('--mount')));
  assert.ok(labels('FROM a\nRUN --network=none --¦\n').some((label) => label.startsWith('--mount')));
});

test('variables in heredocs, ARGs to repeat, protocols of ports', () => {
  assert.ok(labels('FROM a\nARG X=1\nRUN <<EOF\necho $¦\nEOF\n').includes('${X}'));
  assert.ok(labels('FROM a\nARG X=1\nCOPY <<EOF /x\n${¦\nEOF\n').includes('${X}'));
  assert.deepEqual(labels("FROM a\nARG X=1\nCOPY <<'EOF' /x\n$¦\nEOF\n"), []);
  assert.deepEqual(labels('ARG PYTHON=3.12\nFROM a\nARG PY¦\n'), ['PYTHON']);
  assert.deepEqual(labels('FROM a\nARG TARGETARCH\nARG TARGETA¦\n'), []);
  assert.deepEqual(labels('FROM a\nEXPOSE 53/¦\n'), ['53/tcp', '53/udp']);
});

test('a health check that works with what is in the image, for its port', () => {
  assert.match(
    offered('FROM python:3.12-slim\nEXPOSE 9000\nHEALTHCHECK ¦\n').taken ?? '',
    /HEALTHCHECK CMD \["python", "-c", ".*127\.0\.0\.1:9000\/health/,
  );
  assert.match(labels('FROM python:3.12\nHEALTHCHECK ¦\n')[0] ?? '', /^CMD \["curl", "-f"/);
  assert.doesNotMatch(labels('FROM company.example/base:1\nHEALTHCHECK ¦\n').join(), /urlopen|curl/);
});
