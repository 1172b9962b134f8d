import { spawn, type ChildProcess } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** How a server is started and what it is told. */
export interface Peer {
  readonly name: string;
  readonly command: readonly string[];
  /** The language id sent with each document. */
  readonly languageId: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly initializationOptions?: unknown;
}

export interface Position {
  readonly line: number;
  readonly character: number;
}

interface Message {
  readonly id?: number;
  readonly method?: string;
  readonly params?: { readonly uri?: string; readonly version?: number; readonly items?: readonly { readonly section?: string }[] };
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

/** A language server over stdio, and the times at which its answers arrive. */
export class Client {
  readonly peer: Peer;
  /** Milliseconds from the start of the process to the answer to `initialize`. */
  started = 0;
  capabilities: Readonly<Record<string, unknown>> = {};
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, { readonly resolve: (result: unknown) => void; readonly reject: (error: Error) => void }>();
  readonly #diagnosed = new Set<(params: { readonly uri: string; readonly version: number | undefined }) => void>();
  #buffer: Buffer = Buffer.alloc(0);
  #next = 1;
  /** When the last message came, before it was decoded. */
  #arrived = 0;

  private constructor(peer: Peer) {
    this.peer = peer;
    const [program = '', ...args] = peer.command;
    const child = spawn(program, args, { stdio: ['pipe', 'pipe', 'ignore'] });
    this.#child = child;
    child.stdout.on('data', (data: Buffer) => {
      this.#read(data);
    });
    child.on('exit', (code) => {
      for (const { reject } of this.#waiting.values()) reject(new Error(`${peer.name} ended with ${code ?? 'a signal'}`));
    });
  }

  static async start(peer: Peer): Promise<Client> {
    const begin = performance.now();
    const client = new Client(peer);
    const answer = (await client.request('initialize', {
      processId: process.pid,
      rootUri: null,
      workspaceFolders: null,
      initializationOptions: peer.initializationOptions,
      capabilities: {
        workspace: { configuration: true },
        textDocument: {
          publishDiagnostics: { versionSupport: true },
          // As VS Code says it.
          completion: {
            completionItem: {
              snippetSupport: true,
              documentationFormat: ['markdown', 'plaintext'],
              insertReplaceSupport: true,
              resolveSupport: { properties: ['documentation', 'detail', 'additionalTextEdits'] },
            },
            completionList: { itemDefaults: ['commitCharacters', 'editRange', 'insertTextFormat', 'insertTextMode', 'data'] },
          },
          hover: { contentFormat: ['markdown'] },
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['quickfix'] } } },
          semanticTokens: {
            requests: { full: true },
            formats: ['relative'],
            tokenTypes: ['namespace', 'class', 'parameter', 'variable', 'property', 'macro', 'keyword', 'comment', 'string', 'operator'],
            tokenModifiers: [],
          },
        },
      },
    })) as { readonly capabilities: Readonly<Record<string, unknown>> };
    client.started = client.#arrived - begin;
    client.capabilities = answer.capabilities;
    client.notify('initialized', {});
    return client;
  }

  /** Sends a document or an edit and waits for its diagnostics; the time is in milliseconds. */
  async diagnosed(uri: string, version: number, send: () => void): Promise<number> {
    const begin = performance.now();
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => {
        this.#diagnosed.delete(heard);
        reject(new Error(`${this.peer.name} published nothing for ${uri}`));
      }, 30_000);
      const heard = (params: { readonly uri: string; readonly version: number | undefined }): void => {
        if (decodeURIComponent(params.uri) !== decodeURIComponent(uri) || (params.version ?? version) < version) return;
        clearTimeout(timer);
        this.#diagnosed.delete(heard);
        resolve();
      };
      this.#diagnosed.add(heard);
      send();
    });
    return this.#arrived - begin;
  }

  open(uri: string, text: string): Promise<number> {
    return this.diagnosed(uri, 1, () => {
      this.notify('textDocument/didOpen', { textDocument: { uri, languageId: this.peer.languageId, version: 1, text } });
    });
  }

  change(uri: string, version: number, start: Position, end: Position, text: string): Promise<number> {
    return this.diagnosed(uri, version, () => {
      this.notify('textDocument/didChange', { textDocument: { uri, version }, contentChanges: [{ range: { start, end }, text }] });
    });
  }

  close(uri: string): void {
    this.notify('textDocument/didClose', { textDocument: { uri } });
  }

  /** The time from a request to its answer. */
  async timed(method: string, params: unknown): Promise<number> {
    const begin = performance.now();
    await this.request(method, params);
    return this.#arrived - begin;
  }

  request(method: string, params: unknown): Promise<unknown> {
    const id = this.#next++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#send({ id, method, params });
    });
  }

  notify(method: string, params: unknown): void {
    this.#send({ method, params });
  }

  /** Milliseconds of processor that the server's threads have used; undefined where the system does not say. */
  processor(): number | undefined {
    try {
      const tasks = `/proc/${this.#child.pid ?? 0}/task`;
      const threads = readdirSync(tasks).map((task) => Number(readFileSync(`${tasks}/${task}/schedstat`, 'utf8').split(' ')[0]));
      return threads.reduce((sum, each) => sum + each, 0) / 1e6;
    } catch {
      return undefined;
    }
  }

  /** Resident memory in MB; undefined where the system does not say. */
  memory(): number | undefined {
    try {
      return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${this.#child.pid ?? 0}/status`, 'utf8'))?.[1]) / 1024;
    } catch {
      return undefined;
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.#child.once('exit', resolve));
    await this.request('shutdown', undefined);
    this.notify('exit', undefined);
    const timer = setTimeout(() => this.#child.kill('SIGKILL'), 2000);
    await ended;
    clearTimeout(timer);
  }

  #send(message: object): void {
    const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }));
    this.#child.stdin?.write(Buffer.concat([Buffer.from(`Content-Length: ${body.length}\r\n\r\n`), body]));
  }

  #read(data: Buffer): void {
    const now = performance.now();
    this.#buffer = Buffer.concat([this.#buffer, data]);
    for (;;) {
      const head = this.#buffer.indexOf('\r\n\r\n');
      if (head < 0) return;
      const length = Number(/content-length:\s*(\d+)/i.exec(this.#buffer.toString('latin1', 0, head))?.[1]);
      if (this.#buffer.length < head + 4 + length) return;
      const message = JSON.parse(this.#buffer.toString('utf8', head + 4, head + 4 + length)) as Message;
      this.#buffer = this.#buffer.subarray(head + 4 + length);
      this.#arrived = now;
      this.#hear(message);
    }
  }

  #hear({ id, method, params, result, error }: Message): void {
    if (method !== undefined && id !== undefined) {
      const settings = this.peer.settings ?? {};
      const answer =
        method === 'workspace/configuration' ? (params?.items ?? []).map(({ section }) => settings[section ?? ''] ?? null) : null;
      this.#send({ id, result: answer });
    } else if (method === 'textDocument/publishDiagnostics' && params?.uri !== undefined) {
      for (const heard of this.#diagnosed) heard({ uri: params.uri, version: params.version });
    } else if (id !== undefined) {
      const waiting = this.#waiting.get(id);
      this.#waiting.delete(id);
      if (error) waiting?.reject(new Error(`${this.peer.name}: ${error.message}`));
      else waiting?.resolve(result);
    }
  }
}
