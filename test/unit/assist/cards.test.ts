import assert from 'node:assert/strict';
import { test } from 'node:test';
import { imageCard } from '../../../src/assist/cards/imageCard.ts';
import { pinCard } from '../../../src/assist/cards/pinCard.ts';
import { serviceCard } from '../../../src/assist/cards/serviceCard.ts';
import { hover } from '../../../src/assist/hover.ts';
import { languageOf, open } from '../../../src/core.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import { worldOf } from '../world.ts';

const world = { knowledge, live: { images: [], gpus: [], driver: '550.54.15' }, today: '2026-11-21' };

test('a base image says its Python, its end, its user and what it lacks', () => {
  const card = imageCard('python:3.9-slim-bookworm', world) ?? '';
  assert.match(card, /\| Python \| 3\.9 — \*\*ended on 2025-10-31\*\* \|/);
  assert.match(card, /\| System \| Debian 12 \(bookworm\) \(until 2028-06-30\) \|/);
  assert.match(card, /\| Lacks \| .*curl/);
  assert.match(card, /\| User \| root \|/);
});

test('a CUDA image says its driver and whether this engine has it', () => {
  assert.match(
    imageCard('nvidia/cuda:12.6.3-cudnn-runtime-ubuntu22.04', world) ?? '',
    /at least 525\.60\.13; this engine has 550\.54\.15 ✓/,
  );
  const newer = imageCard('nvidia/cuda:13.0.1-runtime-ubuntu24.04', world) ?? '';
  assert.match(newer, /at least 580; \*\*this engine has 550\.54\.15\*\* ✗/);
  assert.match(newer, /virtual environments only/);
  assert.match(imageCard('nvidia/cuda:12.4.1-cudnn8-runtime-ubuntu22.04', world) ?? '', /does not exist/);
});

test('a framework image says its stack', () => {
  const card = imageCard('pytorch/pytorch:2.5.1-cuda12.4-cudnn9-runtime', world) ?? '';
  assert.match(card, /PyTorch 2\.5\.1/);
  assert.match(card, /\| cuDNN \| 9 \|/);
});

test('the images of PyTorch name the release of Ubuntu where it is certain', () => {
  const system = (tag: string): string | undefined => /\| System \| (.+?) \|/.exec(imageCard(`pytorch/pytorch:${tag}`, world) ?? '')?.[1];
  for (const tag of ['2.2.2-cuda12.1-cudnn8-runtime', '2.9.1-cuda12.8-cudnn9-runtime', '2.6.0-cuda12.4-cudnn9-devel'])
    assert.equal(system(tag), 'Ubuntu 22.04', tag);
  for (const tag of ['2.0.1-cuda11.7-cudnn8-runtime', '2.1.2-cuda12.1-cudnn8-devel', '2.10.0-cuda12.8-cudnn9-devel'])
    assert.equal(system(tag), 'Ubuntu', tag);
});

test('an image for AMD GPUs says its Python and what it has to be given; one that is no longer developed says so', () => {
  const card = imageCard('rocm/pytorch:rocm6.1_ubuntu22.04_py3.12_pytorch_2.1.2', world) ?? '';
  assert.match(card, /\| Python \| 3\.12 /);
  assert.match(card, /`\/dev\/kfd`/);
  assert.doesNotMatch(imageCard('rocm/vllm:latest', world) ?? '', /\| Python/);
  assert.match(imageCard('ghcr.io/huggingface/text-generation-inference:3.3.7', world) ?? '', /maintenance mode/);
  assert.equal(imageCard('ghcr.io/huggingface/text-generation-inference:3.3.7-rocm', world), undefined);
});

test('images that serve embeddings, chats, language models and data frames say what they are for', () => {
  const tei = 'ghcr.io/huggingface/text-embeddings-inference';
  assert.match(imageCard(`${tei}:cpu-1.9`, world) ?? '', /for CPUs[^]*\| Has \| curl \|/);
  assert.match(imageCard(`${tei}:89-1.9`, world) ?? '', /`89-` \(RTX 4000\)/);
  assert.match(imageCard('ghcr.io/huggingface/chat-ui-db:0.9', world) ?? '', /OPENAI_BASE_URL/);
  assert.match(imageCard('lmsysorg/sglang:v0.5.5-cu129', world) ?? '', /SGLang 0\.5\.5[^]*\| CUDA \| 12\.9 \|/);
  const rapids = imageCard('rapidsai/notebooks:25.12-cuda12-py3.13', world) ?? '';
  assert.match(rapids, /RAPIDS 25\.12[^]*\| Python \| 3\.13 [^]*\| CUDA \| 12 \|[^]*without a token/);
  assert.match(imageCard('pytorch/torchserve:0.12.0-gpu', world) ?? '', /No longer maintained/);
});

test('notes of a package are for the versions that they name; without a pin it is the newest', () => {
  const card = (name: string, pinned?: string): string => pinCard({ name, ...(pinned === undefined ? {} : { pinned }) }, knowledge) ?? '';
  assert.match(card('mlflow', '3.6.0'), /mlflow:v3\.6\.0`[^]*403/);
  assert.doesNotMatch(card('mlflow', '2.22.0'), /403/);
  assert.doesNotMatch(card('mlflow'), /\{version\}/);
  assert.doesNotMatch(card('xgboost', '1.7.6'), /device=/);
  assert.match(card('xgboost'), /xgboost-cpu/);
  assert.match(card('bitsandbytes', '0.44.1'), /BNB_CUDA_VERSION/);
});

test('what nobody knows has no card', () => {
  assert.equal(imageCard('company.example/app:1', world), undefined);
  assert.equal(serviceCard('company.example/app:1', knowledge), undefined);
  assert.equal(pinCard({ name: 'left-pad' }, knowledge), undefined);
});

test('a pin of torch says Pythons, companions and indexes', () => {
  const card = pinCard({ name: 'torch', pinned: '2.5.1' }, knowledge) ?? '';
  assert.match(card, /\| Python \| 3\.9 to 3\.1[23] \|/);
  assert.match(card, /\| torchvision \| 0\.20\.1 \|/);
  assert.match(card, /--index-url https:\/\/download\.pytorch\.org\/whl\/cu121/);
  assert.match(pinCard({ name: 'torchvision', pinned: '0.20.1' }, knowledge) ?? '', /torch 2\.5\.1/);
});

test('every service of the catalogue has a card that is a table', () => {
  for (const service of knowledge.services) {
    const image = service.images[0] ?? '';
    const card = serviceCard(image, knowledge);
    if (card === undefined) continue;
    assert.doesNotMatch(card, /undefined|\[object/);
    assert.match(card, /^\*\*/);
  }
  assert.match(serviceCard('vllm/vllm-openai:v0.11.0', knowledge) ?? '', /shm_size/);
});

test('a pin that is not known, or none, is called by its own name', () => {
  const card = (name: string, pinned?: string): string => pinCard({ name, ...(pinned === undefined ? {} : { pinned }) }, knowledge) ?? '';
  assert.match(card('torch'), /^\*\*torch\*\* without a pin/);
  assert.match(card('torchvision'), /^\*\*torchvision\*\* without a pin .* with torch/);
  assert.match(card('torchaudio', '99.1'), /^\*\*torchaudio 99\.1\*\* is none of/);
  assert.match(card('torch', '99.1'), /^\*\*torch 99\.1\*\* is none of/);
  assert.match(card('xformers', '0.0.28.post3+cu124'), /torch \| 2\.5\.1, exactly/);
  assert.equal(card('xformers', '0.0.1'), '');
});

test('what a release was built for, what flash-attn needs, and whose login it is', () => {
  assert.match(pinCard({ name: 'numpy', pinned: '1.26.4' }, knowledge) ?? '', /\| Python \| wheels for 3\.9 to 3\.12 \|/);
  assert.match(pinCard({ name: 'scikit-learn', pinned: '1.0.2' }, knowledge) ?? '', /\| NumPy \| 1 only/);
  assert.match(pinCard({ name: 'flash-attn' }, knowledge) ?? '', /nvcc/);
  assert.match(serviceCard('postgres:16', knowledge) ?? '', /no default; commonly copied: postgres/);
  assert.match(imageCard('tensorflow/tensorflow:2.17.0-gpu', world) ?? '', /TensorFlow 2\.17\.0/);
});

test('an address of PyTorch’s index says which releases it has, in any file', () => {
  const at = (path: string, marked: string): string => {
    const text = marked.replace('¦', '');
    return hover(open(path, text, languageOf(path) ?? 'dockerfile'), marked.indexOf('¦'), worldOf({}))?.markdown ?? '';
  };
  assert.match(
    at('Dockerfile', 'FROM python:3.12\nRUN pip install torch --index-url https://download.pyt¦orch.org/whl/cu124\n'),
    /CUDA 12\.4[^]*2\.4\.0 to 2\.6\.0 — \*\*ended\*\*/,
  );
  assert.match(at('requirements.txt', '--extra-index-url https://download.pytorch.org/whl/c¦pu\ntorch\n'), /for the CPU/);
  assert.match(at('pyproject.toml', '[[tool.uv.index]]\nurl = "https://download.pytorch.org/whl/cu12¦6"\n'), /CUDA 12\.6/);
  assert.equal(at('requirements.txt', '--extra-index-url https://pypi.org/sim¦ple\n'), '');
});
