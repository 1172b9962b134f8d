import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, TextDocumentEdit } from 'vscode-languageserver-protocol';
import { everything, Server } from './client.ts';

const server = new Server();

const compose = 'services:\n  db:\n    image: postgres:17\n    environment:\n      POSTGRES_PASSWORD: secret\n';
const at = { start: { line: 4, character: 8 }, end: { line: 4, character: 8 } };
const ask = (): Promise<CodeAction[]> =>
  server.ask('textDocument/codeAction', 'compose.yaml', { range: at, context: { diagnostics: [], only: ['refactor'] } });

test('an action that needs a new file makes it, for clients that can', async () => {
  await server.start({
    ...everything,
    workspace: { ...everything.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  });
  await server.open('compose.yaml', compose, 'dockercompose', 7);
  const action = (await ask()).find(({ title }) => title === 'Move the value of POSTGRES_PASSWORD to .env');
  const [own, create, made] = action?.edit?.documentChanges ?? [];
  assert.deepEqual((own as TextDocumentEdit).textDocument, { uri: server.uri('compose.yaml'), version: 7 });
  assert.deepEqual(create, { kind: 'create', uri: server.uri('.env'), options: { ignoreIfExists: true } });
  assert.deepEqual((made as TextDocumentEdit).edits, [
    { range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }, newText: 'POSTGRES_PASSWORD=secret\n' },
  ]);
});
