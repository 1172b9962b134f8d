import assert from 'node:assert/strict';
import { test } from 'node:test';
import { installsAt } from '../../src/dockerfile/packages/resolved.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';

/** What the RUNs of a Dockerfile install: operands, files after `<`, indexes after `@`. */
function installed(text: string, buildArgs: Readonly<Record<string, string>> = {}): readonly string[] {
  const file = parseDockerfile('Dockerfile', text);
  return file.stages.flatMap((stage) =>
    stage.instructions.flatMap((instruction) =>
      installsAt(file, stage, instruction, buildArgs).map(({ operands, files, indexUrl, extraIndexUrls }) =>
        [
          ...operands.map(({ value, dynamic }) => (dynamic ? `?${value}` : value)),
          ...files.map(({ value }) => `<${value}`),
          ...[...(indexUrl === undefined ? [] : [indexUrl]), ...extraIndexUrls].map((url) => `@${url}`),
        ].join(' '),
      ),
    ),
  );
}

test('commands that install, however they are started', () => {
  const from = 'FROM python:3.12\nRUN ';
  for (const run of [
    'pip install torch==2.1.0',
    'python -m pip install torch==2.1.0',
    'conda run --no-capture-output -n ml pip install torch==2.1.0',
    'micromamba run -n base python -m pip install torch==2.1.0',
    'poetry run pip install torch==2.1.0',
    'sudo -H /opt/venv/bin/pip install torch==2.1.0',
    'pip wheel -w /wheels torch==2.1.0',
    'pip download --dest /wheels torch==2.1.0',
  ])
    assert.deepEqual(installed(from + run), ['torch==2.1.0'], run);
  assert.deepEqual(installed(`${from}uv pip sync --system requirements.txt`), ['<requirements.txt']);
  assert.deepEqual(installed(`${from}conda run -n ml python train.py`), []);
});

test('variables have the values that a build gives them', () => {
  const text = (rest: string): string =>
    `ARG CUDA=cu118\nFROM python:3.12\nARG CUDA\nARG TORCH=2.1.0\nENV INDEX=https://x.org/\${CUDA}\n${rest}\n`;
  const run = 'RUN pip install "torch==${TORCH}+${CUDA}" -r req-$CUDA.txt --extra-index-url $INDEX';
  assert.deepEqual(installed(text(run)), ['torch==2.1.0+cu118 <req-cu118.txt @https://x.org/cu118']);
  assert.deepEqual(installed(text(run), { TORCH: '2.5.1', CUDA: 'cpu' }), ['torch==2.5.1+cpu <req-cpu.txt @https://x.org/cpu']);
  assert.deepEqual(installed(text('RUN V=2.2.0 && pip install torch==$V')), ['torch==2.2.0']);
  assert.deepEqual(installed(text('ENV PACKAGES="numpy scipy"\nRUN pip install $PACKAGES')), ['numpy scipy']);
});

test('what only the shell knows stays unknown', () => {
  const text = (run: string): string => `FROM python:3.12\nARG NOTHING\nRUN ${run}\n`;
  assert.deepEqual(installed(text('pip install torch==$NOTHING')), ['?torch==$NOTHING']);
  assert.deepEqual(installed(text('pip install torch==$(cat version)')), ['?torch==$(cat version)']);
  assert.deepEqual(installed(text('if true; then V=1; else V=2; fi; pip install torch==$V')), ['?torch==$V']);
  assert.deepEqual(installed(text('for v in 1 2; do pip install torch==$v; done')), ['?torch==$v']);
});
