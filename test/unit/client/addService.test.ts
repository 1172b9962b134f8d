import assert from 'node:assert/strict';
import { test } from 'node:test';
import addService from '../../../client/commands/add-service.ts';
import type { App, PlainCommand } from '../../../client/commands/command.ts';
import type { Choice, FileChange } from '../../../client/ui.ts';
import { applyEdits } from '../../../src/text/text.ts';

/** An editor over files in memory, in which a person chooses the row `choose`. */
function editor(
  files: Record<string, string>,
  choose: string,
  about: { readonly active?: string; readonly folders?: readonly string[] } = {},
) {
  const said: string[] = [];
  const opened: unknown[] = [];
  const ui = {
    trusted: true,
    folders: ['/ws'],
    active: undefined,
    ...about,
    setting: () => ({}),
    read: (path: string) => Promise.resolve(files[path]),
    pick: <T>(_: string, choices: readonly Choice<T>[]) =>
      Promise.resolve(choices.find(({ label }) => label === choose || label === 'second')?.value),
    change: (changes: readonly FileChange[]) => {
      for (const { path, edits } of changes) files[path] = applyEdits(files[path] ?? '', edits);
      return Promise.resolve(true);
    },
    open: (path: string, place: unknown) => Promise.resolve(void opened.push([path, place])),
    inform: (message: string) => Promise.resolve(void said.push(message)),
    warn: (message: string) => Promise.resolve(void said.push(message)),
  };
  const run = (): Promise<void> => (addService as PlainCommand).run({ ui } as unknown as App);
  return { run, said, opened };
}

test('adds to the Compose file that is there, and passwords to .env without touching those it has', async () => {
  const files: Record<string, string> = {
    '/ws/docker-compose.yml': 'services:\n  web:\n    image: nginx:1.29.2\n',
    '/ws/.env': 'S3_ACCESS_KEY=mine',
  };
  const { run, said, opened } = editor(files, 'MLflow');
  await run();
  const line = (files['/ws/docker-compose.yml'] ?? '').split('\n').indexOf('  postgres:') + 1;
  assert.ok(line > 3);
  assert.deepEqual(opened, [['/ws/docker-compose.yml', { line }]]);
  assert.deepEqual(Object.keys(files), ['/ws/docker-compose.yml', '/ws/.env']);
  assert.match(files['/ws/docker-compose.yml'] ?? '', /^services:\n {2}web:\n[^]*\n {2}mlflow:\n/);
  assert.match(
    files['/ws/.env'] ?? '',
    /^S3_ACCESS_KEY=mine\n(?:POSTGRES_PASSWORD=[0-9a-f]{32}\nS3_SECRET_KEY=[0-9a-f]{32}\n|S3_SECRET_KEY=[0-9a-f]{32}\nPOSTGRES_PASSWORD=[0-9a-f]{32}\n)$/,
  );
  assert.match(said.join(), /^Added postgres, minio, create-bucket, mlflow to docker-compose\.yml\./);
});

test('makes compose.yaml where there is none', async () => {
  const files: Record<string, string> = {};
  await editor(files, 'Redis').run();
  assert.deepEqual(Object.keys(files), ['/ws/compose.yaml']);
});

test('leaves a file alone that cannot be read, and says why', async () => {
  const files = { '/ws/compose.yaml': 'services:\n\tweb: {}\n' };
  const { run, said } = editor(files, 'Redis');
  await run();
  assert.equal(files['/ws/compose.yaml'], 'services:\n\tweb: {}\n');
  assert.match(said.join(), /tabs/);
});

test('offers the services that the project adds', async () => {
  const files: Record<string, string> = {
    '/ws/.ml-containers.yaml': 'services:\n  - id: features\n    name: Feature store\n    images: [registry.example.com/features:2.1.0]\n',
  };
  await editor(files, 'Feature store').run();
  assert.equal(
    files['/ws/compose.yaml'],
    'services:\n  features:\n    image: registry.example.com/features:2.1.0\n    restart: unless-stopped\n',
  );
});

test('adds to the Compose file that is worked in, with its passwords beside it', async () => {
  const files: Record<string, string> = {
    '/ws/compose.yaml': 'services: {}\n',
    '/ws/deploy/compose.dev.yaml': 'services:\n  web:\n    image: nginx:1.29.2\n',
  };
  const { run, said } = editor(files, 'MLflow', { active: '/ws/deploy/compose.dev.yaml' });
  await run();
  assert.deepEqual(Object.keys(files), ['/ws/compose.yaml', '/ws/deploy/compose.dev.yaml', '/ws/deploy/.env']);
  assert.equal(files['/ws/compose.yaml'], 'services: {}\n');
  assert.match(said.join(), / to deploy\/compose\.dev\.yaml\./);
});

test('asks for which folder of several', async () => {
  const files: Record<string, string> = {};
  await editor(files, 'Redis', { folders: ['/first', '/second'], active: '/first/app.py' }).run();
  assert.deepEqual(Object.keys(files), ['/second/compose.yaml']);
});
