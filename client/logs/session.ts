import { fold, openColours } from '../../src/text/terminal.ts';
import type { LogEntry, LogLine } from './line.ts';
import type { LogHead, LogSourceLabel } from './protocol.ts';
import { Ring } from './ring.ts';

/** Who shows a log. */
export interface LogListener {
  head(head: LogHead): void;
  lines(lines: readonly LogLine[]): void;
  open(lines: readonly LogEntry[]): void;
  cleared(next: number): void;
}

/** What is known of a line's meaning; asked of each new line, so it has to be quick. */
export type Recognise = (text: string) => string | undefined;

/** Of a burst of lines only so many of the last are looked at for known errors. */
const looked = 2000;
// Colours of the theme that tell names apart; black and white are the text's own.
const nameColors = [6, 2, 5, 3, 4, 1, 14, 10, 13, 11, 12, 9];

/** A log that is shown: its lines, its sources, and how it does. Whoever makes it closes it. */
export class LogSession {
  readonly #ring: Ring;
  readonly #listeners = new Set<LogListener>();
  readonly #recognise: Recognise;
  readonly #quoted = new WeakSet<LogEntry>();
  readonly #ended = new AbortController();
  /** Colours that a source left on, by source and stream. */
  readonly #colours = new Map<string, string>();
  readonly #open = new Map<number, LogEntry>();
  #head: LogHead;
  #batch: LogEntry[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(head: Pick<LogHead, 'log' | 'title' | 'capacity'>, recognise: Recognise = () => undefined) {
    this.#head = { ...head, sources: [], state: 'waiting' };
    this.#ring = new Ring(head.capacity);
    this.#recognise = recognise;
  }

  get head(): LogHead {
    return this.#head;
  }
  get lines(): Ring {
    return this.#ring;
  }
  /** Aborted when the log is closed. */
  get signal(): AbortSignal {
    return this.#ended.signal;
  }

  listen(listener: LogListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Says how the log does; `note` undefined takes an earlier note away. */
  state(state: LogHead['state'], note?: string): void {
    const { note: _, ...rest } = this.#head;
    this.#changed({ ...rest, state, ...(note !== undefined && { note }) });
  }

  /** The index of a source, which is new when nobody had that name. */
  source(name: string): number {
    const { sources } = this.#head;
    const known = sources.findIndex((source) => source.name === name);
    if (known !== -1) return known;
    const label: LogSourceLabel = { name, color: nameColors[sources.length % nameColors.length] ?? 6 };
    this.#changed({ ...this.#head, sources: [...sources, label] });
    return sources.length;
  }

  /** A line as it was written; a `quoted` one repeats a command or a file, so that an error in it is none. */
  write(line: {
    readonly source: number;
    readonly stream: 'out' | 'err';
    readonly time?: string;
    readonly text: string;
    readonly quoted?: boolean;
  }): void {
    const key = `${line.source}/${line.stream}`;
    const before = this.#colours.get(key) ?? '';
    const text = before + fold(line.text);
    const after = openColours(text);
    if (after) this.#colours.set(key, after);
    else this.#colours.delete(key);
    const entry: LogEntry = { kind: line.stream, source: line.source, text, ...(line.time !== undefined && { time: line.time }) };
    if (line.quoted) this.#quoted.add(entry);
    this.#push(entry);
  }

  /** A word of our own between the lines. */
  mark(text: string, options: { readonly source?: number; readonly time?: string; readonly known?: string } = {}): void {
    const { source = 0, ...rest } = options;
    this.#push({ kind: 'mark', source, text, ...rest });
  }

  /** What a source is writing on a line that has not ended; undefined when it has. */
  writing(source: number, text: string | undefined): void {
    if (!text && !this.#open.has(source)) return;
    if (text) this.#open.set(source, { kind: 'out', source, text: fold(text) });
    else this.#open.delete(source);
    this.#schedule();
  }

  clear(): void {
    this.flush();
    this.#ring.clear();
    for (const listener of this.#listeners) listener.cleared(this.#ring.next);
  }

  close(): void {
    this.#ended.abort();
    clearTimeout(this.#timer);
    this.#listeners.clear();
  }

  /** Hands on what has come, in the order of its times: several sources rarely arrive in it. */
  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const batch = this.#head.sources.length > 1 ? inOrder(this.#batch) : this.#batch;
    this.#batch = [];
    if (batch.length) {
      const unknown = batch.length - looked;
      const lines = batch.map((entry, index) => this.#ring.push(index < unknown ? entry : this.#known(entry)));
      for (const listener of this.#listeners) listener.lines(lines);
    }
    for (const listener of this.#listeners) listener.open([...this.#open.values()]);
  }

  #known(entry: LogEntry): LogEntry {
    if (entry.known !== undefined || entry.kind === 'mark' || this.#quoted.has(entry)) return entry;
    const known = this.#recognise(entry.text);
    return known === undefined ? entry : { ...entry, known };
  }

  #push(entry: LogEntry): void {
    this.#batch.push(entry);
    if (this.#batch.length >= 5000) this.flush();
    else this.#schedule();
  }

  #schedule(): void {
    this.#timer ??= setTimeout(() => {
      this.flush();
    }, 40);
  }

  #changed(head: LogHead): void {
    this.#head = head;
    for (const listener of this.#listeners) listener.head(head);
  }
}

/** By time; what has none stays behind what it came after. */
function inOrder(batch: readonly LogEntry[]): readonly LogEntry[] {
  let last = '';
  return batch
    .map((entry) => ({ entry, time: (last = entry.time ?? last) }))
    .sort((a, b) => (a.time < b.time ? -1 : a.time > b.time ? 1 : 0))
    .map(({ entry }) => entry);
}
