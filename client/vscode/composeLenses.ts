import * as vscode from 'vscode';
import type { ComposeFile } from '../../src/compose/model.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { filesWith, isFragment } from '../build/composeFiles.ts';
import type { App } from '../commands/command.ts';
import { composeLensesOf } from '../views/composeLenses.ts';

/** A blank behind an icon is not shown, one that does not break is. */
const spaced = (title: string): string => title.replace(/^(\$\([\w-]+\)) /, '$1\u00a0');

/** What can be done with the services of Compose files that are files, and how they are; not before the workspace is trusted. */
export function registerComposeLenses({ store, contexts, ui }: Pick<App, 'store' | 'contexts' | 'ui'>): vscode.Disposable {
  const changed = new vscode.EventEmitter<void>();
  const fire = (): void => {
    changed.fire();
  };
  const parsed = new WeakMap<vscode.TextDocument, { readonly version: number; readonly file: ComposeFile }>();
  const read = (document: vscode.TextDocument): ComposeFile => {
    const known = parsed.get(document);
    if (known?.version === document.version) return known.file;
    const file = parseCompose(document.uri.fsPath, document.getText());
    parsed.set(document, { version: document.version, file });
    return file;
  };
  const provider: vscode.CodeLensProvider = {
    onDidChangeCodeLenses: changed.event,
    provideCodeLenses(document) {
      const path = document.uri.fsPath;
      if (!ui.setting('codeLens.enabled', path) || !ui.trusted) return [];
      const shown = ui.setting('codeLens.compose', path);
      // An engine behind SSH may ask for a password: it is reached when a person opens a view.
      if (shown.status && !contexts.endpoint().host.startsWith('ssh:')) store.start();
      const { connection, containers } = store.snapshot;
      const file = read(document);
      // Of several files another one may say what a service runs.
      const several = filesWith(path, file, ui).length > 1;
      const source = {
        path,
        file,
        runs: ({ node }: { readonly node: Parameters<typeof isFragment>[0] }) => several || !isFragment(node),
        containers: connection.state === 'connected' ? containers : undefined,
      };
      return composeLensesOf(source, shown).map(({ span, title, tooltip, command, service }) => {
        const range = new vscode.Range(document.positionAt(span.start), document.positionAt(span.end));
        const options = service === undefined ? [] : [{ options: { service } }];
        return new vscode.CodeLens(range, {
          title: spaced(title),
          tooltip,
          command: `mlContainers.${command}`,
          arguments: [document.uri, ...options],
        });
      });
    },
  };
  const stop = store.listen((now, before) => {
    if (now.containers !== before.containers || now.connection.state !== before.connection.state) fire();
  });
  return vscode.Disposable.from(
    changed,
    new vscode.Disposable(stop),
    vscode.languages.registerCodeLensProvider(
      [
        { language: 'dockercompose', scheme: 'file' },
        { language: 'yaml', scheme: 'file', pattern: '**/{compose,docker-compose}*.{yml,yaml}' },
      ],
      provider,
    ),
    vscode.workspace.onDidGrantWorkspaceTrust(fire),
    vscode.workspace.onDidChangeConfiguration((event) => {
      if (event.affectsConfiguration('mlContainers.codeLens')) fire();
    }),
  );
}
