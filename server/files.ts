import { readFileSync, readdirSync, statSync, type Stats } from 'node:fs';
import { decoded } from '../machine/decoded.ts';
import type { Files } from '../src/lint/rule.ts';

const largest = 4 * 1024 * 1024;

/** Milliseconds for which what the disk said is believed: the keys of one word need not ask for the same twenty files each. */
const believed = 1000;

/**
 * The files of a folder as rules see them: what is open in the editor first, then the disk.
 * Within one pass (see `begin`), and in those right after it, a file is looked at once; its text is read again only when its time or
 * size has changed.
 */
export class DiskFiles implements Files {
  readonly #folder: string | undefined;
  readonly #open = new Map<string, string>();
  readonly #texts = new Map<string, { readonly time: number; readonly size: number; readonly text: string }>();
  #stats = new Map<string, Stats | undefined>();
  #lists = new Map<string, readonly string[] | undefined>();
  #read = new Set<string>();
  #looked = -believed;
  /** How often something became another, of all files and of each that is open. */
  #changes = 0;
  readonly #changesOf = new Map<string, number>();

  constructor(folder: string | undefined) {
    this.#folder = folder;
  }

  /** Starts a pass. Returns the set that will hold every path asked about, with those of an earlier pass that is gone on with. */
  begin(earlier?: Set<string>): Set<string> {
    const afresh = performance.now() - this.#looked > believed;
    if (afresh) this.forget();
    return (this.#read = afresh || !earlier ? new Set() : earlier);
  }

  /** The same number as long as nothing has changed but one file. */
  stateBeside(path: string): number {
    return this.#changes - (this.#changesOf.get(path) ?? 0);
  }

  /** Has the disk looked at afresh: files are known to have changed. */
  forget(): void {
    this.#stats = new Map();
    this.#lists = new Map();
    this.#looked = performance.now();
    this.#changes++;
  }

  setOpen(path: string, text: string | undefined): void {
    this.#changes++;
    this.#changesOf.set(path, (this.#changesOf.get(path) ?? 0) + 1);
    if (text === undefined) {
      this.#open.delete(path);
      this.#stats.delete(path);
    } else this.#open.set(path, text);
  }

  read(path: string): string | undefined {
    this.#read.add(path);
    const open = this.#open.get(path);
    if (open !== undefined) return open;
    const about = this.#stat(path);
    if (!about?.isFile() || about.size > largest) return undefined;
    const known = this.#texts.get(path);
    if (known?.time === about.mtimeMs && known.size === about.size) return known.text;
    try {
      const text = decoded(readFileSync(this.#on(path)));
      this.#texts.set(path, { time: about.mtimeMs, size: about.size, text });
      return text;
    } catch {
      return undefined;
    }
  }

  exists(path: string): boolean {
    this.#read.add(path);
    return this.#open.has(path) || this.#stat(path) !== undefined;
  }

  list(path: string): readonly string[] | undefined {
    this.#read.add(path);
    if (this.#folder === undefined) return undefined;
    if (!this.#lists.has(path)) this.#lists.set(path, names(this.#on(path)));
    return this.#lists.get(path);
  }

  size(path: string): number | undefined {
    this.#read.add(path);
    return this.#stat(path)?.size;
  }

  #on(path: string): string {
    return path.startsWith('/') ? path : `${this.#folder ?? ''}/${path}`;
  }

  #stat(path: string): Stats | undefined {
    if (this.#folder === undefined) return undefined;
    if (!this.#stats.has(path)) this.#stats.set(path, statOf(this.#on(path)));
    return this.#stats.get(path);
  }
}

function statOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch {
    // A path through a file, or one that may not be read, is as good as absent.
    return undefined;
  }
}

function names(path: string): readonly string[] | undefined {
  try {
    return readdirSync(path, { withFileTypes: true }).map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
  } catch {
    return undefined;
  }
}
