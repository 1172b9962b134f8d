import * as vscode from 'vscode';
import { givenBy } from '../../src/assist/besides.ts';
import { composeFilesNotification, liveNotification, type ComposeFilesParams, type InitializationOptions } from '../../src/protocol.ts';
import type { LiveFacts } from '../liveFacts.ts';
import { Recognised } from './recognised.ts';
import { LanguageClient, TransportKind, type LanguageClientOptions } from 'vscode-languageclient/node';

/** What the language server looks at. A Compose file may be plain YAML to VS Code: its name says that it is ours. */
const documents: vscode.DocumentFilter[] = [
  { scheme: 'file', language: 'dockerfile' },
  { scheme: 'untitled', language: 'dockerfile' },
  { scheme: 'file', language: 'dockercompose' },
  { scheme: 'untitled', language: 'dockercompose' },
  { scheme: 'file', language: 'yaml', pattern: '**/{compose,docker-compose}*.{yml,yaml}' },
  { scheme: 'file', pattern: '**/{requirements,constraints}*.{txt,in}' },
  { scheme: 'file', pattern: '**/requirements/*.{txt,in}' },
  { scheme: 'file', pattern: '**/{pyproject.toml,Pipfile,pixi.toml,uv.toml}' },
  { scheme: 'file', pattern: '**/*.dockerignore' },
  { scheme: 'file', pattern: '**/{devcontainer,.devcontainer}.json' },
  { scheme: 'file', pattern: '**/.ml-containers.{yaml,yml}' },
  { scheme: 'file', pattern: '**/{conda*,environment,environment[-_.]*,env,env[-_.]*}.{yml,yaml}' },
];

/** Not for people: code actions of the server end with it. */
const renameCommand = 'mlContainers.startRename';

/** Starts the language server in a process of its own; answers how to end it. */
export async function startLanguageClient(module: string, output: vscode.LogOutputChannel, live: LiveFacts): Promise<() => Promise<void>> {
  const initializationOptions: InitializationOptions = {
    leaveTo: givenBy(
      vscode.extensions.all.map(({ id }) => id),
      (setting) => vscode.workspace.getConfiguration().get(setting),
    ),
    settingsFile: '.vscode/settings.json',
    renameCommand,
    rulePages: vscode.Uri.joinPath(vscode.Uri.file(module), '../../docs/rules').toString(),
  };
  const options: LanguageClientOptions = {
    initializationOptions,
    documentSelector: documents as { scheme: string; language: string }[],
    outputChannel: output,
    diagnosticCollectionName: 'mlContainers',
    markdown: { isTrusted: false, supportHtml: false },
  };
  // What the server sends is JSON: the editor's own command wants its own kinds.
  const rename = vscode.commands.registerCommand(renameCommand, (uri: string, { line, character }: { line: number; character: number }) =>
    vscode.commands.executeCommand('editor.action.rename', [vscode.Uri.parse(uri), new vscode.Position(line, character)]),
  );
  const server = { module, transport: TransportKind.stdio };
  const client = new LanguageClient('mlContainers', 'ML Containers', { run: server, debug: server }, options);
  // VS Code takes them for plain YAML.
  const recognised = new Recognised();
  let named: ReadonlySet<string> = new Set();
  const recognise = (document: vscode.TextDocument): void => {
    if (!named.has(document.uri.toString()) || !recognised.isFirst(document)) return;
    if (document.languageId === 'yaml') void vscode.languages.setTextDocumentLanguage(document, 'dockercompose');
  };
  const opening = vscode.workspace.onDidOpenTextDocument(recognise);
  client.onNotification(composeFilesNotification, ({ uris }: ComposeFilesParams) => {
    // The server may write an address in another way than VS Code does.
    named = new Set(uris.map((uri) => vscode.Uri.parse(uri).toString()));
    vscode.workspace.textDocuments.forEach(recognise);
  });
  await client.start();
  let told = '';
  const tell = (): void => {
    const now = live.now();
    const said = JSON.stringify(now);
    if (!now || said === told) return;
    told = said;
    void client.sendNotification(liveNotification, now);
  };
  tell();
  const stop = live.listen(tell);
  return async () => {
    stop();
    rename.dispose();
    opening.dispose();
    recognised.dispose();
    await client.dispose(2000);
  };
}
