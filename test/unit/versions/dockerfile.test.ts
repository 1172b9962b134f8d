import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import type { Combination } from '../../../src/plan/versions/framework.ts';
import { chosen, combinations, pick } from './chosen.ts';

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

describe('a torch that was built for NumPy 1', () => {
  const old = pick('torch', '2.1.0', { cuda: '11.8', python: '3.10' });
  for (const [title, before, wanted] of [
    [
      'on the command line',
      'FROM python:3.10-slim\nRUN pip install torch==2.4.0 pandas\n',
      /pip install --extra-index-url \S+cu118 torch==2\.1\.0 "numpy<2" pandas/,
    ],
    [
      'where numpy stands already',
      'FROM python:3.10-slim\nRUN pip install torch "numpy>=1.24" pandas\n',
      /torch==2\.1\.0 "numpy>=1\.24,<2" pandas/,
    ],
    ['in a range that fits', 'FROM python:3.10-slim\nRUN pip install torch numpy==1.26.4\n', /torch==2\.1\.0 numpy==1\.26\.4\n/],
    ['where nothing installs it', 'FROM python:3.10-slim\nWORKDIR /app\n', /torch==2\.1\.0 "numpy<2"/],
  ] as const)
    test(title, () => {
      assert.match(chosen(old, { Dockerfile: before }).after['Dockerfile'] ?? '', wanted);
    });
  test('in files', () => {
    const Dockerfile = 'FROM python:3.10-slim\nCOPY . .\nRUN pip install -r requirements.txt\n';
    const file = (text: string): string | undefined => chosen(old, { Dockerfile, 'requirements.txt': text }).after['requirements.txt'];
    assert.equal(file('torch==2.4.0 # ours\npandas\n'), 'torch==2.1.0 # ours\nnumpy<2\npandas\n');
    assert.equal(file('numpy==2.1.0\ntorch==2.4.0\n'), 'numpy<2\ntorch==2.1.0\n');
    assert.equal(file('numpy>=1.22 ; python_version < "3.12"\ntorch==2.4.0\n'), 'numpy>=1.22,<2 ; python_version < "3.12"\ntorch==2.1.0\n');
    assert.equal(file('pandas\n'), 'pandas\ntorch==2.1.0\nnumpy<2\n');
  });
  test('not in an image that has one, and not for a newer torch', () => {
    const image = pick('torch', '2.1.0', { cuda: '11.8', from: 'whole' });
    assert.doesNotMatch(chosen(image, { Dockerfile: 'FROM python:3.10\nRUN pip install pandas\n' }).after['Dockerfile'] ?? '', /numpy/);
    const newer = pick('torch', '2.9.1', { cuda: '12.8', python: '3.12' });
    assert.doesNotMatch(chosen(newer, { Dockerfile: 'FROM python:3.12\nRUN pip install torch\n' }).after['Dockerfile'] ?? '', /numpy/);
  });
});
