import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CodeAction, CompletionItem, Hover } from 'vscode-languageserver-protocol';
import { everything, Server } from './client.ts';

test('what a quick fix does is not offered again as another way to write it', async () => {
  const server = new Server();
  await server.start(everything);
  await server.open('compose.yaml', 'services:\n  llm:\n    image: vllm/vllm-openai:latest\n', 'dockercompose');
  const at = { start: { line: 2, character: 14 }, end: { line: 2, character: 14 } };
  const ask = (only?: readonly string[]): Promise<CodeAction[]> =>
    server.ask('textDocument/codeAction', 'compose.yaml', { range: at, context: { diagnostics: [], ...(only && { only }) } });
  const edits = (await ask()).flatMap(({ edit }) => (edit?.changes ? JSON.stringify(edit.changes) : []));
  assert.ok(edits.length > 3);
  assert.equal(new Set(edits).size, edits.length);
  assert.ok((await ask(['refactor'])).some(({ title }) => title.startsWith('Use vllm/vllm-openai:')));
});

test('an extracted ARG is named next, where the client can', async () => {
  const server = new Server();
  server.options = { renameCommand: 'client.rename' };
  await server.start(everything);
  await server.open('Dockerfile', 'FROM python:3.12-slim\n');
  const offered = await server.ask<CodeAction[]>('textDocument/codeAction', 'Dockerfile', {
    range: { start: { line: 0, character: 14 }, end: { line: 0, character: 14 } },
    context: { diagnostics: [], only: ['refactor.extract'] },
  });
  const [extract] = offered;
  assert.ok(extract);
  assert.equal(extract.title, 'Extract «3.12» to ARG PYTHON_VERSION');
  assert.deepEqual(extract.command?.command, 'client.rename');
  // `FROM python:${PYTHON_VERSION}` stands in the second line then.
  assert.deepEqual(extract.command.arguments, [server.uri('Dockerfile'), { line: 1, character: 14 }]);
});

test('a client that shows plain text alone gets it without marks, and one without tags no tags', async () => {
  const server = new Server();
  await server.start({
    ...everything,
    textDocument: {
      ...everything.textDocument,
      hover: { contentFormat: ['plaintext'] },
      completion: { completionItem: { documentationFormat: ['plaintext'] } },
    },
  });
  await server.open('Dockerfile', 'FROM python:3.12-slim\nMAINT');
  const card = await server.ask<Hover>('textDocument/hover', 'Dockerfile', { position: { line: 0, character: 1 } });
  assert.deepEqual(card.contents, {
    kind: 'plaintext',
    value:
      'FROM\n\nStarts a build stage from an image, an earlier stage, or nothing (scratch).\n\nFROM [--platform=<platform>] <image>[:<tag>|@<digest>] [AS <name>]\n\nReference (https://docs.docker.com/reference/dockerfile/#from)',
  });
  const image = await server.ask<Hover>('textDocument/hover', 'Dockerfile', { position: { line: 0, character: 8 } });
  assert.doesNotMatch(JSON.stringify(image.contents), /\*\*|`|\|/);
  const [item] = await server.ask<CompletionItem[]>('textDocument/completion', 'Dockerfile', { position: { line: 1, character: 5 } });
  assert.deepEqual(
    [item?.tags, item?.documentation],
    [undefined, { kind: 'plaintext', value: 'Deprecated: use LABEL org.opencontainers.image.authors=….' }],
  );
});
