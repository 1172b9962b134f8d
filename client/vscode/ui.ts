import * as path from 'node:path';
import * as vscode from 'vscode';
import { settings, type Settings } from '../../src/settings.ts';
import type { Choice, FileChange, InputOptions, Memory, TerminalCommand, Ui } from '../ui.ts';

const scheme = 'ml-containers';
/** Folders that hold nobody's own files. */
const aside = '**/{node_modules,.git,.venv,venv,__pycache__,.mypy_cache,.ruff_cache,.pytest_cache,.ipynb_checkpoints}/**';

/** The real editor behind `Ui`. */
export function editorUi(output: vscode.LogOutputChannel, pages: Pages): Ui {
  const ui: Ui = {
    async confirm(question, { yes, detail }) {
      const chosen = await vscode.window.showWarningMessage(question, { modal: true, ...(detail !== undefined && { detail }) }, yes);
      return chosen === yes;
    },
    async pick(title, choices, options = {}) {
      const items = choices.map(item);
      const chosen = await vscode.window.showQuickPick(items, { title, ...shared(options) });
      return chosen?.value;
    },
    async pickMany(title, choices, options = {}) {
      const items = choices.map(item);
      const { stays = false } = options;
      const chosen = await vscode.window.showQuickPick(items, { ...shared(options), title, canPickMany: true, ignoreFocusOut: stays });
      return chosen?.map(({ value }) => value);
    },
    input: (title, { value, prompt, placeholder, secret, problem }: InputOptions = {}) =>
      Promise.resolve(
        vscode.window.showInputBox({
          title,
          ignoreFocusOut: true,
          ...(value !== undefined && { value }),
          ...(prompt !== undefined && { prompt }),
          ...(placeholder !== undefined && { placeHolder: placeholder }),
          ...(secret !== undefined && { password: secret }),
          ...(problem && { validateInput: (text: string) => problem(text) }),
        }),
      ),
    progress: withProgress,
    terminal(title, command) {
      const terminal = vscode.window.createTerminal(terminalOptions(title, command));
      terminal.show();
    },
    typed(title, commandLine, folder) {
      const terminal = vscode.window.createTerminal({ name: title, ...(folder === undefined ? {} : { cwd: folder }) });
      terminal.show();
      terminal.sendText(commandLine, false);
    },
    inform: (message, ...actions) => Promise.resolve(vscode.window.showInformationMessage(message, ...actions)),
    warn: (message, ...actions) => Promise.resolve(vscode.window.showWarningMessage(message, ...actions)),
    error: (message, ...actions) => Promise.resolve(vscode.window.showErrorMessage(message, ...actions)),
    status: (message) => void vscode.window.setStatusBarMessage(message, 4000),
    async show(name, text) {
      const uri = pages.put(name, text);
      await vscode.window.showTextDocument(await vscode.workspace.openTextDocument(uri), { preview: true });
    },
    async hide(name) {
      const wanted = pageUri(name).toString();
      const tabs = vscode.window.tabGroups.all.flatMap((group) => group.tabs);
      await vscode.window.tabGroups.close(
        tabs.filter(({ input }) => input instanceof vscode.TabInputText && input.uri.toString() === wanted),
        true,
      );
    },
    async open(file, place) {
      const document = await vscode.workspace.openTextDocument(file);
      const at = place && new vscode.Position(Math.max(0, place.line - 1), Math.max(0, (place.column ?? 1) - 1));
      await vscode.window.showTextDocument(document, at ? { selection: new vscode.Range(at, at) } : {});
    },
    async read(file) {
      try {
        return (await vscode.workspace.openTextDocument(file)).getText();
      } catch {
        return undefined;
      }
    },
    async list(folder) {
      const found = await vscode.workspace.findFiles(new vscode.RelativePattern(folder, '**/*'), aside, 5000);
      return found.map(({ fsPath }) => path.relative(folder, fsPath).replaceAll('\\', '/')).sort();
    },
    change: changeFiles,
    async browse(url) {
      await vscode.env.openExternal(await vscode.env.asExternalUri(vscode.Uri.parse(url)));
    },
    copy: (text) => Promise.resolve(vscode.env.clipboard.writeText(text)),
    async choosePath(title, { kind, from }) {
      const chosen = await vscode.window.showOpenDialog({
        title,
        canSelectFiles: kind === 'file',
        canSelectFolders: kind === 'folder',
        ...(from !== undefined && { defaultUri: vscode.Uri.file(from) }),
      });
      return chosen?.[0]?.fsPath;
    },
    log: (message) => {
      output.info(message);
    },
    revealLog: () => {
      output.show(true);
    },
    setting: (key, file) => {
      const configuration = vscode.workspace.getConfiguration('mlContainers', file === undefined ? undefined : vscode.Uri.file(file));
      return configuration.get(key, settings[key].default) as Settings[typeof key];
    },
    other: (setting) => Promise.resolve(vscode.workspace.getConfiguration().get(setting)),
    async changeOther(setting, value) {
      try {
        await vscode.workspace.getConfiguration().update(setting, value, vscode.ConfigurationTarget.Global);
        return true;
      } catch {
        // The editor writes no setting that nothing has declared.
        return false;
      }
    },
    execute: (command, ...args) =>
      Promise.resolve(vscode.commands.executeCommand(/[.:]/.test(command) ? command : `mlContainers.${command}`, ...args)),
    get trusted() {
      return vscode.workspace.isTrusted;
    },
    get folders() {
      return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => uri.fsPath);
    },
    get active() {
      const uri = vscode.window.activeTextEditor?.document.uri;
      return uri?.scheme === 'file' ? uri.fsPath : undefined;
    },
  };
  return ui;
}

const shared = ({ placeholder }: { readonly placeholder?: string }) => ({
  matchOnDescription: true,
  matchOnDetail: true,
  ...(placeholder !== undefined && { placeHolder: placeholder }),
});

function item<T>({ label, value, description, detail, icon, picked }: Choice<T>): vscode.QuickPickItem & { readonly value: T } {
  return {
    label,
    value,
    ...(description !== undefined && { description }),
    ...(detail !== undefined && { detail }),
    ...(icon !== undefined && { iconPath: new vscode.ThemeIcon(icon) }),
    ...(picked !== undefined && { picked }),
  };
}

/** One workspace edit; what it changes is on the disk at once, so that what runs next finds it (`files.refactoring.autoSave`). */
async function changeFiles(changes: readonly FileChange[]): Promise<boolean> {
  const edit = new vscode.WorkspaceEdit();
  for (const { path: file, edits } of changes) {
    const uri = vscode.Uri.file(file);
    const document = await vscode.workspace.openTextDocument(uri).then(
      (found) => found,
      () => undefined,
    );
    if (document)
      for (const { span, text } of edits)
        edit.replace(uri, new vscode.Range(document.positionAt(span.start), document.positionAt(span.end)), text);
    else edit.createFile(uri, { contents: new TextEncoder().encode(edits.map(({ text }) => text).join('')) });
  }
  const done = await vscode.workspace.applyEdit(edit, { isRefactoring: true });
  const [first] = changes;
  if (done && first) await vscode.window.showTextDocument(vscode.Uri.file(first.path));
  return done;
}

function terminalOptions(title: string, { program, args, cwd, env, icon, hold = false }: TerminalCommand): vscode.TerminalOptions {
  // An empty value takes the variable away.
  const given = env && Object.fromEntries(Object.entries(env).map(([key, value]) => [key, value || null]));
  return {
    name: title,
    ...(hold && process.platform !== 'win32' ? held(program, args) : { shellPath: program, shellArgs: [...args] }),
    ...(cwd !== undefined && { cwd }),
    ...(given && { env: given }),
    iconPath: new vscode.ThemeIcon(icon ?? 'terminal'),
    isTransient: true,
  };
}

/** VS Code takes a terminal away when its program ends well; a shell around it waits for a person to have read. */
function held(program: string, args: readonly string[]): vscode.TerminalOptions {
  const script = '"$@"; code=$?; printf "\\n[ended with %s; press Enter to close]" "$code"; read -r _; exit "$code"';
  return { shellPath: '/bin/sh', shellArgs: ['-c', script, 'sh', program, ...args] };
}

/** What takes under half a second is over before anyone could read about it. */
async function withProgress<T>(
  title: string,
  work: (signal: AbortSignal, report: (message: string, percent?: number) => void) => Promise<T>,
): Promise<T> {
  const cancelled = new AbortController();
  let say: (message: string, percent?: number) => void = () => undefined;
  let last: Parameters<typeof say> | undefined;
  const working = work(cancelled.signal, (...said) => {
    last = said;
    say(...said);
  });
  const waited = new Promise<'slow'>((slow) => {
    setTimeout(() => {
      slow('slow');
    }, 500);
  });
  if (
    (await Promise.race([
      working.then(
        () => 'done' as const,
        () => 'done' as const,
      ),
      waited,
    ])) === 'slow'
  ) {
    const location = vscode.ProgressLocation.Notification;
    await vscode.window.withProgress({ location, title, cancellable: true }, async (progress, token) => {
      token.onCancellationRequested(() => {
        cancelled.abort();
      });
      let shown = 0;
      say = (message, percent) => {
        progress.report({ message, ...(percent !== undefined && { increment: Math.max(0, percent - shown) }) });
        shown = Math.max(shown, percent ?? 0);
      };
      if (last) say(...last);
      await working.catch(() => undefined);
    });
  }
  return working;
}

const pageUri = (name: string): vscode.Uri => vscode.Uri.from({ scheme, path: `/${name.replaceAll('/', '∕')}` });

/** Read-only documents that show what an engine said. */
export class Pages implements vscode.TextDocumentContentProvider, vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registered = [
    vscode.workspace.registerTextDocumentContentProvider(scheme, this),
    vscode.workspace.onDidCloseTextDocument(({ uri }) => {
      if (uri.scheme === scheme) this.#texts.delete(uri.path);
    }),
  ];
  readonly onDidChange = this.#changed.event;

  put(name: string, text: string): vscode.Uri {
    const uri = pageUri(name);
    this.#texts.set(uri.path, text);
    this.#changed.fire(uri);
    return uri;
  }

  provideTextDocumentContent({ path }: vscode.Uri): string {
    return this.#texts.get(path) ?? '';
  }

  dispose(): void {
    for (const one of this.#registered) one.dispose();
    this.#changed.dispose();
  }
}

export const workspaceMemory = (state: vscode.Memento): Memory => ({
  get: (key) => state.get(key),
  set: async (key, value) => {
    await state.update(key, value);
  },
});
