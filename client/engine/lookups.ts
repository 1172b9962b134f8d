import type { ContainerDetails } from './details.ts';
import type { Container, EngineClient } from './engine.ts';

const atOnce = 4;

interface Known {
  readonly key: string;
  readonly details: ContainerDetails;
  /** Something has happened since: shown until the newer is there. */
  readonly stale: boolean;
}

/** What `inspect` said of containers, kept as long as nothing happened to them. */
export class Lookups {
  readonly #known = new Map<string, Known>();
  #looking: Promise<void> = Promise.resolve();

  /** The containers with what is known of each. A container that nothing changed on stays the same object. */
  apply(containers: readonly Container[]): readonly Container[] {
    return containers.map((container) => {
      const known = this.#known.get(container.id);
      if (known?.key !== key(container) || container.details === known.details) return container;
      return { ...container, details: known.details };
    });
  }

  /** Asks for what is not known and matters; `found` is called at most once for each call. */
  look(engine: EngineClient, containers: readonly Container[], found: () => void): Promise<void> {
    const wanted = containers.filter((container) => matters(container) && this.#wanting(container));
    if (!wanted.length) return Promise.resolve();
    this.#looking = this.#looking.then(async () => {
      const rest = wanted.filter((container) => this.#wanting(container));
      const worker = async (): Promise<void> => {
        for (let next = rest.pop(); next; next = rest.pop()) {
          const details = await engine.details(next.id).catch(() => undefined);
          if (details) this.#known.set(next.id, { key: key(next), details, stale: false });
        }
      };
      if (!rest.length) return;
      await Promise.all(Array.from({ length: atOnce }, worker));
      found();
    });
    return this.#looking;
  }

  /** Something happened to it: what is known is asked for again. */
  forget(id: string): void {
    const known = this.#known.get(id);
    if (known) this.#known.set(id, { ...known, stale: true });
  }

  #wanting(container: Container): boolean {
    const known = this.#known.get(container.id);
    return !known || known.stale || known.key !== key(container);
  }

  clear(): void {
    this.#known.clear();
  }
}

const key = ({ state, health, exitCode }: Container): string => JSON.stringify([state, health, exitCode]);

/** GPUs of what runs, and why something ended that did not end well. */
function matters({ state, exitCode = 0 }: Container): boolean {
  return ['running', 'paused', 'restarting', 'dead'].includes(state) || (state === 'exited' && exitCode !== 0);
}
