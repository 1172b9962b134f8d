import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Combination } from '../../../src/plan/versions/framework.ts';
import type { Folder } from '../projects.ts';
import { chosen, combinations, pick } from './chosen.ts';

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

test('an extra with an index of its own for another build keeps what it has, and that is said', () => {
  const before =
    '[project.optional-dependencies]\ncpu = ["torch==2.6.0"]\ncu124 = ["torch==2.6.0"]\n\n[tool.uv.sources]\ntorch = [{ index = "cpu", extra = "cpu" }, { index = "gpu", extra = "cu124" }]\n\n[[tool.uv.index]]\nname = "cpu"\nurl = "https://download.pytorch.org/whl/cpu"\nexplicit = true\n\n[[tool.uv.index]]\nname = "gpu"\nurl = "https://download.pytorch.org/whl/cu124"\nexplicit = true\n';
  const { after, left } = chosen(pick('torch', '2.9.1', { python: '3.12' }), { 'pyproject.toml': before });
  assert.equal(after['pyproject.toml'], before.replace('cpu = ["torch==2.6.0"]', 'cpu = ["torch==2.9.1"]'));
  assert.deepEqual(left, [
    'torch in pyproject.toml: cu124 takes it from https://download.pytorch.org/whl/cu124, and another build was chosen',
  ]);
});
