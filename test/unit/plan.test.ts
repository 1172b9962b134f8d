import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { describe, test } from 'node:test';
import { parse } from 'yaml';
import { buildCommand, defaultTag, isTag } from '../../src/plan/buildPlan.ts';
import { composeCommand, gpuOverride, planFromLabels } from '../../src/plan/composePlan.ts';
import { commandLine } from '../../src/plan/invocation.ts';
import { containerNameFor, docker, gpuArgs, podman, runCommand } from '../../src/plan/runPlan.ts';

describe('a command line', () => {
  test('is what a POSIX shell reads back as the same arguments', () => {
    const args = ['plain', 'two words', "it's", '"device=0,1"', '$HOME `x` \\', '', 'a\nb', '*?[', 'ключ=значение', '!~#&|;<>(){}'];
    const { stdout } = spawnSync('sh', ['-c', `for a in ${commandLine({ program: 'first', args })}; do printf '%s\\0' "$a"; done`], {
      encoding: 'utf8',
    });
    assert.deepEqual(stdout.split('\0').slice(0, -1), ['first', ...args]);
  });

  test('quotes for PowerShell what it would read as its own', () => {
    assert.equal(
      commandLine({ program: 'docker', args: ['--gpus', '"device=0,1"', "it's"] }, 'powershell'),
      `docker --gpus '\\"device=0,1\\"' 'it''s'`,
    );
  });
});

describe('docker run', () => {
  const line = (gpus: Parameters<typeof gpuArgs>[0]): string => commandLine(runCommand({ image: 'a', gpus, detach: true }));

  test('asks for exactly the chosen GPUs', () => {
    assert.equal(line({ kind: 'none' }), 'docker run --detach a');
    assert.equal(line({ kind: 'all' }), 'docker run --detach --gpus all a');
    assert.equal(line({ kind: 'count', count: 2 }), 'docker run --detach --gpus 2 a');
    assert.equal(line({ kind: 'devices', ids: ['1'] }), 'docker run --detach --gpus device=1 a');
    assert.equal(line({ kind: 'devices', ids: ['0', '1'] }), `docker run --detach --gpus '"device=0,1"' a`);
    assert.equal(line({ kind: 'devices', ids: [] }), 'docker run --detach a');
  });

  test('by CDI the devices are named one by one', () => {
    assert.deepEqual(gpuArgs({ kind: 'all' }, 'cdi'), ['--device', 'nvidia.com/gpu=all']);
    assert.deepEqual(gpuArgs({ kind: 'devices', ids: ['0', '1'] }, 'cdi'), [
      '--device',
      'nvidia.com/gpu=0',
      '--device',
      'nvidia.com/gpu=1',
    ]);
    assert.deepEqual(gpuArgs({ kind: 'count', count: 2 }, 'cdi'), gpuArgs({ kind: 'devices', ids: ['0', '1'] }, 'cdi'));
    assert.equal(commandLine(runCommand({ image: 'a', gpus: { kind: 'all' } }, podman)), 'podman run -it --device nvidia.com/gpu=all a');
  });

  test('says everything of the plan, in an order that reads well', () => {
    const plan = {
      image: 'trainer:latest',
      name: 'trainer',
      gpus: { kind: 'all' },
      shm: '8g',
      ipc: 'host',
      ulimits: ['memlock=-1'],
      ports: [{ host: 8888, container: 8888, address: '127.0.0.1' }, { container: 6006 }, { host: 80, container: 80, address: '::1' }],
      mounts: [
        { from: '/data', to: '/data', readOnly: true },
        { from: '/a:b', to: '/c' },
      ],
      env: { TOKEN: 'a b' },
      workdir: '/app',
      remove: true,
      command: ['python', 'train.py'],
    } as const;
    assert.equal(
      commandLine(runCommand(plan, docker)),
      "docker run -it --rm --name trainer --gpus all --shm-size 8g --ipc host --ulimit memlock=-1 --publish 127.0.0.1:8888:8888 --publish 6006 --publish '[::1]:80:80' --volume /data:/data:ro --mount type=bind,source=/a:b,target=/c --env 'TOKEN=a b' --workdir /app trainer:latest python train.py",
    );
  });

  test('names the container after the image', () => {
    assert.equal(containerNameFor('localhost:5000/team/Trainer:v1'), 'Trainer');
    assert.equal(containerNameFor('trainer@sha256:abc'), 'trainer');
    assert.equal(containerNameFor('_x'), 'x');
  });
});

describe('docker build', () => {
  test('says what to build and how to report', () => {
    const plan = {
      context: '.',
      file: 'docker/train.Dockerfile',
      tags: ['t:1'],
      target: 'gpu',
      args: { CUDA: '12.6 x' },
      secrets: ['id=hf,env=HF_TOKEN'],
    };
    assert.equal(
      commandLine(buildCommand(plan, 'rawjson')),
      "docker build --progress=rawjson --file docker/train.Dockerfile --tag t:1 --target gpu --build-arg 'CUDA=12.6 x' --secret id=hf,env=HF_TOKEN .",
    );
  });

  test('names the image after the folder, and after what the Dockerfile adds to its name', () => {
    assert.equal(defaultTag('/home/ann/My Project/', 'Dockerfile'), 'my-project:latest');
    assert.equal(defaultTag('C:\\src\\App', 'Dockerfile.gpu'), 'app-gpu:latest');
    assert.equal(defaultTag('/src/app', '/src/app/train.Dockerfile'), 'app-train:latest');
    assert.equal(defaultTag('/', 'Dockerfile'), 'image:latest');
  });

  test('knows what a tag may look like', () => {
    for (const good of ['a', 'a:1', 'localhost:5000/a/b:c', 'ghcr.io/Org'.toLowerCase(), 'a__b/c-d:V1.2']) assert.ok(isTag(good), good);
    for (const bad of ['', 'A', 'a:', 'a b', '-a', 'a/', 'a:b:c', 'a@sha256:00']) assert.ok(!isTag(bad), bad);
  });
});

describe('docker compose', () => {
  test('labels tell how a project was started, several environment files included', () => {
    const plan = planFromLabels({
      'com.docker.compose.project': 'platform',
      'com.docker.compose.project.working_dir': '/srv/platform',
      'com.docker.compose.project.config_files': '/srv/platform/compose.yaml,/srv/platform/compose.gpu.yaml',
      'com.docker.compose.project.environment_file': '/srv/a.env,/srv/b.env',
    });
    assert.ok(plan);
    assert.equal(
      commandLine(composeCommand(plan, ['down'])),
      'docker compose --file /srv/platform/compose.yaml --file /srv/platform/compose.gpu.yaml --project-name platform --project-directory /srv/platform --env-file /srv/a.env --env-file /srv/b.env down',
    );
    assert.equal(planFromLabels({}), undefined);
  });

  test('a GPU override is valid YAML that reserves the chosen devices', () => {
    const read = (text: string): unknown => parse(text);
    assert.deepEqual(read(gpuOverride(['train', 'on', 'a b'], { kind: 'devices', ids: ['0', '1'] }, '8g')), {
      services: Object.fromEntries(
        ['train', 'on', 'a b'].map((name) => [
          name,
          {
            shm_size: '8g',
            deploy: { resources: { reservations: { devices: [{ driver: 'nvidia', device_ids: ['0', '1'], capabilities: ['gpu'] }] } } },
          },
        ]),
      ),
    });
    assert.deepEqual(read(gpuOverride(['train'], { kind: 'none' })), { services: { train: {} } });
  });
});
