import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, CompletionItem, Diagnostic, Hover } from 'vscode-languageserver-protocol';
import { cursor, Server } from './client.ts';

// Files beside Dockerfiles and Compose files, under the language ids that editors give them.

const start = (...args: ConstructorParameters<typeof Server>): Promise<Server> => new Server(...args).start();
const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
const dockerfile = 'FROM python:3.12-slim\nWORKDIR /app\nCOPY . .\nRUN pip install --no-cache-dir .\nUSER 1000\n';

test('a pyproject.toml that an image installs, and the Dockerfile follows what is typed there', async () => {
  const text = '[project]\nname = "x"\nversion = "1"\ndependencies = ["torch==2.1.0"]\n';
  const server = await start({ Dockerfile: dockerfile, 'pyproject.toml': text });
  await server.open('Dockerfile', dockerfile);
  await server.open('pyproject.toml', text, 'toml');
  assert.ok(
    codes(await server.diagnostics('Dockerfile', ({ diagnostics }) => diagnostics.length > 0)).includes('torch-python-unsupported'),
  );
  const found = await server.diagnostics('pyproject.toml', ({ diagnostics }) => diagnostics.length > 0);
  assert.deepEqual(codes(found), ['torch-python-unsupported']);
  // An empty answer would take folding by indentation away.
  assert.equal(await server.ask('textDocument/foldingRange', 'pyproject.toml'), null);
  await server.change('pyproject.toml', 2, { text: text.replace('2.1.0', '2.5.1') });
  assert.deepEqual(codes(await server.diagnostics('pyproject.toml', ({ version }) => version === 2)), []);
  const later = await server.diagnostics('Dockerfile', ({ diagnostics }) => !codes(diagnostics).includes('torch-python-unsupported'));
  assert.ok(!codes(later).includes('torch-python-unsupported'));
});

test('a .dockerignore: diagnostics, hover and completion', async () => {
  const text = 'data # the set\n';
  const server = await start({ '.dockerignore': text, 'data/a.bin': 'x'.repeat(2000), 'src/a.py': 'x' });
  await server.open('.dockerignore', text, 'ignore');
  const [found] = await server.diagnostics('.dockerignore', ({ diagnostics }) => diagnostics.length > 0);
  assert.equal(found?.code, 'dockerignore-pattern-wrong');
  const { text: second, position } = cursor('da|ta\n\n');
  await server.change('.dockerignore', 2, { text: second });
  const hover = await server.ask<Hover>('textDocument/hover', '.dockerignore', { position });
  assert.match(JSON.stringify(hover.contents), /1 file, 2 kB/);
  const items = await server.ask<readonly CompletionItem[]>('textDocument/completion', '.dockerignore', {
    position: { line: 1, character: 0 },
  });
  assert.ok(items.some(({ label }) => label === 'src/'));
  assert.ok(!items.some(({ label }) => label === 'data/'));
});

test('a devcontainer.json: its fix, and comments of its own', async () => {
  const text = '{\n  "image": "python:3.12",\n  "runArgs": ["--shm-size 8g"]\n}\n';
  const server = await start({ '.devcontainer/devcontainer.json': text });
  const path = '.devcontainer/devcontainer.json';
  await server.open(path, text, 'jsonc');
  const [found] = await server.diagnostics(path, ({ diagnostics }) => diagnostics.length > 0);
  assert.equal(found?.code, 'devcontainer-run-args');
  const actions = await server.ask<readonly CodeAction[]>('textDocument/codeAction', path, {
    range: found.range,
    context: { diagnostics: [found] },
  });
  assert.deepEqual(
    actions.slice(0, 3).map(({ title }) => title),
    ['Write two entries', 'Ignore «devcontainer-run-args» here', 'Ignore «devcontainer-run-args» in this file'],
  );
  assert.match(JSON.stringify(actions[1]?.edit), /\/\/ ml-containers: ignore devcontainer-run-args/);
  await server.change(path, 2, { text: text.replace('  "runArgs"', '  // ml-containers: ignore devcontainer-run-args\n  "runArgs"') });
  assert.deepEqual(codes(await server.diagnostics(path, ({ version }) => version === 2)), []);
});

test('rows of one’s own hold for the files of the folder while they are typed', async () => {
  const own = 'FROM registry.example.com/base:1\nRUN pip install --no-cache-dir torch==2.1.0\nUSER 1000\n';
  const rows = 'images:\n  - image: registry.example.com/base\n    basedOn: python:3.12-slim\n';
  const server = await start({ Dockerfile: own, '.ml-containers.yaml': 'images: []\n' });
  await server.open('Dockerfile', own);
  assert.ok(!codes(await server.diagnostics('Dockerfile')).includes('torch-python-unsupported'));
  await server.open('.ml-containers.yaml', 'images: []\n', 'yaml');
  await server.change('.ml-containers.yaml', 2, { text: rows });
  const found = await server.diagnostics('Dockerfile', ({ diagnostics }) => codes(diagnostics).includes('torch-python-unsupported'));
  assert.ok(found.length);
  await server.change('.ml-containers.yaml', 3, { text: `${rows}    usr: app\n` });
  const [wrong] = await server.diagnostics('.ml-containers.yaml', ({ version }) => version === 3);
  assert.match(JSON.stringify(wrong?.message), /Is «user» meant\?/);
});
