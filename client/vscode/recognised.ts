import * as vscode from 'vscode';

/**
 * Documents that have been looked at for a language that their name does not say to VS Code. A chosen language is a document that is
 * closed and opened anew: who chooses one keeps it, until the file is closed.
 */
export class Recognised implements vscode.Disposable {
  readonly #uris = new Set<string>();
  readonly #closing = vscode.workspace.onDidCloseTextDocument(({ uri }) => {
    setTimeout(() => {
      if (!vscode.workspace.textDocuments.some((each) => each.uri.toString() === uri.toString())) this.#uris.delete(uri.toString());
    }, 500);
  });

  /** Whether it is the first time since the file was opened. */
  isFirst({ uri }: vscode.TextDocument): boolean {
    const known = this.#uris.has(uri.toString());
    this.#uris.add(uri.toString());
    return !known;
  }

  dispose(): void {
    this.#closing.dispose();
  }
}
