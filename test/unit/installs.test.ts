import assert from 'node:assert/strict';
import { test } from 'node:test';
import { condaInstalls } from '../../src/dockerfile/packages/conda.ts';
import { pythonInstalls } from '../../src/dockerfile/packages/project.ts';
import { installsAt } from '../../src/dockerfile/packages/resolved.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { installedRequirements } from '../../src/rules/shared/installedRequirements.ts';
import { slice } from '../../src/text/text.ts';
import { worldOf } from './world.ts';

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

/** What stands in the file where operands or files of the installs are said to stand. */
const textsOf =
  (part: 'operands' | 'files') =>
  (text: string): readonly string[] => {
    const file = parseDockerfile('Dockerfile', text);
    return file.instructions.flatMap((instruction) =>
      pythonInstalls(file, instruction).flatMap((install) =>
        install[part].map(({ span }) => slice(file.source, span).replace(/^'(.*)'$/, '$1')),
      ),
    );
  };
const operandTexts = textsOf('operands');
const fileTexts = textsOf('files');

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

test('commands that a shell in the RUN runs', () => {
  const from = 'FROM python:3.12\nRUN ';
  for (const run of [
    'bash -c "pip install torch==2.1.0"',
    "sh -lc 'pip install torch==2.1.0'",
    'sudo -H /bin/bash -o pipefail -lc "cd /app && pip install torch==2.1.0"',
    'bash -euxo pipefail -c "\\\n  source venv/bin/activate && \\\n  pip install torch==2.1.0"',
    `conda run -n ml bash -c "pip install 'torch==2.1.0'"`,
    `bash -c "sh -c 'pip install torch==2.1.0'"`,
    '["bash", "-lc", "pip install torch==2.1.0"]',
  ]) {
    assert.deepEqual(installed(from + run), ['torch==2.1.0'], run);
    assert.deepEqual(operandTexts(from + run), ['torch==2.1.0'], run);
  }
  // What is escaped stands in no one place; what is substituted is not what stands there; and some shells read a file.
  for (const run of [
    'bash -c "pip install \\"torch==2.1.0\\""',
    'bash -c $SCRIPT "pip install torch"',
    'bash setup.sh -c "pip install torch"',
  ])
    assert.deepEqual(installed(from + run), [], run);
  assert.deepEqual(installed('FROM python:3.12\nARG V=2.1.0\nRUN bash -c "pip install torch==$V"'), ['torch==2.1.0']);
  assert.deepEqual(installed(`${from}bash -c "pip install torch==$(pip download x)"`).toSorted(), ['?torch==$(pip download x)', 'x']);
});

test('arguments that come from a file', () => {
  const from = 'FROM python:3.12\nRUN ';
  for (const run of [
    'xargs pip install < requirements.txt',
    'xargs -n 1 -a requirements.txt pip install --no-cache-dir',
    'cat requirements.txt | xargs -n1 python -m pip install',
    'grep -v "^#" requirements.txt | xargs -I {} pip install {}',
    'pip install $(cat requirements.txt)',
    'pip install `cat requirements.txt`',
    'pip install $(< requirements.txt)',
    'cat requirements.txt | pip install -r /dev/stdin',
    'bash -c "cat requirements.txt | xargs pip install"',
  ]) {
    assert.deepEqual(installed(from + run), ['<requirements.txt'], run);
    assert.deepEqual(fileTexts(from + run), ['requirements.txt'], run);
  }
  for (const run of [
    'sort -u requirements.txt | xargs pip install',
    'grep -v torch requirements.txt | xargs pip install',
    'xargs rm < requirements.txt',
  ])
    assert.deepEqual(installed(from + run), [], run);
  assert.deepEqual(installed(`${from}pip install $(grep -v torch requirements.txt)`), ['?$(grep -v torch requirements.txt)']);
});

test('tools of projects', () => {
  const from = 'FROM python:3.12\nRUN ';
  assert.deepEqual(installed(`${from}uv add torch==2.1.0 --index https://x.org/cu118`), [
    'torch==2.1.0 <pyproject.toml @https://x.org/cu118',
  ]);
  assert.deepEqual(installed(`${from}poetry add torch==2.1.0 numpy@^1.26 --group dev`), ['torch==2.1.0 <pyproject.toml']);
  assert.deepEqual(installed(`${from}pdm add -G gpu torch==2.1.0`), ['torch==2.1.0 <pyproject.toml']);
  assert.deepEqual(installed(`${from}pipenv install --system torch==2.1.0`), ['torch==2.1.0 <Pipfile']);
  assert.deepEqual(installed(`${from}pipenv install --system -r requirements.txt`), ['<Pipfile <requirements.txt']);
  assert.deepEqual(installed(`${from}uv add -r requirements.txt`), ['<pyproject.toml <requirements.txt']);
  assert.deepEqual(installed(`${from}uv export --frozen | uv pip install --system -r -`), ['<pyproject.toml', '<-']);
  assert.deepEqual(installed(`${from}poetry export -f requirements.txt -o r.txt && pip install -r r.txt -i https://x.org`), [
    '<pyproject.toml @https://x.org',
    '<r.txt @https://x.org',
  ]);
  for (const run of ['poetry export -o r.txt', 'poetry add torch --source pytorch', 'uv add --script a.py torch'])
    assert.deepEqual(installed(from + run), [], run);
  const file = parseDockerfile('Dockerfile', `${from}pixi add "pytorch=2.5" && pixi add --pypi torch`);
  assert.deepEqual(
    file.instructions.flatMap((each) => condaInstalls(file, each).flatMap((specs) => specs.map(({ value }) => value))),
    ['pytorch=2.5'],
  );
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

test('pixi takes a pyproject.toml where there is no pixi.toml', () => {
  const file = parseDockerfile('Dockerfile', 'FROM x\nCOPY pyproject.toml pixi.* ./\nRUN pixi install --locked\n');
  const [stage] = file.stages;
  const [install] = file.instructions.flatMap((instruction) => pythonInstalls(file, instruction));
  assert.ok(stage && install);
  const own = '[tool.pixi.pypi-dependencies]\ntorch = "==2.5.1"\n';
  const read = (files: Readonly<Record<string, string>>): readonly string[] =>
    installedRequirements(file, stage, install, worldOf({ files }).files).installed.map(
      ({ requirement, path }) => `${path} ${requirement.name}`,
    );
  assert.deepEqual(read({ 'pyproject.toml': own }), ['pyproject.toml torch']);
  assert.deepEqual(read({ 'pyproject.toml': own, 'pixi.toml': '[pypi-dependencies]\njax = "*"\n' }), ['pixi.toml jax']);
});

test('pipenv and pixi read files of their own', () => {
  const from = 'FROM python:3.12\nRUN ';
  for (const run of ['pipenv install --system --deploy', 'pipenv sync --system', 'python -m pipenv --version && pipenv install -d'])
    assert.deepEqual(installed(from + run), ['<Pipfile'], run);
  assert.deepEqual(installed(`${from}pipenv install torch==2.1.0`), ['torch==2.1.0 <Pipfile']);
  assert.deepEqual(installed(`${from}pixi install --locked -e cuda`), ['<pixi.toml']);
  assert.deepEqual(installed(`${from}pipenv requirements > r.txt && pip install -r r.txt`), ['<Pipfile', '<r.txt']);
  assert.deepEqual(installed(`${from}pipenv lock && pixi run train`), []);
});
