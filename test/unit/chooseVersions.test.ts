import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languageOf, open } from '../../src/core.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';
import { chooseVersions, keeping, type Versioned } from '../../src/plan/versions/chooseVersions.ts';
import type { Combination } from '../../src/plan/versions/framework.ts';
import { frameworks } from '../../src/plan/versions/frameworks/index.ts';
import { wording } from '../../src/plan/versions/wording.ts';
import { readRequirements } from '../../src/python/read.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/text.ts';
import { tables, type Folder } from './projects.ts';
import { worldOf } from './world.ts';

const failed = (rule: string, error: unknown): never => {
  throw new Error(rule, { cause: error });
};

const combinations = (id: string, version: string, device: 'cpu' | 'gpu'): readonly Combination[] =>
  frameworks.find((each) => each.id === id)?.combinations(version, device, tables) ?? [];

/** The combination with these; `cpu` and a Python, or a CUDA version and a Python, or an image of its own. */
function pick(
  id: string,
  version: string,
  what: { readonly cuda?: string; readonly python?: string; readonly from?: Combination['from'] },
): Combination {
  const device = what.cuda === undefined ? 'cpu' : 'gpu';
  const found = combinations(id, version, device).find(
    ({ cuda, python, from }) =>
      (what.cuda === undefined || what.cuda === cuda) &&
      (what.python === undefined || what.python === python) &&
      from === (what.from ?? 'python'),
  );
  assert.ok(found, `${id} ${version} ${JSON.stringify(what)}`);
  return found;
}

function read(files: Folder): Versioned {
  const dockerfile = files['Dockerfile'];
  return {
    ...(dockerfile === undefined ? {} : { dockerfile: parseDockerfile('Dockerfile', dockerfile) }),
    requirements: Object.entries(files)
      .filter(([path]) => path !== 'Dockerfile')
      .map(([path, text]) => readRequirements(path, text)),
  };
}

function chosen(combination: Combination, files: Folder): { readonly after: Folder; readonly left: readonly string[] } {
  const { changes, left } = chooseVersions(combination, read(files));
  return {
    after: { ...files, ...Object.fromEntries(changes.map(({ path, edits }) => [path, applyEdits(files[path] ?? '', edits)])) },
    left,
  };
}

test('FROM, pins and index follow; comments, order, markers and other packages stay', () => {
  const { after } = chosen(pick('torch', '2.9.1', { cuda: '12.8', python: '3.12' }), {
    Dockerfile: `# our trainer
FROM python:3.10-slim-bookworm AS base  
# the packages
COPY requirements.txt .
RUN pip install --no-cache-dir --extra-index-url https://download.pytorch.org/whl/cu118 -r requirements.txt # kept
`,
    'requirements.txt': `# models
numpy>=1.26
torch == 2.1.0   # the old one
torchvision==0.16.0 ; sys_platform == "linux"
torchaudio
`,
  });
  assert.deepEqual(after, {
    Dockerfile: `# our trainer
FROM python:3.12-slim-bookworm AS base  
# the packages
COPY requirements.txt .
RUN pip install --no-cache-dir --extra-index-url https://download.pytorch.org/whl/cu128 -r requirements.txt # kept
`,
    'requirements.txt': `# models
numpy>=1.26
torch==2.9.1   # the old one
torchvision==0.24.1 ; sys_platform == "linux"
torchaudio==2.9.1
`,
  });
});

describe('FROM', () => {
  const after = (from: string, combination: Combination): string =>
    chosen(combination, { Dockerfile: `${from}\nRUN pip install torch\n` }).after['Dockerfile'] ?? '';
  const cpu = pick('torch', '2.9.1', { python: '3.13' });
  for (const [before, wanted] of [
    ['FROM python:3.11', 'FROM python:3.13'],
    ['FROM python:3.11.9-slim-trixie', 'FROM python:3.13-slim-trixie'],
    ['FROM python:3.13.1-slim', 'FROM python:3.13.1-slim'],
    ['FROM python:3.11-alpine3.20', 'FROM python:3.13-slim-bookworm'],
    ['FROM python', 'FROM python:3.13-slim-bookworm'],
    ['FROM python:slim', 'FROM python:3.13-slim'],
    ['FROM --platform=linux/amd64 python:3.11-slim@sha256:0123 AS x', 'FROM --platform=linux/amd64 python:3.13-slim AS x'],
    ['FROM mirror.example.org:5000/library/python:3.11-slim', 'FROM mirror.example.org:5000/library/python:3.13-slim'],
    ['ARG PY=3.11\nFROM python:${PY}-slim', 'ARG PY=3.13\nFROM python:${PY}-slim'],
    ['ARG BASE="python:3.11-slim"\nFROM $BASE', 'ARG BASE="python:3.13-slim"\nFROM $BASE'],
    ['ARG PY=3.11\nARG OS=slim\nFROM python:$PY-$OS', 'ARG PY=3.13\nARG OS=slim\nFROM python:$PY-$OS'],
    ['ARG A=3\nARG PY=${A}.11\nFROM python:${PY}-slim', 'ARG A=3\nARG PY=${A}.11\nFROM python:3.13-slim'],
    ['FROM python:3.11 AS a\nRUN true\nFROM a', 'FROM python:3.13 AS a\nRUN true\nFROM a'],
    ['FROM pytorch/pytorch:2.1.0-cuda11.8-cudnn8-runtime', 'FROM python:3.13-slim-bookworm'],
    ['FROM python:3.8-slim-buster', 'FROM python:3.13-slim-bookworm'],
    ['FROM ghcr.io/astral-sh/uv:0.9-python3.11-trixie-slim', 'FROM ghcr.io/astral-sh/uv:0.9-python3.13-trixie-slim'],
    ['FROM rocm/pytorch:rocm6.1_ubuntu22.04_py3.10_pytorch_2.1.2', 'FROM python:3.13-slim-bookworm'],
    ['FROM node:22 AS web\nFROM python:3.11', 'FROM node:22 AS web\nFROM python:3.13'],
  ] as const)
    test(before, () => {
      assert.ok(after(before, cpu).startsWith(`${wanted}\n`), after(before, cpu));
    });
  const image = pick('torch', '2.9.1', { cuda: '12.8', from: 'whole' });
  for (const [before, wanted] of [
    ['FROM pytorch/pytorch:2.1.0-cuda11.8-cudnn8-devel', 'FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-devel'],
    [
      'ARG TORCH=2.1.0\nARG CUDA=11.8\nARG CUDNN=8\nFROM pytorch/pytorch:${TORCH}-cuda${CUDA}-cudnn${CUDNN}-runtime',
      'ARG TORCH=2.9.1\nARG CUDA=12.8\nARG CUDNN=9\nFROM pytorch/pytorch:${TORCH}-cuda${CUDA}-cudnn${CUDNN}-runtime',
    ],
    ['FROM python:3.11-slim', 'FROM pytorch/pytorch:2.9.1-cuda12.8-cudnn9-runtime'],
  ] as const)
    test(`${before} with an image of its own`, () => {
      assert.ok(after(before, image).startsWith(`${wanted}\n`), after(before, image));
    });
});

describe('install lines', () => {
  const after = (run: string, combination: Combination): string =>
    (chosen(combination, { Dockerfile: `FROM python:3.12-slim\n${run}\n` }).after['Dockerfile'] ?? '').replace(/^.*\n/, '').trimEnd();
  const cpu = pick('torch', '2.9.1', { python: '3.12' });
  const gpu = pick('torch', '2.9.1', { cuda: '13.0', python: '3.12' });
  const same = pick('torch', '2.9.1', { cuda: '12.8', python: '3.12' });
  for (const [before, combination, wanted] of [
    ['RUN pip install torch', cpu, 'RUN pip install --extra-index-url https://download.pytorch.org/whl/cpu torch==2.9.1'],
    ['RUN pip install torch==2.0.0 numpy', same, 'RUN pip install torch==2.9.1 numpy'],
    ['RUN uv pip install "torch>=2" torchvision', gpu, 'RUN uv pip install --torch-backend=cu130 "torch==2.9.1" torchvision==0.24.1'],
    ['RUN uv pip install --torch-backend=cpu torch', gpu, 'RUN uv pip install --torch-backend=cu130 torch==2.9.1'],
    [
      'RUN pip install torch==2.1.0+cu118 -f https://download.pytorch.org/whl/torch_stable.html',
      gpu,
      'RUN pip install torch==2.9.1+cu130 -f https://download.pytorch.org/whl/torch_stable.html',
    ],
    ['ARG T=2.1.0\nRUN pip install torch==${T}', same, 'ARG T=2.9.1\nRUN pip install torch==${T}'],
    [
      'ENV T=2.1.0 C=cu118\nRUN pip install "torch==$T" --index-url https://download.pytorch.org/whl/$C',
      gpu,
      'ENV T=2.9.1 C=cu130\nRUN pip install "torch==$T" --index-url https://download.pytorch.org/whl/$C',
    ],
    [
      'RUN apt-get update && \\\n    # why\n    pip3 install \\\n      torch==2.1.0 \\\n      --index-url https://download.pytorch.org/whl/cu118',
      cpu,
      'RUN apt-get update && \\\n    # why\n    pip3 install \\\n      torch==2.9.1 \\\n      --index-url https://download.pytorch.org/whl/cpu',
    ],
    [
      'RUN ["pip", "install", "torch==2.3.0", "numpy"]',
      gpu,
      'RUN ["pip", "install", "--extra-index-url", "https://download.pytorch.org/whl/cu130", "torch==2.9.1", "numpy"]',
    ],
    [
      'RUN pip install --pre torch --index-url https://download.pytorch.org/whl/nightly/cu124',
      gpu,
      'RUN pip install --pre torch==2.9.1 --index-url https://download.pytorch.org/whl/cu130',
    ],
    [
      'ENV PIP_EXTRA_INDEX_URL="https://download.pytorch.org/whl/cu121"\nRUN pip install torch==2.3.0',
      cpu,
      'ENV PIP_EXTRA_INDEX_URL="https://download.pytorch.org/whl/cpu"\nRUN pip install torch==2.9.1',
    ],
    [
      'ARG T=2.3.0\nARG C=cu121\nRUN pip install torch==$T+${C} -f https://download.pytorch.org/whl/torch_stable.html',
      gpu,
      'ARG T=2.9.1\nARG C=cu130\nRUN pip install torch==$T+${C} -f https://download.pytorch.org/whl/torch_stable.html',
    ],
    [
      'RUN pip install tensorflow-gpu==2.10.0',
      pick('tensorflow', '2.19.0', { cuda: '12.5', python: '3.12' }),
      'RUN pip install "tensorflow[and-cuda]==2.19.0"',
    ],
    [
      "RUN pip install 'tensorflow[and-cuda]==2.16.1'",
      pick('tensorflow', '2.19.0', { python: '3.12' }),
      "RUN pip install 'tensorflow==2.19.0'",
    ],
    [
      'RUN pip install "jax[cuda12]==0.4.30" jaxlib==0.4.30',
      pick('jax', '0.9.2', { cuda: '13', python: '3.12' }),
      'RUN pip install "jax[cuda13]==0.9.2" jaxlib==0.9.2',
    ],
    [
      'WORKDIR /app\nCOPY . .\nUSER 1000',
      cpu,
      'WORKDIR /app\n\nRUN --mount=type=cache,target=/root/.cache/pip \\\n    pip install --index-url https://download.pytorch.org/whl/cpu torch==2.9.1\nCOPY . .\nUSER 1000',
    ],
  ] as const)
    test(before, () => {
      assert.equal(after(before, combination), wanted);
    });
});

test('what cannot be changed is said: hashes, addresses, a poetry table with extras', () => {
  const { after, left } = chosen(pick('tensorflow', '2.19.0', { cuda: '12.5', python: '3.12' }), {
    'requirements.txt': 'tensorflow==2.16.1 --hash=sha256:abc\n',
    'pyproject.toml': '[tool.poetry.dependencies]\ntensorflow = "2.16.1"\n',
    'requirements-dev.txt': 'tensorflow @ https://example.org/tensorflow.whl\n',
  });
  assert.equal(after['requirements.txt'], 'tensorflow==2.16.1 --hash=sha256:abc\n');
  assert.deepEqual(left, [
    'tensorflow in requirements.txt: it is bound to hashes',
    'tensorflow in pyproject.toml: write tensorflow 2.19.0 there',
    'tensorflow in requirements-dev.txt: it is taken from an address',
  ]);
});

test('project files and conda environments keep their own way of writing', () => {
  const { after } = chosen(pick('torch', '2.9.1', { python: '3.12' }), {
    'pyproject.toml':
      '[project]\nname = "x"\ndependencies = [\n  "torch>=2.1",  # why\n]\n\n[[tool.uv.index]]\nname = "pytorch"\nurl = "https://download.pytorch.org/whl/cu118"\n',
    'environment.yml': 'dependencies:\n  - python=3.11\n  - pytorch=2.1.0\n  - pip:\n      - torchvision==0.16.0\n',
  });
  assert.match(after['pyproject.toml'] ?? '', /"torch==2\.9\.1", {2}# why[^]*whl\/cpu"/);
  assert.match(after['environment.yml'] ?? '', /pytorch=2\.9\.1\n[^]*torchvision==0\.24\.1/);
});

test('an index that a project names for torch alone follows, its name too; pip’s words stay pip’s', () => {
  const { after, left } = chosen(pick('torch', '2.9.1', { cuda: '13.0', python: '3.12' }), {
    'pyproject.toml':
      '[project]\nname = "x"\nrequires-python = ">=3.11,<3.12"\ndependencies = ["torch==2.3.0"]\n\n[tool.uv.sources]\ntorch = { index = "pytorch-cu121" }\n\n[[tool.uv.index]]\nname = "pytorch-cu121"\nurl = "https://download.pytorch.org/whl/cu121"\nexplicit = true\n',
    Pipfile: '[packages]\ntorch = {version = "==2.3.0"}\n',
    'pixi.toml': '[dependencies]\npytorch = "2.3.*"\n\n[pypi-dependencies]\ntorchvision = "==0.18.0"\n',
  });
  assert.match(
    after['pyproject.toml'] ?? '',
    /"torch==2\.9\.1"[^]*index = "pytorch-cu130"[^]*name = "pytorch-cu130"\nurl = "https:\/\/download\.pytorch\.org\/whl\/cu130"/,
  );
  assert.equal(after['Pipfile'], '[packages]\ntorch = {version = "==2.9.1"}\n');
  assert.equal(after['pixi.toml'], '[dependencies]\npytorch = "=2.9.1"\n\n[pypi-dependencies]\ntorchvision = "==0.24.1"\n');
  assert.deepEqual(left, [
    'python in pyproject.toml: it asks for >=3.11,<3.12, and 3.12 was chosen',
    'torch in Pipfile: PyPI has another build, name the index https://download.pytorch.org/whl/cu130 for it',
  ]);
});

test('poetry’s source for torch follows; builds that extras choose stay', () => {
  const combination = pick('torch', '2.9.1', { python: '3.12' });
  const poetry =
    '[tool.poetry.dependencies]\ntorch = { version = "2.3.0", source = "pytorch" }\n\n[[tool.poetry.source]]\nname = "pytorch"\nurl = "https://download.pytorch.org/whl/cu121"\npriority = "explicit"\n';
  assert.match(chosen(combination, { 'pyproject.toml': poetry }).after['pyproject.toml'] ?? '', /version = "2\.9\.1"[^]*\/whl\/cpu"/);
  const extras =
    '[project]\ndependencies = ["torch==2.9.1"]\n\n[tool.uv.sources]\ntorch = [{ index = "gpu", extra = "gpu" }]\n\n[[tool.uv.index]]\nname = "gpu"\nurl = "https://download.pytorch.org/whl/cu121"\nexplicit = true\n';
  assert.equal(chosen(combination, { 'pyproject.toml': extras }).after['pyproject.toml'], extras);
});

test('a file that includes the one with torch gets the index; one that was not read gets nothing installed beside it', () => {
  const combination = pick('torch', '2.9.1', { python: '3.12' });
  const included = chosen(combination, {
    Dockerfile: 'FROM python:3.12-slim\nRUN pip install -r requirements-dev.txt\n',
    'requirements-dev.txt': '-r requirements.txt\npytest\n',
    'requirements.txt': 'torch==2.3.0\n',
  }).after;
  assert.match(included['Dockerfile'] ?? '', /pip install --extra-index-url \S+\/cpu -r requirements-dev\.txt/);
  const dockerfile = 'FROM python:3.12-slim\nRUN pip install -r requirements/prod.txt\n';
  const { after, left } = chosen(combination, { Dockerfile: dockerfile });
  assert.equal(after['Dockerfile'], dockerfile);
  assert.deepEqual(left, ['requirements/prod.txt: it is not beside the Dockerfile, write torch 2.9.1 there']);
});

test('folders of the old Python follow its image', () => {
  const site = (python: string): string =>
    `FROM python:${python}-slim AS build\nRUN pip install --prefix=/install torch==2.9.1\n\nFROM python:${python}-slim\nCOPY --from=build /install/lib/python${python}/site-packages /usr/local/lib/python${python}/site-packages\n`;
  assert.equal(
    chosen(pick('torch', '2.9.1', { cuda: '12.8', python: '3.12' }), { Dockerfile: site('3.11') }).after['Dockerfile'],
    site('3.12'),
  );
});

test('an image whose pip does not install unasked is told, once and only where something is installed', () => {
  const combination = pick('torch', '2.12.0', { cuda: '12.6', from: 'whole' });
  const run = 'RUN pip install numpy\n';
  const image = 'FROM pytorch/pytorch:2.12.0-cuda12.6-cudnn9-runtime\n';
  const { Dockerfile: once = '' } = chosen(combination, { Dockerfile: `FROM python:3.12-slim\n${run}` }).after;
  assert.equal(once, `${image}ENV PIP_BREAK_SYSTEM_PACKAGES=1\n${run}`);
  assert.equal(chosen(combination, { Dockerfile: once }).after['Dockerfile'], once);
  assert.equal(
    chosen(combination, { Dockerfile: 'FROM python:3.12-slim\nRUN python --version\n' }).after['Dockerfile'],
    `${image}RUN python --version\n`,
  );
});

test('what stays or changes its meaning is said: an unknown image, vLLM’s own command, conda’s choice of a build', () => {
  const left = (combination: Combination, files: Folder): readonly string[] => chosen(combination, files).left;
  const gpu = pick('torch', '2.9.1', { cuda: '12.8', python: '3.12' });
  assert.deepEqual(left(gpu, { Dockerfile: 'FROM ghcr.io/mlflow/mlflow:v3.6.0\nRUN pip install torch==2.9.1\n' }), [
    'FROM ghcr.io/mlflow/mlflow:v3.6.0 in Dockerfile: it stays, what it brings is not known here',
  ]);
  const [vllm] = combinations('vllm', '0.10.2', 'gpu');
  assert.ok(vllm);
  assert.deepEqual(left(vllm, { Dockerfile: 'FROM python:3.12-slim\nCMD ["vllm", "serve", "x"]\n' }), [
    'CMD in Dockerfile: the image begins vLLM’s server itself, the command is its arguments',
  ]);
  assert.deepEqual(left(gpu, { 'environment.yml': 'dependencies:\n  - python=3.12\n  - pytorch=2.1.0\n  - pytorch-cuda=11.8\n' }), [
    'pytorch-cuda in environment.yml: it chooses the build of torch and does not go with every version, check it for 2.9.1',
  ]);
});

test('only images that were made are offered', () => {
  const images = (id: string, version: string, device: 'cpu' | 'gpu'): readonly string[] => [
    ...new Set(combinations(id, version, device).map(({ image }) => image)),
  ];
  assert.deepEqual(
    images('tensorflow', '1.15.0', 'cpu').filter((image) => /3\.[1-6]-|2\.7/.test(image)),
    ['python:3.6-slim-bullseye', 'python:3.5-slim-buster', 'python:2.7-slim-buster'],
  );
  assert.deepEqual(images('tensorflow', '1.15.0', 'gpu'), ['tensorflow/tensorflow:1.15.0-gpu-py3']);
  assert.deepEqual(
    images('torch', '1.13.1', 'gpu').filter((image) => image.startsWith('pytorch/')),
    ['pytorch/pytorch:1.13.1-cuda11.6-cudnn8-runtime'],
  );
});

test('a requirements file that does not name the framework gets it, with the index on the line that installs it', () => {
  const { after } = chosen(pick('torch', '2.9.1', { python: '3.12' }), {
    Dockerfile: 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n',
    'requirements.txt': 'numpy',
  });
  assert.equal(after['requirements.txt'], 'numpy\ntorch==2.9.1\n');
  assert.match(
    after['Dockerfile'] ?? '',
    /pip install --extra-index-url https:\/\/download\.pytorch\.org\/whl\/cpu --no-cache-dir -r requirements\.txt/,
  );
});

test('a CUDA image with a fitting Python may stay', () => {
  const versioned = read({ Dockerfile: 'FROM nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04\nRUN pip3 install torch\n' });
  const kept = keeping(combinations('torch', '2.9.1', 'gpu'), versioned);
  assert.deepEqual(
    kept.map(({ python, cuda, image }) => [python, cuda, image]),
    ['12.8', '13.0', '12.6'].map((cuda) => ['3.10', cuda, 'nvidia/cuda:12.4.1-cudnn-devel-ubuntu22.04']),
  );
  const [first] = kept;
  assert.ok(first);
  assert.deepEqual(
    chooseVersions(first, versioned).changes.map(({ edits }) => edits.map(({ text }) => text)),
    [['torch==2.9.1']],
  );
});

test('ONNX Runtime: one of its two packages, and the CUDA libraries with it', () => {
  const files = {
    Dockerfile: 'FROM python:3.11-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n',
    'requirements.txt': 'onnxruntime==1.18.0\nnumpy\n',
  };
  const gpu = chosen(pick('onnxruntime', '1.26', { cuda: '12', python: '3.12' }), files).after;
  assert.equal(gpu['requirements.txt'], 'onnxruntime-gpu[cuda,cudnn]==1.26.*\nnumpy\n');
  assert.match(gpu['Dockerfile'] ?? '', /^FROM python:3\.12-slim\n/);
  const back = chosen(pick('onnxruntime', '1.20', { python: '3.12' }), {
    ...files,
    'requirements.txt': gpu['requirements.txt'] ?? '',
  }).after;
  assert.equal(back['requirements.txt'], 'onnxruntime==1.20.*\nnumpy\n');
  assert.deepEqual(combinations('onnxruntime', '1.18', 'gpu'), []);
});

test('NVIDIA’s image takes the place of the other, and what it brings has to go', () => {
  const ngc = combinations('torch', '2.6.0', 'gpu').find(({ image }) => image.startsWith('nvcr.io/'));
  assert.ok(ngc);
  const { after, left } = chosen(ngc, {
    Dockerfile:
      'FROM pytorch/pytorch:2.4.1-cuda12.1-cudnn9-runtime\nCOPY requirements.txt .\nRUN pip install torchaudio==2.4.1 && pip install -r requirements.txt\n',
    'requirements.txt': 'torch==2.4.1\nnumpy\n',
  });
  assert.match(after['Dockerfile'] ?? '', /^FROM nvcr\.io\/nvidia\/pytorch:\d\d\.\d\d-py3\nCOPY/);
  assert.equal(after['requirements.txt'], 'torch==2.4.1\nnumpy\n');
  assert.deepEqual(
    left.map((each) => each.replace(/:.*/, '')),
    ['torch in requirements.txt', 'torchaudio==2.4.1 in Dockerfile'],
  );
});

test('a row says size, driver, GPUs, what this machine has, and what has ended', () => {
  const words = wording(
    pick('torch', '2.9.1', { cuda: '13.0', python: '3.10' }),
    knowledge,
    { driver: '550.54', capability: '8.9' },
    '2026-11-21',
  );
  assert.deepEqual(words, {
    label: 'Python 3.10 · CUDA 13.0',
    description: 'python:3.10-slim-bookworm',
    detail:
      'Python 3.10 ended on 2026-10-31 · about 4.4 GB unpacked · driver 580 or newer (here: 550.54, too old ✗) · GPUs from compute capability 7.5 (here: 8.9 ✓) · torch 2.9.1+cu130',
  });
});

describe('what is chosen is clean under our own check, whatever was there', () => {
  const before: Folder = {
    Dockerfile:
      'FROM python:3.10-slim-bookworm\nWORKDIR /app\nCOPY requirements.txt .\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt\nCOPY train.py .\nENV PYTHONUNBUFFERED=1\nUSER 1000\nCMD ["python", "train.py"]\n',
    'requirements.txt': 'torch==2.0.0\ntorchvision==0.10.0\ntensorflow-gpu==2.4\njax==0.4.1\nvllm==0.2\n',
    'compose.gpu.yaml':
      'services:\n  train:\n    build: .\n    shm_size: 2gb\n    deploy:\n      resources:\n        reservations:\n          devices:\n            - driver: nvidia\n              count: 1\n              capabilities: [gpu]\n',
  };
  for (const framework of frameworks)
    test(framework.title, () => {
      for (const version of framework.versions(knowledge).slice(0, 8))
        for (const device of ['cpu', 'gpu'] as const)
          for (const combination of framework.combinations(version, device, tables)) {
            if (combination.from === 'whole' || combination.python === '3.10' || combination.python === '3.9') continue;
            const own = new Set([
              ...combination.packages.map(({ name }) => name),
              ...combination.packages.flatMap(({ not }) => not?.names ?? []),
            ]);
            const requirements = (before['requirements.txt'] ?? '').split('\n').filter((line) => own.has(line.replace(/==.*/, '')));
            const files = {
              Dockerfile: before['Dockerfile'] ?? '',
              'requirements.txt': `${requirements.join('\n')}\n`,
            };
            const { after } = chosen(combination, files);
            const world = worldOf({
              files: { ...after, ...(device === 'gpu' ? { 'compose.yaml': before['compose.gpu.yaml'] ?? '' } : {}) },
            });
            const found = Object.entries(after).flatMap(([path, text]) => {
              const language = languageOf(path);
              return language ? lint(open(path, text, language), rules, world, defaultLintConfig, failed) : [];
            });
            assert.deepEqual(
              found.map(({ rule, message }) => `${rule}: ${message}`),
              [],
              `${JSON.stringify(combination)}\n${after['requirements.txt'] ?? ''}`,
            );
          }
    });
});
