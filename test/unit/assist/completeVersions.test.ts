import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../../src/assist/complete.ts';
import { languageOf, open } from '../../../src/core.ts';
import type { Example } from '../../../src/lint/rule.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

/** What is offered at `¦`: those that fit, those that are struck out, and the text after the first is taken. */
function offered(path: string, marked: string, about: Example = {}) {
  const offset = marked.indexOf('¦');
  const text = marked.replace('¦', '');
  const items = complete(
    open(path, text, languageOf(path) ?? 'dockerfile'),
    offset,
    worldOf({ ...about, files: { ...about.files, [path]: text } }),
  );
  const sorted = items.toSorted((a, b) => ((a.sort ?? a.label) < (b.sort ?? b.label) ? -1 : 1));
  const [first] = sorted;
  return {
    fit: sorted.filter(({ deprecated }) => !deprecated).map(({ label }) => label),
    struck: sorted.filter(({ deprecated }) => deprecated).map(({ label }) => label),
    taken: first && applyEdits(text, [{ span: first.span, text: first.text }]),
    detail: first?.detail,
  };
}

const dockerfile = 'FROM python:3.9-slim\nCOPY requirements.txt .\nRUN pip install -r requirements.txt\n';

test('versions in requirements: newest first, those for another Python struck out', () => {
  const plain = offered('requirements.txt', 'numpy\ntorch==¦  # why\n');
  assert.deepEqual(plain.fit.slice(0, 2), ['2.14.0', '2.13.0']);
  assert.equal(plain.taken, 'numpy\ntorch==2.14.0  # why\n');
  const bound = offered('requirements.txt', 'torch==¦\n', { files: { Dockerfile: dockerfile } });
  assert.equal(bound.fit[0], '2.8.0');
  assert.ok(bound.struck.includes('2.14.0'));
  assert.deepEqual(
    offered('requirements.txt', 'torch==2.1¦.0\n').fit.slice(-2),
    ['2.1.1', '2.1.0'].filter((version) => plain.fit.includes(version)),
  );
});

test('the companion of the torch beside it is the one that fits', () => {
  assert.deepEqual(offered('requirements.txt', 'torch==2.9.1\ntorchvision==¦\n').fit, ['0.24.1']);
  assert.equal(offered('requirements.txt', 'torch==2.9.1+cu128\ntorchaudio == 2¦\n').taken, 'torch==2.9.1+cu128\ntorchaudio == 2.9.1\n');
  assert.deepEqual(offered('requirements.txt', 'torch==2.8.0\nvllm==0.1¦\n').fit.slice(0, 2), ['0.11.0', '0.10.2']);
  assert.deepEqual(offered('requirements.txt', 'torch==2.8.0\nxformers==¦\n').fit, ['0.0.32.post2', '0.0.32.post1']);
});

test('names with the newest version that fits, and nothing in comments or where all is said', () => {
  assert.equal(offered('requirements.txt', 'torchv¦\n').taken, 'torchvision==0.29.0\n');
  assert.equal(offered('requirements.txt', 'torch==2.9.1\ntorchv¦\n').taken, 'torch==2.9.1\ntorchvision==0.24.1\n');
  for (const text of ['# torch==¦', 'unknown==¦', 'torch==2.9.1 ¦', '¦', '-r ¦'])
    assert.deepEqual(offered('requirements.txt', text).fit, [], text);
});

test('project files and conda environments', () => {
  const project = offered('pyproject.toml', '[project]\nname = "x"\ndependencies = [\n  "torch==2.9.¦",\n]\n');
  assert.deepEqual(project.fit, ['2.9.1', '2.9.0']);
  assert.match(project.taken ?? '', /"torch==2\.9\.1",/);
  assert.deepEqual(offered('pyproject.toml', '[project]\nname = "torch==¦"\n').fit, []);
  assert.deepEqual(offered('environment.yml', 'dependencies:\n  - pip:\n      - torch==2.9.¦\n').fit, ['2.9.1', '2.9.0']);
});

test('the index of each build of the torch that is pinned', () => {
  const { fit, detail } = offered('requirements.txt', 'torch==2.9.1\n--extra-index-url ¦\n');
  assert.deepEqual(
    fit.slice(0, 4),
    ['cpu', 'cu130', 'cu128', 'cu126'].map((tag) => `https://download.pytorch.org/whl/${tag}`),
  );
  assert.equal(detail, 'for the CPU, 0.5 GB, torch 2.9.1');
  assert.equal(
    offered('requirements.txt', '--index-url=https://download.pytorch.org/whl/cu12¦\n').taken,
    '--index-url=https://download.pytorch.org/whl/cu126\n',
  );
});

test('pip install in RUN: versions, indexes, uv’s backends', () => {
  const run = (text: string) => offered('Dockerfile', `FROM python:3.12-slim\nRUN ${text}\n`);
  assert.equal(run('pip install torch==2.9.¦').taken, 'FROM python:3.12-slim\nRUN pip install torch==2.9.1\n');
  assert.equal(run('pip install "torch==2.9.¦" numpy').taken, 'FROM python:3.12-slim\nRUN pip install "torch==2.9.1" numpy\n');
  assert.deepEqual(run('pip install torch==2.9.1 torchvision==¦').fit, ['0.24.1']);
  assert.match(run('pip install torch==2.9.1 --index-url ¦').taken ?? '', /--index-url https:\/\/download\.pytorch\.org\/whl\/cpu\n/);
  assert.match(
    run('pip install torch==2.9.1 --extra-index-url=https://download.pytorch.org/whl/cu13¦').taken ?? '',
    /=https:\/\/download\.pytorch\.org\/whl\/cu130\n/,
  );
  assert.deepEqual(run('uv pip install --torch-backend=cu¦ torch==2.9.1').fit, ['cu130', 'cu128', 'cu126']);
  assert.deepEqual(offered('Dockerfile', 'FROM python:3.9-slim\nRUN pip install torch==2.14¦\n').struck, ['2.14.0']);
});

test('tags of FROM: the newest that fits first, ended and unfit ones struck out', () => {
  const python = offered('Dockerfile', 'FROM python:¦\n');
  assert.deepEqual(python.fit.slice(0, 4), ['python:3.14-slim-bookworm', 'python:3.14-slim', 'python:3.14', 'python:3.13-slim-bookworm']);
  assert.ok(python.struck.includes('python:3.9-slim'));
  // Whoever has typed «-sl» means slim.
  assert.deepEqual(offered('Dockerfile', 'FROM python:3.13-sl¦\n').fit, ['python:3.13-slim', 'python:3.13-slim-bookworm']);
  const bound = offered('Dockerfile', 'FROM python:¦\n', { files: { 'requirements.txt': 'torch==2.2.0\n' } });
  assert.equal(bound.fit[0], 'python:3.12-slim-bookworm');
  assert.ok(bound.struck.includes('python:3.13'));
  assert.equal(offered('Dockerfile', 'FROM pytorch/pytorch:2.9¦\n').taken, 'FROM pytorch/pytorch:2.9.1-cuda13.0-cudnn9-runtime\n');
  assert.equal(offered('Dockerfile', 'FROM nvidia/cuda:12.8¦ AS x\n').taken, 'FROM nvidia/cuda:12.8.1-base-ubuntu24.04 AS x\n');
});

test('a tag that others go on from is what Enter takes', () => {
  for (const [path, text] of [
    ['compose.yaml', 'services:\n  db:\n    image: postgres:17¦\n'],
    ['Dockerfile', 'FROM redis:7¦\n'],
    ['Dockerfile', 'FROM python:3.12¦\n'],
  ] as const) {
    const { taken, fit } = offered(path, text);
    assert.equal(taken, text.replace('¦', ''));
    assert.ok(fit.length > 1, text);
  }
  assert.match(offered('Dockerfile', 'FROM python:3.1¦\n').taken ?? '', /^FROM python:3\.1\d/);
});
