import * as vscode from 'vscode';
import type { App } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { Contexts } from './engine/contexts.ts';
import { connectDocker } from './engine/dockerode.ts';
import { Store } from './engine/store.ts';
import { registerCommands } from './vscode/commands.ts';
import { followDocuments } from './vscode/language.ts';
import { createSidebar } from './vscode/sidebar.ts';
import { editorUi, Pages, workspaceMemory } from './vscode/ui.ts';

export function activate(context: vscode.ExtensionContext): void {
  const output = vscode.window.createOutputChannel('ML Containers', { log: true });
  const pages = new Pages();
  const ui = editorUi(output, pages);
  const memory = workspaceMemory(context.workspaceState);
  const chosen = memory.get('context');
  const contexts = new Contexts(typeof chosen === 'string' ? chosen : undefined);
  const store = new Store({
    connect: connectDocker,
    endpoint: () => Promise.resolve(contexts.endpoint()),
    log: (message) => {
      ui.log(message);
    },
  });
  const app: App = { store, contexts, ui, memory, engine: () => store.engine() };
  const sidebar = createSidebar(app);
  context.subscriptions.push(
    output,
    pages,
    contexts,
    store,
    sidebar,
    registerCommands(commands, { app, ...sidebar }),
    followDocuments(context.asAbsolutePath('dist/server.cjs'), output),
  );
}
