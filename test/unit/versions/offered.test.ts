import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { languageOf, open } from '../../../src/core.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import { defaultLintConfig, lint } from '../../../src/lint/lint.ts';
import { chooseVersions, keeping } from '../../../src/plan/versions/chooseVersions.ts';
import { frameworks } from '../../../src/plan/versions/frameworks/index.ts';
import { wording } from '../../../src/plan/versions/wording.ts';
import { rules } from '../../../src/rules/index.ts';
import { tables, type Folder } from '../projects.ts';
import { worldOf } from '../world.ts';
import { chosen, combinations, pick, read } from './chosen.ts';

const failed = (rule: string, error: unknown): never => {
  throw new Error(rule, { cause: error });
};

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
