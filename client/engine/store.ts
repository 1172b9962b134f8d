import type { Change, Endpoint, EngineClient, ResourceKind } from './engine.ts';
import { engineError } from './failure.ts';
import { Lookups } from './lookups.ts';
import { emptySnapshot, type Snapshot } from './snapshot.ts';

/** Reaches the engine at an endpoint. */
export type Connect = (endpoint: Endpoint) => Promise<EngineClient>;

export interface StoreOptions {
  readonly connect: Connect;
  /** Where the engine is now; asked again before each attempt, because sockets come and go. */
  readonly endpoint: () => Promise<Endpoint>;
  readonly log?: (message: string) => void;
  /** Milliseconds between two attempts to reach an engine that is away. */
  readonly retry?: number;
  /** Events that come within so many milliseconds cause one list call. */
  readonly gather?: number;
}

/** Keeps what is known of an engine true: lists once, then listens to its events, and begins anew, for ever, when it goes away. */
export class Store {
  readonly #options: StoreOptions;
  readonly #listeners = new Set<(snapshot: Snapshot, before: Snapshot) => void>();
  readonly #lookups = new Lookups();
  #snapshot: Snapshot = emptySnapshot;
  #engine: EngineClient | undefined;
  #session: AbortController | undefined;
  #wake: (() => void) | undefined;
  #ended = false;

  constructor(options: StoreOptions) {
    this.#options = options;
  }

  get snapshot(): Snapshot {
    return this.#snapshot;
  }

  /** Calls on each change until the answered function is called. */
  listen(listener: (snapshot: Snapshot, before: Snapshot) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Begins, unless it has; whoever needs the engine says so. */
  start(): void {
    if (this.#session ?? this.#ended) return;
    void this.#run();
  }

  /** The engine, once it answers; waits for the first attempt only. */
  async engine(): Promise<EngineClient> {
    this.start();
    if (this.#snapshot.connection.state === 'connecting') {
      await new Promise<void>((done) => {
        const stop = this.listen(({ connection }) => {
          if (connection.state === 'connecting') return;
          stop();
          done();
        });
      });
    }
    const { connection } = this.#snapshot;
    if (connection.state === 'connected' && this.#engine) return this.#engine;
    throw engineError(connection.state === 'failed' ? { code: 'ECONNREFUSED', message: connection.message } : { message: 'No engine.' });
  }

  /** Looks again at once: the endpoint may be another, or a person has mended something. */
  reconnect(): void {
    if (!this.#session) {
      this.start();
      return;
    }
    this.#session.abort();
    this.#change({ ...emptySnapshot });
    this.#wake?.();
  }

  /** Marks things as being worked on while it lasts. What is busy already is left out of `work`. */
  async during<T extends { readonly id: string }>(subjects: readonly T[], work: (free: readonly T[]) => Promise<void>): Promise<void> {
    const free = subjects.filter(({ id }) => !this.#snapshot.busy.has(id));
    if (!free.length) return;
    const ids = free.map(({ id }) => id);
    this.#change({ busy: new Set([...this.#snapshot.busy, ...ids]) });
    try {
      await work(free);
    } finally {
      // What the engine tells by itself comes a moment later than its answer: the row would flicker.
      await this.refresh('container').catch(() => undefined);
      this.#change({ busy: new Set([...this.#snapshot.busy].filter((id) => !ids.includes(id))) });
    }
  }

  /** Lists things of a kind now. */
  async refresh(kind: ResourceKind): Promise<void> {
    const engine = this.#engine;
    if (!engine || this.#snapshot.connection.state !== 'connected') return;
    const listed = await listOf(engine, kind);
    if (engine !== this.#engine) return;
    this.#put(kind, listed);
  }

  dispose(): void {
    this.#ended = true;
    this.#session?.abort();
    this.#wake?.();
    this.#listeners.clear();
  }

  async #run(): Promise<void> {
    while (!this.#ended) {
      const session = (this.#session = new AbortController());
      let endpoint: Endpoint | undefined;
      try {
        endpoint = await this.#options.endpoint();
        this.#engine = await this.#options.connect(endpoint);
        await this.#follow(this.#engine, endpoint, session.signal);
      } catch (thrown) {
        if (!session.signal.aborted) {
          const { reason, message } = engineError(thrown);
          this.#options.log?.(`${endpoint?.host ?? 'engine'}: ${reason}: ${message}`);
          this.#change({ ...emptySnapshot, connection: { state: 'failed', ...(endpoint && { endpoint }), reason, message } });
        }
      }
      this.#engine?.close();
      this.#engine = undefined;
      this.#lookups.clear();
      if (!session.signal.aborted) await this.#pause(endpoint?.host.startsWith('ssh:') ? 5000 : (this.#options.retry ?? 1000));
    }
  }

  /** Returns or throws when the engine goes away. */
  async #follow(engine: EngineClient, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const dirty = new Set<ResourceKind>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let asking = false;
    const flush = async (): Promise<void> => {
      timer = undefined;
      if (asking || !dirty.size || signal.aborted) return;
      asking = true;
      const changed = [...dirty];
      dirty.clear();
      await Promise.all(changed.map((kind) => this.refresh(kind))).catch((error: unknown) => {
        this.#options.log?.(`list: ${engineError(error).message}`);
      });
      asking = false;
      schedule();
    };
    const schedule = (): void => {
      if (dirty.size && !timer) timer = setTimeout(() => void flush(), this.#options.gather ?? 100);
    };
    const listening = new AbortController();
    const stop = (): void => {
      listening.abort();
    };
    signal.addEventListener('abort', stop, { once: true });
    try {
      let ready: Promise<void> | undefined;
      const events = engine.changes(listening.signal, () => {
        // From here on nothing can be missed, so this is the moment to list.
        ready = this.#fill(engine, endpoint, signal);
        ready.catch(stop);
      });
      for await (const event of events) {
        for (const kind of touched(event)) dirty.add(kind);
        if (event.kind === 'container') this.#lookups.forget(event.id);
        schedule();
      }
      await ready;
    } finally {
      clearTimeout(timer);
      signal.removeEventListener('abort', stop);
    }
  }

  async #fill(engine: EngineClient, endpoint: Endpoint, signal: AbortSignal): Promise<void> {
    const [containers, images, volumes, networks] = await Promise.all([
      engine.containers(),
      engine.images(),
      engine.volumes(),
      engine.networks(),
    ]);
    if (signal.aborted) return;
    this.#change({ connection: { state: 'connected', endpoint }, containers: this.#lookups.apply(containers), images, volumes, networks });
    this.#look(engine);
    const info = await engine.info().catch(() => undefined);
    if (info && engine === this.#engine) this.#change({ connection: { state: 'connected', endpoint, info } });
  }

  #put(kind: ResourceKind, listed: Partial<Snapshot>): void {
    const engine = this.#engine;
    this.#change(listed.containers ? { containers: this.#lookups.apply(listed.containers) } : listed);
    if (kind === 'container' && engine) this.#look(engine);
  }

  /** Asks for what the list does not say, of those containers where it matters. */
  #look(engine: EngineClient): void {
    void this.#lookups.look(engine, this.#snapshot.containers, () => {
      if (engine === this.#engine) this.#change({ containers: this.#lookups.apply(this.#snapshot.containers) });
    });
  }

  #change(part: Partial<Snapshot>): void {
    if (this.#ended) return;
    const before = this.#snapshot;
    this.#snapshot = { ...before, ...part };
    for (const listener of this.#listeners) listener(this.#snapshot, before);
  }

  #pause(milliseconds: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}

async function listOf(engine: EngineClient, kind: ResourceKind): Promise<Partial<Snapshot>> {
  switch (kind) {
    case 'container':
      return { containers: await engine.containers() };
    case 'image':
      return { images: await engine.images() };
    case 'volume':
      return { volumes: await engine.volumes() };
    case 'network':
      return { networks: await engine.networks() };
  }
}

/** Which lists an event changes. Programs that run inside, and what is only read, change none. */
function touched({ kind, action }: Change): readonly ResourceKind[] {
  switch (kind) {
    case 'container':
      return /^(exec_|attach|detach|top|resize|export|copy|archive-path|extract-to-dir)/.test(action) ? [] : ['container'];
    case 'image':
      return /^(push|save)/.test(action) ? [] : ['image'];
    case 'volume':
      return /^(mount|unmount)/.test(action) ? [] : ['volume'];
    case 'network':
      return ['network', ...(/^(connect|disconnect)/.test(action) ? (['container'] as const) : [])];
  }
}
