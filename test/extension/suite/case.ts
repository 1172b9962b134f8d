import * as vscode from 'vscode';

/** One thing that is tried inside VS Code; it throws when it fails, and may answer a figure worth showing. */
export interface Case {
  readonly name: string;
  /** What it looks at happens once in a window: it is not run again when it fails. */
  readonly once?: true;
  run(): Promise<unknown>;
}

/** What became of a case. */
export interface Result {
  readonly name: string;
  readonly error?: string;
  readonly note?: string;
}

export function extension(): vscode.Extension<unknown> {
  const found = vscode.extensions.getExtension('ml-containers.ml-containers');
  if (!found) throw new Error(`VS Code does not know the extension; it knows ${vscode.extensions.all.map(({ id }) => id).join(', ')}`);
  return found;
}

/** A file of the open folder. */
export function file(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (!folder) throw new Error('no folder is open');
  return vscode.Uri.joinPath(folder.uri, name);
}

export async function open(name: string): Promise<vscode.TextEditor> {
  return vscode.window.showTextDocument(await vscode.workspace.openTextDocument(file(name)));
}

/** Replaces the whole text, as typing would: without saving. */
export async function write(editor: vscode.TextEditor, text: string): Promise<void> {
  const { document } = editor;
  const all = new vscode.Range(0, 0, document.lineCount, 0);
  if (
    !(await editor.edit((edit) => {
      edit.replace(all, text);
    }))
  )
    throw new Error(`${document.fileName} could not be edited`);
}

/** Asks again at every event until the answer satisfies; the last answer is in the error. */
export async function eventually<T>(
  what: string,
  ask: () => T | PromiseLike<T>,
  satisfied: (answer: T) => boolean,
  timeout = 10_000,
): Promise<T> {
  const end = Date.now() + timeout;
  for (;;) {
    const answer = await ask();
    if (satisfied(answer)) return answer;
    if (Date.now() > end) throw new Error(`${what}: not within ${timeout / 1000} s; it is ${JSON.stringify(answer, null, 1)}`);
    await new Promise((next) => setTimeout(next, 25));
  }
}

/** A finding as it arrived in VS Code. */
export interface Shown {
  readonly rule: string;
  readonly severity: string;
  readonly text: string;
  readonly message: string;
  readonly range: vscode.Range;
}

const ruleOf = ({ code }: vscode.Diagnostic): string => String(typeof code === 'object' ? code.value : (code ?? ''));

/** Our own diagnostics of a document, with the text that each marks. */
export function shown(document: vscode.TextDocument): Shown[] {
  return vscode.languages
    .getDiagnostics(document.uri)
    .filter(({ source }) => /ml.?containers/i.test(source ?? ''))
    .map((found) => ({
      rule: ruleOf(found),
      severity: vscode.DiagnosticSeverity[found.severity],
      text: document.getText(found.range),
      message: found.message,
      range: found.range,
    }));
}

/** Waits for a rule's finding. */
export async function finding(document: vscode.TextDocument, rule: string): Promise<Shown> {
  const all = await eventually(
    `${rule} in ${document.fileName}`,
    () => shown(document),
    (now) => now.some((one) => one.rule === rule),
  );
  const found = all.find((one) => one.rule === rule);
  if (!found) throw new Error(`${rule} went away`);
  return found;
}
