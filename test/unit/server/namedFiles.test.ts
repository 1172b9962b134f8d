import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { WorkspaceEdit } from 'vscode-languageserver-protocol';
import { composeFilesNotification, type ComposeFilesParams } from '../../../src/protocol.ts';
import { Server } from './client.ts';

const files = {
  'compose.yaml':
    'include: [infra/stack.yml]\nservices:\n  api:\n    image: api:1\n    extends: {file: parts.yml, service: base}\n    depends_on: [db]\n',
  'infra/stack.yml': 'include: [deeper.yaml]\nservices:\n  db:\n    image: postgres:17\n',
  'infra/deeper.yaml': 'services:\n  cache:\n    image: redis:8\n',
  'parts.yml': 'services:\n  base:\n    enviroment: {A: "1"}\n',
  'other.yml': 'services:\n  base:\n    enviroment: {A: "1"}\n',
};
const server = new Server(files);

test('Compose files that others take in are some, whatever they are called', async () => {
  const told = new Promise<readonly string[]>((resolve) => {
    server.connection.onNotification(composeFilesNotification, ({ uris }: ComposeFilesParams) => {
      resolve(uris);
    });
  });
  await server.start();
  assert.deepEqual(
    [...(await told)].sort(),
    ['infra/deeper.yaml', 'infra/stack.yml', 'parts.yml'].map((path) => server.uri(path)),
  );
  await server.open('parts.yml', files['parts.yml'], 'yaml');
  const [found] = await server.diagnostics('parts.yml');
  assert.equal(found?.code, 'compose-unknown-key');
  const edit = await server.ask<WorkspaceEdit>('textDocument/rename', 'parts.yml', {
    position: { line: 1, character: 3 },
    newName: 'root',
  });
  assert.deepEqual(
    Object.keys(edit.changes ?? {}).sort(),
    ['compose.yaml', 'parts.yml'].map((path) => server.uri(path)),
  );
});
