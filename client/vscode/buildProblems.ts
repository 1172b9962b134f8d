import * as vscode from 'vscode';
import { source, positionAt } from '../../src/text/text.ts';
import type { BuildProblem, BuildProblems } from '../build/problems.ts';

/** What builds found, in the Problems panel until the file is edited or built again. */
export function editorProblems(): BuildProblems & { dispose(): void } {
  const collection = vscode.languages.createDiagnosticCollection('ml-containers-build');
  const edited = vscode.workspace.onDidChangeTextDocument(({ document, contentChanges }) => {
    if (contentChanges.length) collection.delete(document.uri);
  });
  return {
    set(path, problems) {
      const uri = vscode.Uri.file(path);
      if (!problems.length) {
        collection.delete(uri);
        return;
      }
      void vscode.workspace.openTextDocument(uri).then((document) => {
        const file = source(path, document.getText());
        collection.set(
          uri,
          problems.map((problem) => diagnostic(problem, (offset) => positionAt(file, offset))),
        );
      });
    },
    dispose() {
      edited.dispose();
      collection.dispose();
    },
  };
}

function diagnostic(
  { severity, span, message, code }: BuildProblem,
  place: (offset: number) => { readonly line: number; readonly character: number },
): vscode.Diagnostic {
  const [start, end] = [place(span.start), place(span.end)];
  const { Error, Warning } = vscode.DiagnosticSeverity;
  const made = new vscode.Diagnostic(
    new vscode.Range(start.line, start.character, end.line, end.character),
    message,
    severity === 'error' ? Error : Warning,
  );
  made.source = 'docker build';
  if (code) made.code = code.url === undefined ? code.value : { value: code.value, target: vscode.Uri.parse(code.url) };
  return made;
}
