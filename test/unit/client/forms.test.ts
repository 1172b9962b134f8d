import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { memoryOf, openArguments, secret, shownPlan, startPlan } from '../../../client/build/buildForm.ts';
import { withOverride } from '../../../client/build/composeFiles.ts';
import { inRows } from '../../../client/build/form.ts';
import { lensesOf } from '../../../client/build/lenses.ts';
import { portWords, readPorts, routeOf, words } from '../../../client/build/runForm.ts';
import type { EngineInfo } from '../../../client/engine/engine.ts';
import { memoryShare, memoryWords } from '../../../client/gpu/nvidiaSmi.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { slice } from '../../../src/text/text.ts';

const file = parseDockerfile(
  '/ws/train/Dockerfile',
  `ARG BASE=busybox
ARG TOKEN
FROM \${BASE} AS deps
ARG MODEL
ARG BASE
ARG TARGETARCH
FROM deps AS Final
ARG LEARNING_RATE=0.1
FROM deps
`,
);

describe('what a build is asked', () => {
  test('begins as the last time, else with the folder and its name', () => {
    assert.deepEqual(startPlan(file, {}), { context: '/ws/train', file: '/ws/train/Dockerfile', tags: ['train:latest'] });
    assert.deepEqual(startPlan(file, { context: '/ws', tag: 'team/x:1', args: { A: '1' } }, 'Final'), {
      context: '/ws',
      file: '/ws/train/Dockerfile',
      tags: ['team/x-final:1'],
      target: 'Final',
      args: { A: '1' },
    });
    assert.deepEqual(startPlan(file, { tag: 'localhost:5000/x' }, 'deps').tags, ['localhost:5000/x-deps:latest']);
  });

  test('keeps no secrets', () => {
    const plan = { context: '/ws', tags: ['a:1'], args: { HF_TOKEN: 'hf_1', MODEL: 'm', API_KEY: 'k' } };
    assert.deepEqual(memoryOf(plan), { context: '/ws', tag: 'a:1', args: { MODEL: 'm' } });
    assert.ok(secret('HF_TOKEN') && secret('db_password') && !secret('MODEL'));
  });

  test('is the arguments without a value, not those that the builder sets', () => {
    assert.deepEqual(openArguments(file), ['TOKEN', 'MODEL']);
  });

  test('is shown relative to where it runs, and the usual Dockerfile is not named', () => {
    assert.deepEqual(shownPlan({ context: '/ws/train', file: '/ws/train/Dockerfile', tags: [] }, '/ws'), { context: 'train', tags: [] });
    assert.deepEqual(shownPlan({ context: '/ws', file: '/ws/train/Dockerfile', tags: [] }, '/ws'), {
      context: '.',
      file: 'train/Dockerfile',
      tags: [],
    });
    assert.deepEqual(shownPlan({ context: '/other', file: '/ws/train/Dockerfile', tags: [] }, '/ws').context, '/other');
  });
});

test('a long command line is shown to its end', () => {
  assert.deepEqual(inRows('docker build .'), ['docker build .']);
  const line = `docker run ${Array.from({ length: 30 }, (_, i) => `--env NAME_${i}=value`).join(' ')} image`;
  const rows = inRows(line);
  assert.equal(rows.join(' '), line);
  assert.ok(rows.length > 5 && rows.every((row) => row.length <= 84));
});

describe('code lenses', () => {
  test('stand above the last stage, and above each other stage that has a name', () => {
    assert.deepEqual(
      lensesOf(file).map(({ title, target, span }) => [
        title,
        target,
        file.source.text.slice(0, span.start).split('\n').length,
        slice(file.source, span),
      ]),
      [
        ['Build stage deps', 'deps', 3, 'FROM'],
        ['Build stage Final', 'Final', 7, 'FROM'],
        ['Build', undefined, 9, 'FROM'],
        ['Build and run…', undefined, 9, 'FROM'],
      ],
    );
    assert.deepEqual(lensesOf(parseDockerfile('Dockerfile', '# nothing\n')), []);
  });
});

describe('what a run is asked', () => {
  test('ports are read and written alike', () => {
    const text = '127.0.0.1:8888:8888 [::1]:80:80 6006 8080:80';
    const ports = readPorts(text);
    assert.deepEqual(ports, [
      { container: 8888, host: 8888, address: '127.0.0.1' },
      { container: 80, host: 80, address: '::1' },
      { container: 6006 },
      { container: 80, host: 8080 },
    ]);
    assert.equal(portWords(ports), text);
    assert.deepEqual(readPorts(''), []);
    for (const bad of ['a', '70000', '1:2:3:4', '80:0', '99999:80']) assert.equal(readPorts(bad), undefined, bad);
  });

  test('a command is split as a shell splits it', () => {
    assert.deepEqual(words(`python -c 'print("a b")' "x y" z\\ z ''`), ['python', '-c', 'print("a b")', 'x y', 'z z', '']);
    assert.deepEqual(words('  a  '), ['a']);
  });

  test('GPUs are asked for by the way that the engine has', () => {
    const info = (runtimes: string[], cdiDevices: string[]): EngineInfo => ({ architecture: 'x86_64', runtimes, cdiDevices });
    assert.equal(routeOf(info(['runc', 'nvidia'], ['nvidia.com/gpu=0'])), 'gpus');
    assert.equal(routeOf(info(['runc'], ['nvidia.com/gpu=0'])), 'cdi');
    assert.equal(routeOf(info(['runc'], [])), 'gpus');
    assert.equal(routeOf(undefined), 'gpus');
  });

  test('memory is told in the units that nvidia-smi means', () => {
    assert.deepEqual([0, 512, 23_034, 143_771].map(memoryWords), ['0 MiB', '512 MiB', '22.5 GiB', '140 GiB']);
    assert.deepEqual(
      [memoryShare(0, 23_034), memoryShare(61_440, 143_771), memoryShare(3, 512)],
      ['0 of 22.5 GiB', '60.0 of 140 GiB', '3 of 512 MiB'],
    );
  });
});

test('Compose’s own override file is part of a project, as the command line has it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'compose-'));
  try {
    const [main, over] = [join(folder, 'compose.yaml'), join(folder, 'compose.override.yml')];
    assert.deepEqual(withOverride([main]), [main]);
    writeFileSync(over, 'services: {}\n');
    assert.deepEqual(withOverride([main]), [main, over]);
    assert.deepEqual(withOverride([main, 'x.yaml']), [main, 'x.yaml']);
    assert.deepEqual(withOverride([join(folder, 'compose.prod.yaml')]), [join(folder, 'compose.prod.yaml')]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
