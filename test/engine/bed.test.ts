import assert from 'node:assert/strict';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, describe, test } from 'node:test';
import { ensureEngine, privateEngine, answers, type BedEngine } from '../bed/engine.ts';
import { ensureImages, images } from '../bed/images.ts';
import { until } from '../bed/shell.ts';

const found = await ensureEngine(console.error);
const skip = 'unavailable' in found ? found.unavailable : false;

describe('the test bed has a real engine', { skip }, () => {
  const engine = found as BedEngine;
  before(async () => {
    assert.equal(await ensureImages(engine, console.error), undefined);
  });

  test('a container runs and its port answers on this machine', async () => {
    const id = await engine.must([
      'run',
      '-d',
      '-p',
      '127.0.0.1::8000',
      images.busybox,
      'sh',
      '-c',
      'echo hello > /tmp/index.html; httpd -f -p 8000 -h /tmp',
    ]);
    try {
      const address = await engine.must(['port', id, '8000']);
      let body = '';
      await until(
        'the published port',
        async () =>
          (body = await fetch(`http://${address}/`).then(
            (r) => r.text(),
            () => '',
          )) !== '',
      );
      assert.equal(body, 'hello\n');
    } finally {
      await engine.docker(['rm', '-f', id]);
    }
  });

  test('BuildKit builds on the local Python image, and its checks run', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bed-'));
    writeFileSync(join(folder, 'Dockerfile'), `FROM ${images.slim} as base\nRUN python3 -c "print(6*7)" > /answer\n`);
    await engine.must(['build', '-t', 'bed-test:local', folder]);
    assert.equal(await engine.must(['run', '--rm', 'bed-test:local', 'cat', '/answer']), '42');
    const { stdout, stderr } = await engine.docker(['build', '--check', folder]);
    assert.match(stdout + stderr, /FromAsCasing/);
    await engine.must(['image', 'rm', 'bed-test:local']);
  });

  test('Compose brings a project up and down', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'bed-'));
    writeFileSync(
      join(folder, 'compose.yaml'),
      `name: bedtest\nservices:\n  web:\n    image: ${images.busybox}\n    command: sleep 1000\n    stop_grace_period: 0s\n`,
    );
    await engine.must(['compose', '-f', join(folder, 'compose.yaml'), 'up', '-d']);
    assert.equal(
      await engine.must([
        'ps',
        '--filter',
        'label=com.docker.compose.project=bedtest',
        '--format',
        '{{.Label "com.docker.compose.service"}}',
      ]),
      'web',
    );
    await engine.must(['compose', '-f', join(folder, 'compose.yaml'), 'down']);
    assert.equal(await engine.must(['ps', '-aq', '--filter', 'label=com.docker.compose.project=bedtest']), '');
  });

  test(
    'a CDI device and --gpus reach the container as they were asked for',
    { skip: 'own' in found && found.own ? false : "the machine's own engine has no GPU boundary of ours" },
    async () => {
      const listed = await engine.must([
        'run',
        '--rm',
        '--device',
        'nvidia.com/gpu=1',
        images.busybox,
        'sh',
        '-c',
        'echo $NVIDIA_VISIBLE_DEVICES; nvidia-smi --query-gpu=name,memory.total --format=csv,noheader',
      ]);
      assert.deepEqual(listed.split('\n'), ['1', 'NVIDIA H200, 143771', 'NVIDIA L4, 23034']);
      const id = await engine.must(['run', '-d', '--gpus', '"device=0"', images.busybox, 'sleep', '100']);
      try {
        const requests = JSON.parse(await engine.must(['inspect', '-f', '{{json .HostConfig.DeviceRequests}}', id])) as {
          DeviceIDs: string[];
        }[];
        assert.deepEqual(requests[0]?.DeviceIDs, ['0']);
      } finally {
        await engine.docker(['rm', '-f', id]);
      }
    },
  );

  test('an engine of our own can be killed and comes back with its containers', async () => {
    const own = await privateEngine('kill-test');
    assert.ok(!('unavailable' in own));
    try {
      await ensureImages(own);
      await own.must(['create', '--name', 'kept', images.busybox, 'true']);
      await own.kill();
      assert.equal(await answers(own.socket), false);
      await own.start();
      assert.equal(await own.must(['ps', '-a', '--format', '{{.Names}}']), 'kept');
      const { code, stderr } = await own.docker(['run', '--rm', '--gpus', 'all', images.busybox, 'true']);
      assert.notEqual(code, 0);
      assert.match(stderr, /could not select device driver/);
    } finally {
      await own.docker(['rm', '-f', 'kept']);
      await own.stop();
    }
  });
});
