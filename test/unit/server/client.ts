import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after } from 'node:test';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
  type ClientCapabilities,
  type Diagnostic,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
} from 'vscode-languageserver-protocol/node';
import type { InitializationOptions } from '../../../src/protocol.ts';

/** Those that a test has started and not stopped: they end with its file. */
const running = new Set<Server>();
after(() => Promise.all(Array.from(running, (server) => server.stop())));

/** The bundled server, driven over stdio as an editor drives it. */
export class Server {
  readonly folder: string;
  readonly connection: ProtocolConnection;
  readonly #child: ChildProcess;
  readonly #published: PublishDiagnosticsParams[] = [];
  #arrived: (() => void)[] = [];
  settings: unknown = {};
  /** Sent as `initializationOptions`. */
  options: InitializationOptions = {};
  /** What the server has registered after the start. */
  readonly registered: { readonly method: string; readonly registerOptions?: unknown }[] = [];
  started: InitializeResult = { capabilities: {} };

  constructor(files: Readonly<Record<string, string>> = {}) {
    running.add(this);
    this.folder = mkdtempSync(join(tmpdir(), 'ml-containers-server-'));
    for (const [path, content] of Object.entries(files)) {
      mkdirSync(dirname(join(this.folder, path)), { recursive: true });
      writeFileSync(join(this.folder, path), content);
    }
    const child = spawn(process.execPath, [resolve('dist/server.cjs'), '--stdio'], { stdio: ['pipe', 'pipe', 'inherit'] });
    this.#child = child;
    this.connection = createProtocolConnection(new StreamMessageReader(child.stdout), new StreamMessageWriter(child.stdin));
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.#published.push(params);
      for (const arrived of this.#arrived.splice(0)) arrived();
    });
    this.connection.onRequest('workspace/configuration', ({ items }: { readonly items: readonly unknown[] }) =>
      items.map(() => this.settings),
    );
    this.connection.onRequest('client/registerCapability', ({ registrations }: { readonly registrations: Server['registered'] }) => {
      this.registered.push(...registrations);
      return null;
    });
    this.connection.onRequest('workspace/diagnostic/refresh', () => null);
    this.connection.listen();
  }

  async start(capabilities: ClientCapabilities = everything): Promise<this> {
    const uri = pathToFileURL(this.folder).href;
    this.started = await this.connection.sendRequest('initialize', {
      processId: process.pid,
      rootUri: uri,
      workspaceFolders: [{ uri, name: 'test' }],
      capabilities,
      initializationOptions: this.options,
    });
    await this.connection.sendNotification('initialized', {});
    return this;
  }

  uri(path: string): string {
    return pathToFileURL(join(this.folder, path)).href;
  }

  async open(path: string, text: string, languageId = 'dockerfile', version = 1): Promise<void> {
    await this.connection.sendNotification('textDocument/didOpen', { textDocument: { uri: this.uri(path), languageId, version, text } });
  }

  async change(path: string, version: number, ...contentChanges: readonly unknown[]): Promise<void> {
    await this.connection.sendNotification('textDocument/didChange', { textDocument: { uri: this.uri(path), version }, contentChanges });
  }

  /** The diagnostics published for a version of a file, or for any state that satisfies `until`. */
  async diagnostics(path: string, until: (params: PublishDiagnosticsParams) => boolean = () => true): Promise<readonly Diagnostic[]> {
    const uri = this.uri(path);
    for (;;) {
      const found = this.#published.find((params) => params.uri === uri && until(params));
      if (found) {
        this.#published.splice(0, this.#published.indexOf(found) + 1);
        return found.diagnostics;
      }
      await new Promise<void>((arrived) => this.#arrived.push(arrived));
    }
  }

  ask<T>(method: string, path: string, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, { textDocument: { uri: this.uri(path) }, ...more });
  }

  async stop(): Promise<number | null> {
    running.delete(this);
    const ended = new Promise<number | null>((end) => this.#child.once('exit', end));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const status = await ended;
    this.connection.dispose();
    rmSync(this.folder, { recursive: true, force: true });
    return status;
  }
}

/** A client that takes diagnostics as they come and has snippets. */
export const everything: ClientCapabilities = {
  workspace: { configuration: true, workspaceFolders: true, didChangeConfiguration: { dynamicRegistration: true } },
  textDocument: {
    completion: { completionItem: { snippetSupport: true, documentationFormat: ['markdown'] } },
    codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix', 'source'] } } },
    publishDiagnostics: { versionSupport: true },
  },
};

/** The place of `|` in a text, and the text without it. */
export function cursor(marked: string): {
  readonly text: string;
  readonly position: { readonly line: number; readonly character: number };
} {
  const before = marked.slice(0, marked.indexOf('|')).split('\n');
  return { text: marked.replace('|', ''), position: { line: before.length - 1, character: before.at(-1)?.length ?? 0 } };
}
