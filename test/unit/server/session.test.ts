import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { describe, test } from 'node:test';
import type { CodeAction, Diagnostic, Hover, SymbolInformation, TextEdit } from 'vscode-languageserver-protocol';
import { cursor, everything, Server } from './client.ts';

const start = (files?: Readonly<Record<string, string>>, capabilities = everything): Promise<Server> =>
  new Server(files).start(capabilities);

const codes = (diagnostics: readonly Diagnostic[]): unknown[] => diagnostics.map(({ code }) => code);
const range = (line: number, start: number, end: number) => ({ start: { line, character: start }, end: { line, character: end } });

function apply(text: string, edits: readonly TextEdit[]): string {
  const lines = text.split('\n');
  const at = ({ line, character }: TextEdit['range']['start']): number =>
    lines.slice(0, line).reduce((sum, each) => sum + each.length + 1, 0) + character;
  return [...edits]
    .sort((a, b) => at(b.range.start) - at(a.range.start))
    .reduce((out, { range: r, newText }) => out.slice(0, at(r.start)) + newText + out.slice(at(r.end)), text);
}

const pip = 'FROM python:3.12-slim\nRUN pip install torch==2.5.1\n';

describe('diagnostics', () => {
  test('leave alone what no person wrote, until it is smaller', async () => {
    const server = await start();
    const line = 'RUN pip install torch\n';
    await server.open('a/Dockerfile', `FROM python:latest\n${line.repeat(500_000 / line.length)}`);
    await server.open('b/Dockerfile', pip);
    assert.deepEqual(codes(await server.diagnostics('b/Dockerfile')), ['pip-cache-kept']);
    assert.equal(await server.ask('textDocument/hover', 'a/Dockerfile', { position: { line: 0, character: 7 } }), null);
    await server.change('a/Dockerfile', 2, { text: pip });
    assert.deepEqual(codes(await server.diagnostics('a/Dockerfile', ({ version }) => version === 2)), ['pip-cache-kept']);
  });

  test('come for what is open, follow each edit, and go when the file is closed', async () => {
    const server = await start();
    await server.open('Dockerfile', pip);
    assert.deepEqual(codes(await server.diagnostics('Dockerfile')), ['pip-cache-kept']);
    // "pip" → "pip3", then the option, as two changes in one message.
    await server.change('Dockerfile', 2, { range: range(1, 7, 7), text: '3' }, { range: range(1, 16, 16), text: ' --no-cache-dir' });
    assert.deepEqual(codes(await server.diagnostics('Dockerfile', ({ version }) => version === 2)), []);
    await server.change('Dockerfile', 3, { text: 'FRM python:3.12-slim\n' });
    const [wrong] = await server.diagnostics('Dockerfile', ({ version }) => version === 3);
    assert.equal(wrong?.code, 'syntax');
    assert.equal(wrong.severity, 1);
    assert.equal(wrong.source, 'ml-containers');
    await server.connection.sendNotification('textDocument/didClose', { textDocument: { uri: server.uri('Dockerfile') } });
    assert.deepEqual(await server.diagnostics('Dockerfile'), []);
  });

  test('are pulled where the client can, and say when nothing has changed', async () => {
    const server = new Server();
    await server.start({ ...everything, textDocument: { ...everything.textDocument, diagnostic: {} } });
    assert.ok(server.started.capabilities.diagnosticProvider);
    await server.open('Dockerfile', pip);
    const first = await server.ask<{ kind: string; resultId: string; items: Diagnostic[] }>('textDocument/diagnostic', 'Dockerfile');
    assert.equal(first.kind, 'full');
    assert.deepEqual(codes(first.items), ['pip-cache-kept']);
    const second = await server.ask<{ kind: string }>('textDocument/diagnostic', 'Dockerfile', { previousResultId: first.resultId });
    assert.equal(second.kind, 'unchanged');
  });

  test('keep their places in CRLF files and behind characters outside the BMP', async () => {
    const server = await start();
    await server.open('Dockerfile', '# 🐳 build\r\nFROM python:3.12-slim\r\nRUN echo 🐳 && pip install torch\r\n');
    const [found] = await server.diagnostics('Dockerfile');
    assert.deepEqual(found?.range, range(2, 15, 26));
    await server.change('Dockerfile', 2, { range: range(2, 9, 11), text: 'go' });
    assert.deepEqual((await server.diagnostics('Dockerfile', ({ version }) => version === 2))[0]?.range, range(2, 15, 26));
  });

  test('of one file follow the text of another, saved or not', async () => {
    const dockerfile = 'FROM python:3.13-slim\nRUN true\n';
    const server = await start({ Dockerfile: dockerfile, 'requirements.txt': 'torch==2.1.0\n' });
    await server.open('Dockerfile', 'FROM python:3.13-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n');
    assert.deepEqual(codes(await server.diagnostics('Dockerfile', ({ diagnostics }) => diagnostics.length > 0)), [
      'torch-python-unsupported',
    ]);
    await server.open('requirements.txt', 'torch==2.7.0\n', 'pip-requirements');
    await server.change('requirements.txt', 2, { text: 'torch==2.8.0\n' });
    assert.deepEqual(await server.diagnostics('Dockerfile'), []);
  });

  test('follow the settings without a restart', async () => {
    const server = await start();
    await server.open('Dockerfile', pip);
    assert.deepEqual(codes(await server.diagnostics('Dockerfile')), ['pip-cache-kept']);
    server.settings = { lint: { rules: { 'pip-cache-kept': 'error' } } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(
      (await server.diagnostics('Dockerfile')).map(({ severity }) => severity),
      [1],
    );
    server.settings = { lint: { rules: { 'pip-cache-kept': 'off' } } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(await server.diagnostics('Dockerfile'), []);
    server.settings = { 'lint.enabled': 'nonsense' };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    assert.deepEqual(codes(await server.diagnostics('Dockerfile')), ['pip-cache-kept']);
  });

  test('formatting leaves instructions of several lines alone where the settings say so', async () => {
    const server = await start();
    await server.open('Dockerfile', 'FROM scratch\n  COPY a \\\n  b /\n');
    const format = async (): Promise<number> =>
      (await server.ask<unknown[]>('textDocument/formatting', 'Dockerfile', { options: { insertSpaces: true, tabSize: 4 } })).length;
    assert.equal(await format(), 2);
    server.settings = { format: { ignoreMultiline: true } };
    await server.connection.sendNotification('workspace/didChangeConfiguration', { settings: null });
    // The server asks for the settings again before they count.
    for (let times = 0; times < 100 && (await format()) !== 1; times++) await new Promise((resolve) => setTimeout(resolve, 10));
    assert.equal(await format(), 1);
  });

  test('a Compose file that the editor calls YAML is ours by its name; other YAML is not', async () => {
    const server = await start();
    await server.open('notes.yaml', 'services: [\n', 'yaml');
    await server.open('compose.yaml', 'services: [\n', 'yaml');
    const [found] = await server.diagnostics('compose.yaml');
    assert.equal(found?.code, 'syntax');
    assert.deepEqual(
      await server.ask('textDocument/codeAction', 'notes.yaml', { range: range(0, 0, 1), context: { diagnostics: [] } }),
      [],
    );
  });

  test('a file that appears on disk is seen', async () => {
    const server = await start();
    await server.open('Dockerfile', 'FROM python:3.13-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n');
    assert.deepEqual(await server.diagnostics('Dockerfile'), []);
    writeFileSync(join(server.folder, 'requirements.txt'), 'torch==2.1.0\n');
    await server.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: server.uri('requirements.txt'), type: 1 }],
    });
    assert.deepEqual(codes(await server.diagnostics('Dockerfile', ({ diagnostics }) => diagnostics.length > 0)), [
      'torch-python-unsupported',
    ]);
  });
});

describe('code actions', () => {
  const actions = (server: Server, path: string, at: ReturnType<typeof range>, only?: readonly string[]): Promise<CodeAction[]> =>
    server.ask('textDocument/codeAction', path, { range: at, context: { diagnostics: [], ...(only && { only }) } });
  const edited = (server: Server, path: string, text: string, action: CodeAction | undefined): string =>
    apply(text, action?.edit?.changes?.[server.uri(path)] ?? []);

  test('a quick fix mends its finding, and comments switch it off', async () => {
    const server = await start();
    await server.open('Dockerfile', pip);
    const offered = await actions(server, 'Dockerfile', range(1, 6, 6), ['quickfix']);
    assert.deepEqual(
      offered.map(({ title, isPreferred }) => [title, isPreferred ?? false]),
      [
        ['Add --no-cache-dir', true],
        ['Ignore «pip-cache-kept» here', false],
        ['Ignore «pip-cache-kept» in this file', false],
      ],
    );
    const [fix, here, inFile] = offered;
    assert.equal(edited(server, 'Dockerfile', pip, fix), 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.5.1\n');
    for (const action of [here, inFile]) {
      const text = edited(server, 'Dockerfile', pip, action);
      assert.match(text, /# ml-containers: ignore(-file)? pip-cache-kept/);
      await server.change('Dockerfile', Math.random(), { text });
      const pulled = await actions(server, 'Dockerfile', range(2, 6, 6), ['quickfix']);
      assert.deepEqual(pulled, []);
      await server.change('Dockerfile', 2, { text: pip });
    }
  });

  test('fix all applies every safe fix at once, and a second run finds nothing', async () => {
    const server = await start();
    const text = 'FROM python:3.12-slim\nRUN pip install torch\nRUN pip install numpy\n';
    await server.open('Dockerfile', text);
    const [all, ...none] = await actions(server, 'Dockerfile', range(0, 0, 0), ['source.fixAll']);
    assert.equal(all?.kind, 'source.fixAll.mlContainers');
    assert.deepEqual(none, []);
    const fixed = edited(server, 'Dockerfile', text, all);
    assert.equal(fixed, 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch\nRUN pip install --no-cache-dir numpy\n');
    await server.change('Dockerfile', 2, { text: fixed });
    assert.deepEqual(await actions(server, 'Dockerfile', range(0, 0, 0), ['source.fixAll']), []);
  });

  test('a client that can wait for an edit is given it when the action is chosen', async () => {
    const codeAction = { ...everything.textDocument?.codeAction, dataSupport: true, resolveSupport: { properties: ['edit'] } };
    const server = await start({}, { ...everything, textDocument: { ...everything.textDocument, codeAction } });
    await server.open('Dockerfile', pip);
    const [all] = await actions(server, 'Dockerfile', range(0, 0, 0), ['source.fixAll']);
    assert.ok(all && !all.edit);
    const resolved: CodeAction = await server.connection.sendRequest('codeAction/resolve', all);
    assert.equal(resolved.kind, 'source.fixAll.mlContainers');
    assert.equal(edited(server, 'Dockerfile', pip, resolved), 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.5.1\n');
  });
});

describe('hover', () => {
  const over = async (server: Server, path: string, marked: string, languageId?: string): Promise<string> => {
    const { text, position } = cursor(marked);
    await server.open(path, text, languageId);
    const hover = await server.ask<Hover | null>('textDocument/hover', path, { position });
    return hover ? (hover.contents as { value: string }).value : '';
  };

  test('explains instructions, flags, variables, images, keys and why a rule minds', async () => {
    const server = await start();
    assert.match(await over(server, 'a/Dockerfile', 'FROM python:3.12-slim\nHEALTH|CHECK NONE\n'), /\*\*HEALTHCHECK\*\*/);
    assert.match(await over(server, 'b/Dockerfile', 'FROM a AS b\nFROM c\nCOPY --fr|om=b x y\n'), /\*\*--from\*\*/);
    assert.match(await over(server, 'c/Dockerfile', 'FROM a\nARG V=1\nENV W=$V.2\nRUN echo $W| \n'), /1\.2/);
    assert.match(await over(server, 'd/Dockerfile', 'ARG P=3.12\nFROM python:$|P-slim\n'), /3\.12/);
    assert.match(await over(server, 'e/Dockerfile', 'FROM pyt|hon:3.12-slim\n'), /Python \| 3\.12/);
    assert.match(await over(server, 'f/Dockerfile', 'FROM python:3.12-slim\nRUN pip ins|tall torch\n'), /2 to 4 GB/);
    assert.match(await over(server, 'compose.yaml', 'services:\n  a:\n    im|age: redis:7\n', 'dockercompose'), /\*\*image\*\*/);
    assert.equal(await over(server, 'g/Dockerfile', '# a com|ment\nFROM python:3.12-slim\n'), '');
  });
});

test('the network that services without one have keeps its name', async () => {
  const server = await start();
  const { text, position } = cursor('services:\n  a:\n    image: a\nnetworks:\n  def|ault:\n  front:\n');
  await server.open('compose.yaml', text, 'dockercompose');
  const asked = (at: typeof position): Promise<unknown> => server.ask('textDocument/prepareRename', 'compose.yaml', { position: at });
  assert.equal(await asked(position), null);
  assert.ok(await asked({ line: 5, character: 4 }));
  await assert.rejects(server.ask('textDocument/rename', 'compose.yaml', { position, newName: 'x' }), /«default» is the one/);
});

test('refactorings are offered by kind, and names are found in the whole workspace', async () => {
  const server = await start({
    'api/Dockerfile': 'FROM a AS builder\nFROM b\n',
    'compose.yaml': 'services:\n  trainer:\n    image: a\nvolumes:\n  data:\n',
  });
  const text = 'FROM a\nRUN a && b\n';
  await server.open('Dockerfile', text);
  const offered = await server.ask<CodeAction[]>('textDocument/codeAction', 'Dockerfile', {
    range: range(1, 8, 8),
    context: { diagnostics: [], only: ['refactor.rewrite'] },
  });
  const wrap = offered.find(({ title }) => title === 'Put each command on its own line');
  assert.ok(offered.every(({ kind }) => kind === 'refactor.rewrite'));
  assert.equal(apply(text, wrap?.edit?.changes?.[server.uri('Dockerfile')] ?? []), 'FROM a\nRUN a \\\n    && b\n');
  const names = async (query: string): Promise<readonly string[]> =>
    (await server.connection.sendRequest<SymbolInformation[]>('workspace/symbol', { query })).map(
      ({ name, location: { uri } }) => `${name} ${uri.replace(/.*\//, '')}`,
    );
  while (!(await names('')).length) await new Promise((resolve) => setTimeout(resolve, 20));
  assert.deepEqual(await names('BLD'), ['builder Dockerfile']);
  assert.deepEqual(await names('trainer'), ['trainer compose.yaml']);
});

test('a rule is switched off for a folder where its editor keeps the settings', async () => {
  const settings = '{\n  // ours\n  "mlContainers.lint.rules": { "latest-tag": "off" }\n}\n';
  const server = new Server({ '.vscode/settings.json': settings });
  server.options = { settingsFile: '.vscode/settings.json' };
  await server.start({
    ...everything,
    workspace: { ...everything.workspace, workspaceEdit: { documentChanges: true, resourceOperations: ['create'] } },
  });
  await server.open('Dockerfile', pip);
  const offered = await server.ask<CodeAction[]>('textDocument/codeAction', 'Dockerfile', {
    range: range(1, 6, 6),
    context: { diagnostics: [], only: ['quickfix'] },
  });
  const off = offered.find(({ title }) => title.startsWith('Switch «pip-cache-kept» off'));
  const [change] = off?.edit?.documentChanges ?? [];
  assert.ok(change && 'textDocument' in change && change.textDocument.uri === server.uri('.vscode/settings.json'));
  const after = apply(settings, change.edits as TextEdit[]);
  assert.match(after, /\/\/ ours/);
  assert.deepEqual(JSON.parse(after.replace('// ours', '')), {
    'mlContainers.lint.rules': { 'latest-tag': 'off', 'pip-cache-kept': 'off' },
  });
});

test('a diagnostic leads to the page of its rule', async () => {
  const server = new Server();
  server.options = { rulePages: 'file:///docs/rules' };
  await server.start({ ...everything, textDocument: { ...everything.textDocument, publishDiagnostics: { codeDescriptionSupport: true } } });
  await server.open('Dockerfile', pip);
  const [found] = await server.diagnostics('Dockerfile');
  assert.equal(found?.codeDescription?.href, `file:///docs/rules/${String(found?.code)}.md`);
});

test('hints can be switched one by one', async () => {
  const text = `ARG TAG=3.12\nFROM python:$TAG\nWORKDIR /srv\nUSER app\n${'ENV A=1\n'.repeat(8)}CMD ["serve"]\n`;
  const hints = async (settings: unknown): Promise<readonly unknown[]> => {
    const server = new Server();
    server.settings = settings;
    await server.start();
    await server.open('Dockerfile', text);
    await server.diagnostics('Dockerfile');
    return (
      await server.ask<{ readonly label: unknown }[]>('textDocument/inlayHint', 'Dockerfile', {
        range: { start: { line: 0, character: 0 }, end: { line: 99, character: 0 } },
      })
    ).map(({ label }) => label);
  };
  assert.deepEqual(await hints({}), ['python:3.12', 'as app in /srv']);
  assert.deepEqual(await hints({ hints: { images: false } }), ['as app in /srv']);
  assert.deepEqual(await hints({ hints: { userAndFolder: false } }), ['python:3.12']);
});

test('initialize is answered soon after the process starts', async () => {
  const took: number[] = [];
  for (let round = 0; round < 5; round++) {
    const begin = performance.now();
    const server = new Server();
    await server.start();
    took.push(performance.now() - begin);
    assert.equal(await server.stop(), 0);
  }
  // The goal is 150 ms on an idle machine; tests share theirs with others, so the fastest of five counts, with room.
  assert.ok(Math.min(...took) < 2000, `fastest ${Math.min(...took).toFixed(0)} ms`);
});
