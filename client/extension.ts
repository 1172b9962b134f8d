import * as vscode from 'vscode';
import { knowledge } from '../src/knowledge/index.ts';
import { Choices } from './choices.ts';
import type { App } from './commands/command.ts';
import { commands } from './commands/index.ts';
import { Contexts } from './engine/contexts.ts';
import { connectDocker } from './engine/dockerode.ts';
import { Store } from './engine/store.ts';
import { liveFacts } from './liveFacts.ts';
import { Logs } from './logs/logs.ts';
import { registerBuildLenses } from './vscode/buildLenses.ts';
import { editorProblems } from './vscode/buildProblems.ts';
import { registerComposeLenses } from './vscode/composeLenses.ts';
import { registerCommands } from './vscode/commands.ts';
import { createGpuTree } from './vscode/gpuTree.ts';
import { followDocuments } from './vscode/language.ts';
import { registerLogPanel } from './vscode/logPanel.ts';
import { createSidebar } from './vscode/sidebar.ts';
import { registerSnippets } from './vscode/snippets.ts';
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
  const panel = registerLogPanel(
    context.extensionUri,
    () => logs,
    () => void ui.execute('show-logs'),
  );
  const logs = new Logs(
    knowledge,
    () => ({ capacity: ui.setting('logs.lines'), tail: ui.setting('logs.tail') }),
    (session) => {
      panel.show(session);
    },
  );
  const problems = editorProblems();
  const gpus = createGpuTree({ store, ui });
  const choices = new Choices(memory);
  const app: App = { store, contexts, ui, memory, choices, logs, problems, knowledge, gpus, engine: () => store.engine() };
  const sidebar = createSidebar(app);
  context.subscriptions.push(
    output,
    pages,
    contexts,
    store,
    sidebar,
    panel,
    problems,
    gpus,
    {
      dispose: () => {
        logs.close();
      },
    },
    registerBuildLenses(),
    registerComposeLenses(app),
    registerSnippets(),
    registerCommands(commands, { app, ...sidebar }),
    followDocuments(context.asAbsolutePath('dist/server.cjs'), output, liveFacts(store)),
  );
}
