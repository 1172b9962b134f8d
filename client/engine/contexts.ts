import { watch, type FSWatcher } from 'node:fs';
import type { Endpoint } from './engine.ts';
import { configFolder, currentContext, endpointOf, findContexts, surroundings, type FoundContext, type Surroundings } from './find.ts';

/** Which context the views show: the one a person chose for this workspace, else the docker command line's, followed as it changes. */
export class Contexts {
  readonly #around: Surroundings;
  readonly #listeners = new Set<() => void>();
  #chosen: string | undefined;
  #watcher: FSWatcher | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #seen: string | undefined;

  constructor(chosen: string | undefined, around: Surroundings = surroundings()) {
    this.#chosen = chosen;
    this.#around = around;
  }

  get all(): readonly FoundContext[] {
    return findContexts(this.#around);
  }

  /** The name of the one in use. A chosen one that has been deleted counts no more. */
  get current(): string {
    const chosen = this.#chosen;
    return chosen !== undefined && this.all.some(({ name }) => name === chosen) ? chosen : this.followed;
  }

  /** What the docker command line uses. */
  get followed(): string {
    return currentContext(this.#around);
  }

  endpoint(): Endpoint {
    this.#watch();
    return endpointOf(this.current, this.#around);
  }

  /** Undefined follows the docker command line again. */
  choose(name: string | undefined): void {
    this.#chosen = name === this.followed ? undefined : name;
    this.#say();
  }

  get chosen(): string | undefined {
    return this.#chosen;
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#watcher?.close();
    this.#listeners.clear();
  }

  #say(): void {
    this.#seen = this.#state();
    for (const listener of this.#listeners) listener();
  }

  #state(): string {
    return JSON.stringify([this.current, this.all]);
  }

  /** `docker context use` in a terminal writes the settings file anew: the folder is what can be watched. */
  #watch(): void {
    if (this.#watcher) return;
    this.#seen = this.#state();
    try {
      this.#watcher = watch(configFolder(this.#around), { persistent: false }, () => {
        clearTimeout(this.#timer);
        this.#timer = setTimeout(() => {
          if (this.#state() !== this.#seen) this.#say();
        }, 100);
      });
      this.#watcher.on('error', () => {
        this.#watcher?.close();
        this.#watcher = undefined;
      });
    } catch {
      // No such folder: nobody has made a context yet.
    }
  }
}
