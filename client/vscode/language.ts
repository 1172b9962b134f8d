import * as vscode from 'vscode';
import { languageOf } from '../../src/core.ts';
import type { LiveFacts } from '../liveFacts.ts';
import { Recognised } from './recognised.ts';

/** Starts the language server when the first document of ours is opened. */
export function followDocuments(module: string, output: vscode.LogOutputChannel, live: LiveFacts): vscode.Disposable {
  let end: (() => Promise<void>) | undefined;
  let ended = false;
  const isOurs = ({ uri, languageId }: vscode.TextDocument): boolean =>
    ['dockerfile', 'dockercompose'].includes(languageId) || (uri.scheme === 'file' && languageOf(uri.path) !== undefined);

  // VS Code knows «Dockerfile.gpu» and takes «Dockerfile_gpu» for plain text.
  const recognised = new Recognised();
  const recognise = (document: vscode.TextDocument): void => {
    const { languageId, uri } = document;
    if (uri.scheme !== 'file' || languageOf(uri.path) !== 'dockerfile' || !recognised.isFirst(document)) return;
    if (languageId === 'plaintext') void vscode.languages.setTextDocumentLanguage(document, 'dockerfile');
  };
  const recognising = vscode.workspace.onDidOpenTextDocument(recognise);
  vscode.workspace.textDocuments.forEach(recognise);

  const start = async (): Promise<void> => {
    listening.dispose();
    try {
      const { startLanguageClient } = await import('./languageClient.ts');
      const stop = await startLanguageClient(module, output, live);
      if (ended) await stop();
      else end = stop;
    } catch (error) {
      output.error(`The language server did not start: ${String(error)}`);
    }
  };
  const listening = vscode.workspace.onDidOpenTextDocument((document) => {
    if (isOurs(document)) void start();
  });
  if (vscode.workspace.textDocuments.some(isOurs)) void start();
  return new vscode.Disposable(() => {
    ended = true;
    recognising.dispose();
    recognised.dispose();
    listening.dispose();
    void end?.();
  });
}
