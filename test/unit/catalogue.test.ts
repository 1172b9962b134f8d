import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../src/assist/complete.ts';
import { hover } from '../../src/assist/hover.ts';
import { parseCatalogue } from '../../src/catalogue/parse.ts';
import { open } from '../../src/core.ts';
import type { Language } from '../../src/document.ts';
import { defaultLintConfig, lint } from '../../src/lint/lint.ts';
import type { World } from '../../src/lint/rule.ts';
import { withProject } from '../../src/project.ts';
import { rules } from '../../src/rules/index.ts';
import { readSettings } from '../../src/settings.ts';
import { worldOf } from './world.ts';

const rows = `
images:
  - image: registry.example.com/ml/base
    tags: ["3.12-cpu", "3.12-gpu"]
    basedOn: python:3.12-slim
    user: app
services:
  - id: feature-store
    name: Feature store
    images: [registry.example.com/features:2]
    ports: [{ port: 6566, role: gRPC }]
    tools: { curl: false }
    notes: [Ask the platform team for a token.]
indexes:
  - url: https://mirror.example.com/pytorch/cu126
    of: pytorch
    build: cu126
  - url: https://mirror.example.com/pypi
    of: pypi
gpus:
  - { name: NVIDIA RTX 5090, computeCapability: "12.0", memory: 32, driver: "570.10" }
  - { name: NVIDIA L4, computeCapability: "8.9", memory: 24, driver: "560.35" }
`;

function worldWith(files: Readonly<Record<string, string>>, setting: Readonly<Record<string, unknown>> = {}): World {
  const world = worldOf({ files });
  return { ...world, ...withProject(world, world.files, setting) };
}

const found = (world: World, path: string, language: Language, text: string): readonly string[] =>
  lint(open(path, text, language), rules, world, defaultLintConfig, (rule, error) => {
    throw new Error(rule, { cause: error });
  }).map(({ rule }) => rule);

test('a base image of one’s own is known to rules, hover and completion', () => {
  const world = worldWith({ '.ml-containers.yaml': rows });
  const dockerfile = 'FROM registry.example.com/ml/base:3.12-cpu\nRUN pip install --no-cache-dir torch==2.1.0\n';
  assert.ok(found(world, 'Dockerfile', 'dockerfile', dockerfile).includes('torch-python-unsupported'));
  assert.ok(!found(worldWith({}), 'Dockerfile', 'dockerfile', dockerfile).includes('torch-python-unsupported'));
  const card = hover(open('Dockerfile', dockerfile, 'dockerfile'), 10, world)?.markdown ?? '';
  assert.match(card, /\| Python \| 3\.12/);
  assert.match(card, /\| User \| app/);
  const labels = complete(open('Dockerfile', 'FROM \n', 'dockerfile'), 5, world).map(({ label }) => label);
  assert.ok(labels.includes('registry.example.com/ml/base:3.12-gpu'), labels.join());
});

test('a service of one’s own is known by any tag of its image', () => {
  const world = worldWith({ '.ml-containers.yaml': rows });
  const compose = 'services:\n  f:\n    image: registry.example.com/features:2.1\n';
  const card = hover(open('compose.yaml', compose, 'compose'), compose.indexOf('features'), world)?.markdown ?? '';
  assert.match(card, /Feature store/);
  assert.match(card, /6566: gRPC/);
  const offset = 'services:\n  f:\n    image: '.length;
  const labels = complete(open('compose.yaml', 'services:\n  f:\n    image: \n', 'compose'), offset, world).map(({ label }) => label);
  assert.ok(labels.includes('registry.example.com/features:2'), labels.join());
});

test('mirrors count as what they mirror', () => {
  const install = (url: string) => `FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.5.1 --index-url ${url}\n`;
  const text = install('https://mirror.example.com/pytorch/cu126/');
  const rule = 'torch-cuda-tag-unavailable';
  assert.ok(found(worldWith({ '.ml-containers.yaml': rows }), 'Dockerfile', 'dockerfile', text).includes(rule));
  assert.ok(!found(worldWith({}), 'Dockerfile', 'dockerfile', text).includes(rule));
  const local =
    'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.5.1+cu124 --index-url https://mirror.example.com/pypi/simple\n';
  assert.ok(found(worldWith({ '.ml-containers.yaml': rows }), 'Dockerfile', 'dockerfile', local).includes('local-version-on-pypi'));
});

test('GPUs of the project’s machines stand in where the engine has none', () => {
  const world = worldWith({ '.ml-containers.yaml': rows });
  assert.equal(world.live.driver, '560.35');
  const pins = '--extra-index-url https://download.pytorch.org/whl/cu124\ntorch==2.5.1+cu124\n';
  assert.ok(found(world, 'requirements.txt', 'requirements', pins).includes('gpu-arch-not-in-wheel'));
  const own = { images: [], gpus: [{ name: 'NVIDIA L4', memory: 23034 }], driver: '550.1' };
  const engine = withProject({ knowledge: world.knowledge, live: own }, world.files, {});
  assert.deepEqual(engine.live, { ...own, gpus: [{ name: 'NVIDIA L4', memory: 23034, computeCapability: '8.9' }] });
});

test('the setting adds rows as the file does', () => {
  const { catalogue } = readSettings({ catalogue: { images: [{ image: 'own/base', basedOn: 'python:3.12-slim' }, { image: 3 }] } });
  const dockerfile = 'FROM own/base\nRUN pip install --no-cache-dir torch==2.1.0\n';
  assert.ok(found(worldWith({}, catalogue), 'Dockerfile', 'dockerfile', dockerfile).includes('torch-python-unsupported'));
});

test('mistakes are said where they are, and cost their row alone', () => {
  const text = 'images:\n  - image: a/b\n    python: 3.10\n  - image: c/d\nservices:\n  - id: Bad Name\n    images: []\n';
  const { faults, rows: sound } = parseCatalogue('.ml-containers.yaml', text);
  assert.deepEqual(
    faults.map(({ span, message }) => [text.slice(span.start, span.end), message]),
    [
      ['3.10', 'YAML reads 3.10 as a number: write "3.10", in quotes.'],
      ['Bad Name', '«Bad Name» is not a short name of lower-case letters, digits and hyphens.'],
      ['[]', 'This list needs an entry.'],
    ],
  );
  assert.deepEqual(sound.images, [{ image: 'c/d' }]);
  assert.deepEqual(sound.services, []);
  for (let end = 0; end < rows.length; end += 5) parseCatalogue('.ml-containers.yaml', rows.slice(0, end));
  assert.deepEqual(parseCatalogue('.ml-containers.json', '{ "images": [ { "image": "a/b" } ] }').faults, []);
});
