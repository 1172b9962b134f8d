import type { Memory } from './ui.ts';
import type { ViewName } from './views/names.ts';

/** What a person chose about the views of this workspace; kept over a reload, except for sizes, which age. */
export class Choices {
  readonly #memory: Memory;
  readonly #listeners = new Set<() => void>();
  #sizes: Readonly<Record<string, number>> = {};

  constructor(memory: Memory) {
    this.#memory = memory;
  }

  /** The words that rows must have to be shown; empty shows all. */
  filter(view: ViewName): string {
    const kept = this.#memory.get(`filter.${view}`);
    return typeof kept === 'string' ? kept : '';
  }

  async setFilter(view: ViewName, text: string): Promise<void> {
    await this.#memory.set(`filter.${view}`, text.trim() || undefined);
    this.#say();
  }

  /** Whether images without a name are shown. */
  get unnamedImages(): boolean {
    return this.#memory.get('unnamedImages') === true;
  }

  async setUnnamedImages(shown: boolean): Promise<void> {
    await this.#memory.set('unnamedImages', shown);
    this.#say();
  }

  /** Bytes by volume, once somebody asked for them. */
  get volumeSizes(): Readonly<Record<string, number>> {
    return this.#sizes;
  }

  setVolumeSizes(sizes: Readonly<Record<string, number>>): void {
    this.#sizes = sizes;
    this.#say();
  }

  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  #say(): void {
    for (const listener of this.#listeners) listener();
  }
}
