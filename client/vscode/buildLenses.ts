import * as vscode from 'vscode';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { lensesOf } from '../build/lenses.ts';

/** Build and run above the stages of Dockerfiles that are files; not before the workspace is trusted. */
export function registerBuildLenses(): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => {
    changed.fire();
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const on = vscode.workspace.getConfiguration('mlContainers', document.uri).get<boolean>('codeLens.enabled', true);
      if (!on || !vscode.workspace.isTrusted) return [];
      return lensesOf(parseDockerfile(document.uri.fsPath, document.getText())).map(({ span, title, command, target }) => {
        const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
        const options = target === undefined ? [] : [{ options: { target } }];
        return new vscode.CodeLens(range, { title, command: `mlContainers.${command}`, arguments: [document.uri, ...options] });
      });
    },
  };
  return vscode.Disposable.from(
    changed,
    vscode.languages.registerCodeLensProvider({ language: 'dockerfile', scheme: 'file' }, provider),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mlContainers.codeLens')) fire();
    }),
  );
}
