import {
  DidChangeConfigurationNotification,
  DidChangeWatchedFilesNotification,
  type Connection,
  type InitializeParams,
} from 'vscode-languageserver';
import {
  composeFilesNotification,
  liveNotification,
  type ComposeFilesParams,
  type InitializationOptions,
  type LiveParams,
} from '../src/protocol.ts';
import { readSettings } from '../src/settings.ts';
import { Checker } from './checker.ts';
import { OpenDocuments } from './documents.ts';
import type { Feature } from './feature.ts';
import { codeActions } from './features/codeActions.ts';
import { completion } from './features/completion.ts';
import { diagnostics } from './features/diagnostics.ts';
import { formatting } from './features/formatting.ts';
import { hover } from './features/hover.ts';
import { inlayHints } from './features/inlayHints.ts';
import { navigation } from './features/navigation.ts';
import { semanticTokens } from './features/semanticTokens.ts';
import { signatureHelp } from './features/signatureHelp.ts';
import { structure } from './features/structure.ts';
import { workspaceSymbols } from './features/workspaceSymbols.ts';
import { leavesOf } from './leaves.ts';
import { Roots } from './roots.ts';

const features: readonly Feature[] = [
  diagnostics,
  codeActions,
  hover,
  completion,
  signatureHelp,
  navigation,
  structure,
  semanticTokens,
  formatting,
  inlayHints,
  workspaceSymbols,
];

/** How long the first check waits for the client's settings. */
const patience = 1000;

/** Files whose appearance, change or end can change a finding. Braces inside braces are not understood everywhere. */
const watched: readonly string[] = [
  '**/{Dockerfile*,dockerfile*,*.Dockerfile,*.dockerfile,Containerfile*,containerfile*,*.Containerfile,*.containerfile}',
  '**/{*compose*.y*ml,*env*.y*ml,conda.y*ml,*.env,.env*,*.dockerignore,.gitignore,devcontainer.json,.devcontainer.json}',
  '**/{*requirements*.txt,*requirements*.in,constraints*.txt,constraints*.in,pyproject.toml,Pipfile,Pipfile.lock,pixi.toml,uv.toml,.python-version}',
  '**/requirements/*.{txt,in}',
  '**/{.hadolint.yaml,.hadolint.yml,*.hcl,*bake*.json,Makefile,makefile,*.mk,justfile}',
  '**/{uv.lock,poetry.lock,pdm.lock,pylock.toml,.ml-containers.yaml,.ml-containers.yml,.ml-containers.json}',
];

/** A connection at work. */
export interface Session {
  /** Call it when the client has said `initialized`. */
  readonly begin: () => void;
}

/** Wires one connection to the core, once the client has introduced itself. */
export function serve(connection: Connection, params: InitializeParams): Session {
  const roots = new Roots();
  const documents = new OpenDocuments(roots);
  const checker = new Checker((message) => {
    connection.console.error(message);
  });
  const { capabilities } = params;
  const options = (params.initializationOptions ?? {}) as InitializationOptions;
  roots.setFolders(params.workspaceFolders?.map(({ uri }) => uri) ?? []);
  if (options.settings !== undefined) roots.defaults = readSettings(options.settings);
  const asks = capabilities.workspace?.configuration === true;
  let configured: () => void = () => undefined;
  const ready = asks ? new Promise<void>((resolve) => (configured = resolve)) : Promise.resolve();
  const leaves = leavesOf(options, roots);
  const listeners: (() => void)[] = [];
  const onNews = (listener: () => void): void => void listeners.push(listener);
  for (const feature of features) feature({ connection, documents, roots, checker, capabilities, options, leaves, ready, onNews });
  const recheck = (all: boolean): void => {
    if (all) checker.epoch++;
    for (const each of listeners) each();
  };

  const gone = new AbortController();
  let named = '';

  const discover = async (): Promise<void> => {
    const changed = await Promise.all(roots.folders.map((root) => root.discover(gone.signal)));
    const uris = roots.folders.flatMap((root) => root.namedUris);
    const said: ComposeFilesParams = { uris };
    if (uris.join() !== named) void connection.sendNotification(composeFilesNotification, said);
    named = uris.join();
    if (changed.some(Boolean)) recheck(true);
  };

  const configure = async (): Promise<void> => {
    if (!asks) return;
    const folders = roots.all;
    const sections = folders.map(({ folder }) => ({ section: 'mlContainers', ...(folder && { scopeUri: `file://${encodeURI(folder)}` }) }));
    const values = await connection.workspace.getConfiguration(sections.length ? sections : [{ section: 'mlContainers' }]);
    const before = JSON.stringify(folders.map(({ settings }) => settings));
    for (const [index, root] of folders.entries()) root.settings = readSettings((values as unknown[])[index]);
    roots.defaults = readSettings((values as unknown[])[0]);
    if (before !== JSON.stringify(folders.map(({ settings }) => settings))) recheck(true);
  };

  const begin = (): void => {
    const workspace = capabilities.workspace;
    if (workspace?.didChangeConfiguration?.dynamicRegistration)
      void connection.client.register(DidChangeConfigurationNotification.type, { section: 'mlContainers' });
    if (workspace?.didChangeWatchedFiles?.dynamicRegistration)
      void connection.client.register(DidChangeWatchedFilesNotification.type, {
        watchers: watched.map((globPattern) => ({ globPattern })),
      });
    if (workspace?.workspaceFolders)
      connection.workspace.onDidChangeWorkspaceFolders(({ added, removed }) => {
        const left = new Set(removed.map(({ uri }) => uri));
        roots.setFolders([...roots.uris.filter((uri) => !left.has(uri)), ...added.map(({ uri }) => uri)]);
        documents.relocate();
        void configure();
        void discover();
      });
    const timer = new Promise((resolve) => setTimeout(resolve, patience).unref());
    void Promise.race([configure(), timer]).finally(() => {
      configured();
      void discover();
    });
  };

  connection.onDidChangeConfiguration(({ settings }) => {
    if (asks) return void configure();
    const own = (settings as { readonly mlContainers?: unknown } | null)?.mlContainers;
    roots.defaults = readSettings(own ?? settings);
    for (const root of roots.all) root.settings = roots.defaults;
    recheck(true);
  });

  let looking: NodeJS.Timeout | undefined;
  connection.onDidChangeWatchedFiles(({ changes }) => {
    // A checkout changes hundreds of files: one look at the end is enough.
    clearTimeout(looking);
    looking = setTimeout(() => {
      for (const { files } of roots.all) files.forget();
      recheck(true);
      if (changes.length) void discover();
    }, 100);
  });

  connection.onNotification(liveNotification, (live: LiveParams) => {
    checker.live = live;
    recheck(false);
  });

  connection.onShutdown(() => {
    gone.abort();
    clearTimeout(looking);
  });
  return { begin };
}
