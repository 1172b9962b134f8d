import type { Change, EngineClient, Resource, ResourceKind, Resources } from './engine.ts';
import { EngineError } from './engine.ts';

/** What is known of one kind of resource. While the engine is away the last list stays, marked as failed. */
export interface Listing<K extends ResourceKind = ResourceKind> {
  readonly state: 'loading' | 'ready' | 'failed';
  readonly items: readonly Resources[K][];
  readonly error?: EngineError;
}

const kinds: readonly ResourceKind[] = ['container', 'image', 'volume', 'network'];
// Events of execs and health probes change nothing that is listed, except a health status.
const noise = /^(?:exec_|top|attach|detach|resize|archive-path|copy|export)/;
const quickest = 250;
const slowest = 2000;
const gather = 40;

/**
 * The engine's resources, kept true by its events. Lists once, then again only for what an event names; reconnects for ever, at most
 * two seconds apart. Nothing is asked while nothing changes.
 */
export class Store {
  readonly #engine: EngineClient;
  readonly #listings = new Map<ResourceKind, Listing>(kinds.map((kind) => [kind, { state: 'loading', items: [] }]));
  readonly #listeners = new Set<(kind: ResourceKind) => void>();
  readonly #changeListeners = new Set<(change: Change) => void>();
  readonly #running = new Map<ResourceKind, Promise<void>>();
  readonly #again = new Set<ResourceKind>();
  readonly #end = new AbortController();
  #wake: (() => void) | undefined;

  constructor(engine: EngineClient) {
    this.#engine = engine;
  }

  get engine(): EngineClient {
    return this.#engine;
  }

  listing<K extends ResourceKind>(kind: K): Listing<K> {
    return this.#listings.get(kind) as Listing<K>;
  }

  /** Calls back whenever a listing has changed; the function returned ends it. */
  onChange(listener: (kind: ResourceKind) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Calls back for every event of the engine. */
  onEvent(listener: (change: Change) => void): () => void {
    this.#changeListeners.add(listener);
    return () => void this.#changeListeners.delete(listener);
  }

  /** Begins to follow the engine. */
  start(): void {
    void this.#follow();
  }

  /** Asks again now, and tries to connect at once when the engine was away. */
  async refresh(): Promise<void> {
    this.#wake?.();
    await Promise.all(kinds.map((kind) => this.#list(kind)));
  }

  dispose(): void {
    this.#end.abort();
    this.#wake?.();
    this.#listeners.clear();
    this.#changeListeners.clear();
  }

  async #follow(): Promise<void> {
    const { signal } = this.#end;
    let pause = quickest;
    while (!signal.aborted) {
      try {
        // Listing begins once events flow, so nothing can fall between the two.
        const opened = (): void => {
          pause = quickest;
          for (const kind of kinds) void this.#list(kind);
        };
        for await (const change of this.#engine.changes(signal, opened)) this.#changed(change);
        this.#failed(new EngineError('unreachable', 'The engine closed the connection.'));
      } catch (error) {
        this.#failed(
          error instanceof EngineError ? error : new EngineError('failed', error instanceof Error ? error.message : String(error)),
        );
      }
      if (this.#aborted(signal)) return;
      await this.#sleep(pause);
      pause = Math.min(pause * 2, slowest);
    }
  }

  #aborted(signal: AbortSignal): boolean {
    return signal.aborted;
  }

  #changed(change: Change): void {
    for (const listener of this.#changeListeners) listener(change);
    if (noise.test(change.action)) return;
    void this.#list(change.kind);
  }

  /** Lists one kind. Calls while one is under way lead to one more afterwards, however many they are. */
  #list(kind: ResourceKind): Promise<void> {
    const running = this.#running.get(kind);
    if (running) {
      this.#again.add(kind);
      return running;
    }
    const work = this.#listNow(kind).finally(() => {
      this.#running.delete(kind);
      if (this.#again.delete(kind) && !this.#end.signal.aborted) void this.#list(kind);
    });
    this.#running.set(kind, work);
    return work;
  }

  async #listNow(kind: ResourceKind): Promise<void> {
    // A start is several events; they are answered by one list.
    await new Promise((resolve) => setTimeout(resolve, gather));
    if (this.#end.signal.aborted) return;
    try {
      this.#set(kind, { state: 'ready', items: await this.#ask(kind) });
    } catch (error) {
      const known = error instanceof EngineError ? error : new EngineError('failed', String(error));
      this.#set(kind, { state: 'failed', items: this.listing(kind).items, error: known });
    }
  }

  #ask(kind: ResourceKind): Promise<readonly Resource[]> {
    switch (kind) {
      case 'container':
        return this.#engine.containers();
      case 'image':
        return this.#engine.images();
      case 'volume':
        return this.#engine.volumes();
      case 'network':
        return this.#engine.networks();
    }
  }

  #failed(error: EngineError): void {
    if (this.#end.signal.aborted) return;
    for (const kind of kinds) this.#set(kind, { state: 'failed', items: [], error });
  }

  #set(kind: ResourceKind, listing: Listing): void {
    if (this.#end.signal.aborted) return;
    const before = this.#listings.get(kind);
    this.#listings.set(kind, listing);
    if (JSON.stringify(before) === JSON.stringify(listing)) return;
    for (const listener of this.#listeners) listener(kind);
  }

  #sleep(milliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, milliseconds);
      this.#wake = done;
      function done(): void {
        clearTimeout(timer);
        resolve();
      }
    });
  }
}
