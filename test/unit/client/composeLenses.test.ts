import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, test } from 'node:test';
import { filesWith, isFragment, type Settled } from '../../../client/build/composeFiles.ts';
import { commands } from '../../../client/commands/index.ts';
import { isFileCommand, type App } from '../../../client/commands/command.ts';
import type { Container } from '../../../client/engine/engine.ts';
import type { Ui } from '../../../client/ui.ts';
import { containersOf } from '../../../client/views/composeContainers.ts';
import { composeLensesOf } from '../../../client/views/composeLenses.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { defaultSettings, settings } from '../../../src/settings.ts';
import { scripted, type Said } from './scripted.ts';
import { container } from './things.ts';

const path = '/ws/compose.yaml';
const stack = 'services:\n  api:\n    build: .\n  db:\n    image: postgres:17\n  gpu:\n    shm_size: 8gb\n';
const member = (service: string, part: Partial<Container> = {}): Container =>
  container({
    id: `${service}${part.name ?? ''}`,
    name: `ws-${service}-1`,
    project: 'ws',
    service,
    labels: {
      'com.docker.compose.project': 'ws',
      'com.docker.compose.project.config_files': path,
      'com.docker.compose.project.working_dir': '/ws',
    },
    ...part,
  });

describe('what stands above services', () => {
  const all = settings['codeLens.compose'].default;
  const lenses = (containers: readonly Container[] | undefined, shown = all): readonly string[] => {
    const file = parseCompose(path, stack);
    return composeLensesOf({ path, file, runs: ({ node }) => !isFragment(node), containers }, shown).map(
      ({ title, service = 'all', span }) => `${file.source.text.slice(span.start, span.end)}/${service}: ${title}`,
    );
  };

  test('without an engine, everything that may make sense; a fragment has nothing', () => {
    assert.deepEqual(lenses(undefined), [
      'services/all: $(run-all) Up all',
      'services/all: Stop all',
      'services/all: Restart all',
      'services/all: Logs',
      'services/all: Build all',
      'api/api: $(run) Up',
      'api/api: Stop',
      'api/api: Restart',
      'api/api: Logs',
      'api/api: Build',
      'db/db: $(run) Up',
      'db/db: Stop',
      'db/db: Restart',
      'db/db: Logs',
    ]);
  });

  test('with an engine, what makes sense for the containers there are, and how they are', () => {
    const now = lenses([member('db', { health: 'healthy' }), member('api', { state: 'exited', exitCode: 3 }), container({ id: 'other' })]);
    assert.deepEqual(now, [
      'services/all: $(run-all) Up all',
      'services/all: Stop all',
      'services/all: Restart all',
      'services/all: Logs',
      'services/all: Build all',
      'services/all: $(layers) 1 of 2 running',
      'api/api: $(run) Up',
      'api/api: Restart',
      'api/api: Logs',
      'api/api: Build',
      'api/api: $(error) exited with 3',
      'db/db: $(run) Up',
      'db/db: Stop',
      'db/db: Restart',
      'db/db: Logs',
      'db/db: $(pass-filled) healthy',
    ]);
    assert.deepEqual(
      lenses([]).filter((lens) => !lens.includes('Up') && !lens.includes('Build')),
      [],
    );
  });

  test('each can be switched off', () => {
    const off = { up: false, stop: false, restart: false, logs: false, build: false, status: false };
    assert.deepEqual(lenses([member('db')], off), []);
    assert.deepEqual(lenses([member('db')], { ...off, status: true }), [
      'services/all: $(play-circle) running',
      'db/db: $(play-circle) running',
    ]);
  });
});

test('containers belong to a file by its path or its folder, not to a file that names another project', () => {
  const of = (file: string, project?: string): number => containersOf({ path: file, ...(project && { project }) }, [member('db')]).length;
  assert.deepEqual(
    [of(path), of('/ws/compose.gpu.yaml'), of('/ws/compose.gpu.yaml', 'other'), of(path, 'other'), of('/elsewhere/compose.yaml')],
    [1, 1, 0, 1, 0],
  );
  const windows = member('db', { labels: { 'com.docker.compose.project.config_files': 'C:\\ws\\compose.yaml' } });
  assert.equal(containersOf({ path: 'c:\\ws\\compose.yaml' }, [windows]).length, 1);
});

const settled = (files: readonly string[] = [], folder = ''): Settled => ({
  folders: [folder],
  setting: (key) => (key === 'compose.files' ? files : defaultSettings[key]) as (typeof defaultSettings)[typeof key],
});

test('a file is used with those that the settings or COMPOSE_FILE name it among, in their order', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-containers-files-'));
  try {
    const put = (name: string, text: string): string => {
      mkdirSync(dirname(join(folder, name)), { recursive: true });
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const [base, prod, gpu] = ['deploy/base.yaml', 'deploy/prod.yaml', 'gpu.yaml'].map((name) => put(name, stack));
    assert.ok(base && prod && gpu);
    const file = parseCompose(prod, stack);
    assert.deepEqual(filesWith(prod, file, settled()), [prod]);
    assert.deepEqual(filesWith(prod, file, settled(['deploy/base.yaml', 'deploy/prod.yaml', 'gpu.yaml'], folder)), [base, prod, gpu]);
    assert.deepEqual(filesWith(gpu, file, settled(['deploy/base.yaml', 'deploy/prod.yaml'], folder)), [gpu]);
    put('deploy/.env', 'COMPOSE_FILE=base.yaml:prod.yaml:../gpu.yaml\n');
    assert.deepEqual(filesWith(prod, file, settled([], folder)), [base, prod, gpu]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('a file that is laid over another is used with it', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-containers-files-'));
  try {
    const put = (name: string, text: string): string => {
      writeFileSync(join(folder, name), text);
      return join(folder, name);
    };
    const over = put('compose.gpu.yaml', 'services:\n  api:\n    shm_size: 8gb\n');
    const file = parseCompose(over, 'services:\n  api:\n    shm_size: 8gb\n');
    assert.deepEqual(filesWith(over, file, settled()), [over]);
    const base = put('compose.yaml', stack);
    assert.deepEqual(filesWith(over, file, settled()), [base, over]);
    assert.deepEqual(filesWith(base, parseCompose(base, 'services:\n  api:\n    image: a\n'), settled()), [base]);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

describe('what the lines do', () => {
  const open: App[] = [];
  afterEach(() => {
    for (const app of open.splice(0)) app.store.dispose();
  });
  const did = async (
    id: string,
    containers: readonly Container[],
    service: string,
    answers: Partial<Record<keyof Ui, unknown>> = {},
  ): Promise<Said> => {
    const command = commands.find((one) => one.id === id);
    assert.ok(command && isFileCommand(command), id);
    const { app, said } = await scripted({ containers }, { read: stack, ...answers });
    open.push(app);
    await command.run([path], app, { options: { service } });
    return said.filter(([name]) => name !== 'read');
  };

  test('stop and restart are for the containers of the service', async () => {
    const [db, api] = [member('db'), member('api', { state: 'exited' })];
    assert.deepEqual(await did('compose-stop', [db, api], 'db'), [['execute', 'stop', [db]]]);
    assert.deepEqual(await did('compose-stop', [db, api], 'api'), [['inform', 'Nothing of api runs.']]);
    assert.deepEqual(await did('compose-restart', [db, api], 'api'), [['execute', 'restart', [api]]]);
  });

  test('what the settings say about files and profiles goes to the command line', async () => {
    const [first] = await did('compose-config', [], 'api', { setting: { 'compose.profiles': ['gpu', 'tools'] } });
    const { args, cwd } = first?.[2] as { readonly args: readonly string[]; readonly cwd: string };
    assert.deepEqual(args, ['compose', '--file', 'compose.yaml', '--profile', 'gpu', '--profile', 'tools', 'config']);
    assert.equal(cwd, '/ws');
  });

  test('what has no container yet can be brought up instead', async () => {
    const said = await did('compose-restart', [], 'api', { inform: 'Compose Up' });
    assert.deepEqual(said, [
      ['inform', 'api has no container yet.', 'Compose Up'],
      ['execute', 'compose-up', path, { options: { service: 'api' } }],
    ]);
  });
});
