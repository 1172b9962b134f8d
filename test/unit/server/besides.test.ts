import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CompletionItem, Hover } from 'vscode-languageserver-protocol';
import { composeGlobs, givenBy, noSchemaSetting } from '../../../src/assist/besides.ts';
import { everything, Server } from './client.ts';

// Beside other extensions for the same files.

test('what another extension gives is not given twice, unless the settings want it', async () => {
  const beside = async (besideOthers: string): Promise<Server> => {
    const server = new Server();
    server.options = { leaveTo: givenBy(['ms-azuretools.vscode-containers']) };
    server.settings = { besideOthers };
    await server.start({
      ...everything,
      textDocument: { ...everything.textDocument, formatting: { dynamicRegistration: true }, completion: { completionItem: {} } },
    });
    await server.open('Dockerfile', 'FROM a\nRUN pip install --no-cache-dir x\nHEALTHCHECK NONE\n');
    await server.diagnostics('Dockerfile');
    return server;
  };
  const shared = await beside('automatic');
  assert.equal(shared.started.capabilities.documentFormattingProvider, undefined);
  assert.equal(await shared.ask('textDocument/hover', 'Dockerfile', { position: { line: 2, character: 2 } }), null);
  const labels = async (server: Server, line: number, character: number): Promise<readonly string[]> =>
    (await server.ask<CompletionItem[]>('textDocument/completion', 'Dockerfile', { position: { line, character } })).map(
      ({ label }) => label,
    );
  assert.deepEqual(await labels(shared, 2, 3), []);
  assert.ok((await labels(shared, 1, 4)).some((label) => label.startsWith('--mount')));
  const alone = await beside('everything');
  assert.ok(await alone.ask<Hover | null>('textDocument/hover', 'Dockerfile', { position: { line: 2, character: 2 } }));
  assert.ok((await labels(alone, 2, 3)).length);
  while (!alone.registered.some(({ method }) => method === 'textDocument/formatting'))
    await new Promise((resolve) => setTimeout(resolve, 20));
  const formats = shared.registered.filter(({ method }) => method === 'textDocument/formatting');
  const languages = formats.flatMap(({ registerOptions }) =>
    (registerOptions as { readonly documentSelector: readonly { readonly language: string }[] }).documentSelector.map(
      ({ language }) => language,
    ),
  );
  assert.deepEqual(languages, ['yaml'], 'to Container Tools a Compose file that the editor calls YAML is none');
});

test('of YAML, a file’s second reader says only what the first does not', async () => {
  const broken = 'services:\n  api:\n\timage: a\n';
  const twice = 'services:\n  api:\n    image: a\n    image: b\n---\nservices:\n  db:\n    image: *no\n';
  const beside = async (ids: readonly string[], languageId: string, text: string, off?: string): Promise<readonly string[]> => {
    const server = new Server();
    server.options = { leaveTo: givenBy(ids, (setting) => (setting === off ? false : undefined)) };
    await server.start();
    await server.open('compose.yaml', text, languageId);
    return (await server.diagnostics('compose.yaml')).map(({ code, range: { start } }) => `${start.line} ${String(code)}`).sort();
  };
  const redHat = 'redhat.vscode-yaml';
  const tools = 'ms-azuretools.vscode-containers';
  assert.deepEqual(await beside([], 'dockercompose', twice), ['2 latest-tag', '3 syntax', '7 syntax']);
  for (const id of ['dockercompose', 'yaml']) assert.deepEqual(await beside([redHat], id, twice), ['2 latest-tag']);
  assert.deepEqual(await beside([redHat], 'yaml', twice, 'yaml.validate'), ['2 latest-tag', '3 syntax', '7 syntax']);
  assert.deepEqual(await beside([tools], 'dockercompose', twice), ['2 latest-tag', '7 syntax']);
  const tabs = async (...how: readonly [readonly string[], string]): Promise<boolean> =>
    (await beside(...how, broken)).includes('2 syntax');
  assert.ok(await tabs([tools], 'yaml'));
  assert.ok(!(await tabs([tools], 'dockercompose')));
  assert.ok(!(await tabs(['docker.docker'], 'dockercompose')));
  // Container Tools is silent beside Docker DX, which reads YAML with no anchors followed and stops at the first mistake.
  assert.deepEqual(await beside([tools, 'docker.docker'], 'dockercompose', twice), ['2 latest-tag', '7 syntax']);
  assert.deepEqual(await beside([redHat], 'dockercompose', ''), ['0 syntax']);
});

test('beside few keys of Compose the many others are offered, beside all of them only what stands for something', async () => {
  const text = 'services:\n  api:\n    \n  db:\n    image: a\n    depends_on:\n      - \n';
  const beside = async (ids: readonly string[], languageId = 'dockercompose'): Promise<Server> => {
    const server = new Server();
    server.options = { leaveTo: givenBy(ids) };
    await server.start(everything);
    await server.open('compose.yaml', text, languageId);
    return server;
  };
  const labels = async (server: Server, line: number, character: number): Promise<readonly string[]> =>
    (await server.ask<CompletionItem[]>('textDocument/completion', 'compose.yaml', { position: { line, character } })).map(
      ({ label }) => label,
    );
  const explained = async (server: Server, line: number): Promise<boolean> =>
    (await server.ask<Hover | null>('textDocument/hover', 'compose.yaml', { position: { line, character: 5 } })) !== null;
  const few = await beside(['ms-azuretools.vscode-containers']);
  const keys = await labels(few, 2, 4);
  assert.ok(keys.includes('shm_size') && keys.includes('gpus') && !keys.includes('image'));
  assert.equal(await explained(few, 4), false);
  const all = await beside(['redhat.vscode-yaml']);
  assert.deepEqual(await labels(all, 2, 4), []);
  assert.deepEqual(await labels(all, 6, 8), ['api']);
  assert.deepEqual(await all.ask('textDocument/documentSymbol', 'compose.yaml', {}), []);
  const plain = await beside(['ms-azuretools.vscode-containers', 'docker.docker'], 'yaml');
  assert.ok((await labels(plain, 2, 4)).includes('image') && (await explained(plain, 4)));
});

test('Compose files that the YAML extension gives no schema get their keys and hovers here', () => {
  const given = (globs: unknown): readonly string[] =>
    givenBy(['redhat.vscode-yaml'], (setting) => (setting === noSchemaSetting ? globs : undefined)).dockercompose ?? [];
  for (const globs of [composeGlobs, '*compose*', ['**/*.yml', '*.yaml']])
    assert.deepEqual(given(globs), ['formatting', 'yaml', 'symbols']);
  for (const globs of [undefined, [], '**/.github/*', ['**/compose.yaml']]) assert.ok(given(globs).includes('keys'));
});
