import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { CompletionTriggerKind, type CompletionItem, type CompletionList } from 'vscode-languageserver-protocol';
import { cursor, everything, Server } from './client.ts';

// What an editor is told while somebody types: lists, their ranges, and what comes out when something is taken.

const start = (files?: Readonly<Record<string, string>>, capabilities = everything): Promise<Server> =>
  new Server(files).start(capabilities);

describe('completion', () => {
  const at = async (server: Server, path: string, marked: string, languageId?: string): Promise<readonly CompletionItem[]> => {
    const { text, position } = cursor(marked);
    await server.open(path, text, languageId);
    return server.ask('textDocument/completion', path, { position });
  };
  const labels = (items: readonly CompletionItem[]): string[] => items.map(({ label }) => label);

  test('a long list has one range and says later what its items are about, where the client can', async () => {
    const server = new Server();
    const { completion } = everything.textDocument ?? {};
    await server.start({
      ...everything,
      textDocument: {
        ...everything.textDocument,
        completion: {
          completionItem: { ...completion?.completionItem, resolveSupport: { properties: ['documentation'] } },
          completionList: { itemDefaults: ['editRange'] },
        },
      },
    });
    const { text, position } = cursor('services:\n  api:\n    ima|\n');
    await server.open('compose.yaml', text, 'dockercompose');
    const { itemDefaults, items } = await server.ask<CompletionList>('textDocument/completion', 'compose.yaml', { position });
    assert.deepEqual(itemDefaults?.editRange, { start: { line: 2, character: 4 }, end: { line: 2, character: 7 } });
    const image = items.find(({ label }) => label === 'image');
    assert.ok(image?.textEdit === undefined && image?.textEditText === 'image: ' && image.documentation === undefined);
    const told = await server.connection.sendRequest<CompletionItem>('completionItem/resolve', image);
    assert.match(JSON.stringify(told.documentation), /compose-file/);
  });

  test('further lines come out as deep as they are meant, whether or not the editor moves them in as far as the first', async () => {
    const { completion } = everything.textDocument ?? {};
    const inserted = async (insertTextModeSupport?: { valueSet: [1, 2] }): Promise<unknown> => {
      const completionItem = { ...completion?.completionItem, ...(insertTextModeSupport && { insertTextModeSupport }) };
      const server = await start({}, { ...everything, textDocument: { ...everything.textDocument, completion: { completionItem } } });
      const items = await at(server, 'compose.yaml', 'services:\n  api:\n    dep|\n', 'dockercompose');
      const { textEdit, insertTextMode } = items.find(({ label }) => label === 'deploy') ?? {};
      return [textEdit?.newText, insertTextMode];
    };
    assert.deepEqual(await inserted({ valueSet: [1, 2] }), ['deploy:\n      ', 1]);
    assert.deepEqual(await inserted(), ['deploy:\n  ', undefined]);
  });

  test('what can only be one of a list is not asked for again with every key, where Enter leaves what stands there already', async () => {
    const server = new Server();
    const { completion } = everything.textDocument ?? {};
    await server.start({
      ...everything,
      textDocument: { ...everything.textDocument, completion: { ...completion, completionList: { itemDefaults: ['editRange'] } } },
    });
    const incomplete = async (path: string, marked: string, languageId: string): Promise<boolean> => {
      const { text, position } = cursor(marked);
      await server.open(path, text, languageId);
      const { isIncomplete, items } = await server.ask<CompletionList>('textDocument/completion', path, { position });
      assert.ok(items.length > 0, marked);
      return isIncomplete;
    };
    const service = 'services:\n  api:\n    ';
    assert.equal(await incomplete('a/compose.yaml', `${service}restart: a|\n`, 'dockercompose'), false);
    assert.equal(await incomplete('b/compose.yaml', `${service}rest|\n`, 'dockercompose'), false);
    assert.equal(await incomplete('a/Dockerfile', 'FROM a\nRUN npm i|\n', 'dockerfile'), false);
    assert.equal(await incomplete('c/compose.yaml', `${service}restart: a|\n`, 'yaml'), true);
    assert.equal(await incomplete('d/compose.yaml', `${service}image: p|\n`, 'dockercompose'), true);
    assert.equal(await incomplete('e/compose.yaml', `${service}shm_size: |\n`, 'dockercompose'), true);
    assert.equal(await incomplete('b/Dockerfile', 'FROM a\nRUN pip install n|\n', 'dockerfile'), true);
  });

  test('a number is not offered for one that is being typed, nor a variable for one whose brace is closed', async () => {
    const server = await start({ '.env': 'DB=x\nDB_HOST=y\n' });
    const service = 'services:\n  api:\n    ';
    assert.deepEqual(labels(await at(server, 'a/compose.yaml', `${service}shm_size: 1g|`, 'dockercompose')), []);
    assert.deepEqual(labels(await at(server, 'b/compose.yaml', `${service}shm_size: 1|`, 'dockercompose')), []);
    const found = await at(server, 'compose.yaml', `${service}command: \${DB|}`, 'dockercompose');
    assert.deepEqual(
      found.map(({ filterText }) => filterText?.includes('}')),
      [false, false],
    );
  });

  test('a word that is typed to its end is offered no longer, whatever goes on from it', async () => {
    const server = await start();
    for (const [path, marked, languageId] of [
      ['compose.yaml', 'services:\n  db:\n    image: postgres:17|\n', 'dockercompose'],
      ['a/compose.yaml', 'services:\n  db:\n    restart: always|\n', 'dockercompose'],
      ['Dockerfile', '# syntax=docker/dockerfile:1|\n', 'dockerfile'],
      ['a/Dockerfile', 'FROM python:3.12|\n', 'dockerfile'],
    ] as const) {
      const { text, position } = cursor(marked);
      await server.open(path, text, languageId);
      const ask = (triggerKind: number): Promise<CompletionItem[]> =>
        server.ask('textDocument/completion', path, { position, context: { triggerKind } });
      assert.deepEqual(await ask(CompletionTriggerKind.TriggerForIncompleteCompletions), [], marked);
      assert.ok((await ask(CompletionTriggerKind.Invoked)).length > 1, marked);
    }
  });

  test('offers instructions, flags, stages and variables where they can stand', async () => {
    const server = await start({ 'a/app.py': '' });
    assert.deepEqual(labels(await at(server, 'a/Dockerfile', 'FROM a\nWOR|')), ['WORKDIR /the/workdir/path']);
    assert.ok(labels(await at(server, 'b/Dockerfile', 'FROM a\nRUN --|')).includes('--mount=type=cache,target=/root/.cache'));
    assert.deepEqual(labels(await at(server, 'c/Dockerfile', 'FROM a AS build\nFROM b\nCOPY --from=|')), ['build']);
    assert.ok(labels(await at(server, 'd/Dockerfile', 'FROM a\nARG MODEL=x\nRUN echo $MO|')).includes('$MODEL'));
    assert.deepEqual(labels(await at(server, 'a/Other.Dockerfile', 'FROM a\nCOPY ap|')), ['app.py']);
    assert.deepEqual(labels(await at(server, 'e/Dockerfile', 'FROM a\nRUN <<EOF\nWOR|\nEOF\n')), []);
  });

  test('offers the keys of a Compose file on its top three levels', async () => {
    const server = await start();
    assert.ok(labels(await at(server, 'a/compose.yaml', '|', 'dockercompose')).includes('services'));
    const service = labels(await at(server, 'b/compose.yaml', 'services:\n  api:\n    image: a\n    |\n', 'yaml'));
    assert.ok(service.includes('healthcheck') && !service.includes('image'));
    assert.ok(labels(await at(server, 'c/compose.yaml', 'services:\n  api:\n    deploy:\n      res|', 'yaml')).includes('resources'));
    assert.deepEqual(
      labels(await at(server, 'd/compose.yaml', 'services:\n  a:\n    image: x\n  b:\n    depends_on:\n      - |', 'yaml')),
      ['a'],
    );
  });
});
