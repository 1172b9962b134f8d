import type { LogEntry, LogLine } from './line.ts';

/** The last lines of a log, in a fixed amount of room. */
export class Ring {
  readonly capacity: number;
  #lines: LogLine[] = [];
  /** Index of the oldest line in `#lines`, once it is full. */
  #oldest = 0;
  #next = 0;

  constructor(capacity: number) {
    this.capacity = capacity;
  }

  get size(): number {
    return this.#lines.length;
  }

  /** The sequence number of the oldest line that is still there. */
  get first(): number {
    return this.#next - this.#lines.length;
  }

  /** The sequence number that the next line gets. */
  get next(): number {
    return this.#next;
  }

  push(entry: LogEntry): LogLine {
    return this.put({ ...entry, seq: this.#next });
  }

  /** Takes over a line with its number, which has to be the next one; after a gap everything before it is gone. */
  put(line: LogLine): LogLine {
    if (line.seq !== this.#next) this.clear(line.seq);
    if (this.#lines.length < this.capacity) this.#lines.push(line);
    else {
      this.#lines[this.#oldest] = line;
      this.#oldest = (this.#oldest + 1) % this.capacity;
    }
    this.#next++;
    return line;
  }

  /** By sequence number. */
  at(seq: number): LogLine | undefined {
    const index = seq - this.first;
    return index < 0 || index >= this.#lines.length ? undefined : this.#lines[(this.#oldest + index) % this.capacity];
  }

  *from(seq: number): IterableIterator<LogLine> {
    for (let at = Math.max(seq, this.first); at < this.#next; at++) {
      const line = this.at(at);
      if (line) yield line;
    }
  }

  clear(next = this.#next): void {
    this.#lines = [];
    this.#oldest = 0;
    this.#next = next;
  }
}
