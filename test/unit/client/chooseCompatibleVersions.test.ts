import assert from 'node:assert/strict';
import { test } from 'node:test';
import choose from '../../../client/commands/choose-compatible-versions.ts';
import type { App, FileCommand } from '../../../client/commands/command.ts';
import type { Choice, FileChange } from '../../../client/ui.ts';
import { knowledge } from '../../../src/knowledge/index.ts';
import { applyEdits } from '../../../src/text/text.ts';

/** An editor over files in memory, in which a person picks the rows that begin like this, one after the other. */
function editor(files: Record<string, string>, picks: readonly string[]) {
  const asked: string[][] = [];
  const said: string[] = [];
  const left = [...picks];
  let edits = 0;
  const ui = {
    list: (folder: string) =>
      Promise.resolve(
        Object.keys(files)
          .filter((path) => path.startsWith(`${folder}/`))
          .map((path) => path.slice(folder.length + 1)),
      ),
    read: (path: string) => Promise.resolve(files[path]),
    pick: <T>(_: string, choices: readonly Choice<T>[]) => {
      asked.push(choices.map(({ label, description = '' }) => `${label} ${description}`.trim()));
      const wanted = left.shift();
      return Promise.resolve(
        choices.find(({ label, description = '' }) => wanted !== undefined && `${label} ${description}`.startsWith(wanted))?.value,
      );
    },
    change: (changes: readonly FileChange[]) => {
      edits++;
      for (const { path, edits: each } of changes) files[path] = applyEdits(files[path] ?? '', each);
      return Promise.resolve(true);
    },
    inform: (message: string) => (said.push(message), Promise.resolve(undefined)),
  };
  const store = { snapshot: { connection: { state: 'stopped' } } };
  const run = async (path: string): Promise<number> => {
    await (choose as FileCommand).run([path], { ui, store, knowledge } as unknown as App);
    return edits;
  };
  return { run, asked, said };
}

const folder = (): Record<string, string> => ({
  '/ws/train/Dockerfile': 'FROM python:3.10-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n',
  '/ws/train/requirements.txt': 'torch==2.1.0\n',
  '/ws/serve/requirements.txt': 'torch==2.1.0\n',
});
const rows = ['PyTorch', '2.9.1', 'NVIDIA GPU', 'Python 3.12 · CUDA 13.0'];

test('from the Dockerfile or from its requirements, FROM, pin and index change in one edit, and no other folder', async () => {
  for (const path of ['/ws/train/Dockerfile', '/ws/train/requirements.txt']) {
    const files = folder();
    const { run, asked, said } = editor(files, rows);
    assert.equal(await run(path), 1);
    assert.deepEqual(files, {
      '/ws/train/Dockerfile':
        'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --extra-index-url https://download.pytorch.org/whl/cu130 --no-cache-dir -r requirements.txt\n',
      '/ws/train/requirements.txt': 'torch==2.9.1\n',
      '/ws/serve/requirements.txt': 'torch==2.1.0\n',
    });
    assert.equal(asked[0]?.[0], 'PyTorch now 2.1.0');
    assert.deepEqual(said, ['Changed Dockerfile and requirements.txt.']);
    assert.equal(await editor(files, rows).run(path), 0, 'a second time there is nothing to change');
  }
});

test('nothing changes when a question is left open', async () => {
  for (const picks of [[], rows.slice(0, 1), rows.slice(0, 2), rows.slice(0, 3)]) {
    const files = folder();
    assert.equal(await editor(files, picks).run('/ws/train/Dockerfile'), 0);
    assert.deepEqual(files, folder());
  }
});

test('requirements with two Dockerfiles beside them ask which', async () => {
  const files: Record<string, string> = {
    ...folder(),
    '/ws/train/Dockerfile.gpu': 'FROM python:3.10\nRUN pip install -r requirements.txt\n',
  };
  const { run, asked } = editor(files, ['Dockerfile.gpu', ...rows]);
  assert.equal(await run('/ws/train/requirements.txt'), 1);
  assert.deepEqual(asked[0], ['Dockerfile', 'Dockerfile.gpu']);
  assert.match(files['/ws/train/Dockerfile.gpu'] ?? '', /^FROM python:3\.12\n/);
  assert.match(files['/ws/train/Dockerfile'] ?? '', /^FROM python:3\.10-slim\n/);
});
