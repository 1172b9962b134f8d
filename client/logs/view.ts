import { plain } from '../../src/text/terminal.ts';
import type { LogLine } from './line.ts';
import type { StreamFilter } from './protocol.ts';
import { Ring } from './ring.ts';
import { Matches, matcher, type Query } from './search.ts';
import { isShown } from './text.ts';

/** Longer lines are shown and searched up to here; copying and saving give them whole. */
export const shownLength = 10_000;

/** What the page shows of a log: which lines, how high each is, what was found in them. No DOM. */
export class LogView {
  readonly #ring: Ring;
  #stream: StreamFilter = 'all';
  /** Sequence numbers of the lines that are shown; undefined while all are. */
  #shown: number[] | undefined;
  #columns = 0;
  #offsets = new Float64Array(1);
  #stale = true;
  #find: ((text: string) => readonly (readonly [number, number])[]) | undefined;
  readonly matches = new Matches();
  fault: string | undefined;

  constructor(capacity: number) {
    this.#ring = new Ring(capacity);
  }

  get count(): number {
    return this.#shown ? this.#shown.length : this.#ring.size;
  }
  get next(): number {
    return this.#ring.next;
  }
  get lines(): Ring {
    return this.#ring;
  }

  /** Takes lines; answers how many rows went at the start, so that what a person reads can stay where it is. */
  add(lines: readonly LogLine[]): number {
    const before = this.#ring.first;
    const lost = this.#lostRows(lines.length);
    for (const line of lines) {
      this.#ring.put(line);
      if (this.#shown && isShown(line, this.#stream)) this.#shown.push(line.seq);
      if (this.#find && isShown(line, this.#stream)) this.matches.add(line.seq, searched(line), this.#find);
    }
    const first = this.#ring.first;
    if (first !== before) {
      if (this.#shown) this.#shown.splice(0, lowerBound(this.#shown, first));
      this.matches.drop(first);
    }
    this.#stale = true;
    return lost;
  }

  /** How many rows the lines have that will go when `added` more come. */
  #lostRows(added: number): number {
    const going = Math.max(0, this.#ring.size + added - this.#ring.capacity);
    return going ? this.#offset(this.index(this.#ring.first + going)) : 0;
  }

  clear(next: number): void {
    this.#ring.clear(next);
    if (this.#shown) this.#shown = [];
    this.matches.clear();
    this.#stale = true;
  }

  filter(stream: StreamFilter): void {
    this.#stream = stream;
    this.#shown = stream === 'all' ? undefined : [...this.#ring.from(0)].filter((line) => isShown(line, stream)).map(({ seq }) => seq);
    this.#stale = true;
    this.#search();
  }

  /** Long lines go on in further rows of this many columns; 0 leaves each line one row. */
  wrap(columns: number): void {
    if (columns === this.#columns) return;
    this.#columns = columns;
    this.#stale = true;
  }

  search(query: Query): void {
    const made = matcher(query);
    this.fault = made && 'fault' in made ? made.fault : undefined;
    this.#find = made && 'find' in made ? made.find : undefined;
    this.#search();
  }

  #search(): void {
    this.matches.clear();
    if (!this.#find) return;
    for (const line of this.#ring.from(0)) if (isShown(line, this.#stream)) this.matches.add(line.seq, searched(line), this.#find);
  }

  /** The line at an index among those shown. */
  line(index: number): LogLine | undefined {
    return this.#ring.at(this.#shown ? (this.#shown[index] ?? -1) : this.#ring.first + index);
  }

  /** Where a line is among those shown, or where it would be. */
  index(seq: number): number {
    return this.#shown ? lowerBound(this.#shown, seq) : Math.max(0, Math.min(seq - this.#ring.first, this.#ring.size));
  }

  /** Rows before a line; for `count`, all rows. */
  rowsBefore(index: number): number {
    return this.#offset(index);
  }

  /** The line that holds a row. */
  indexAt(row: number): number {
    if (!this.#columns) return Math.max(0, Math.min(Math.floor(row), this.count - 1));
    this.#measure();
    let low = 0;
    let high = Math.max(0, this.count - 1);
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#offsets[middle] ?? 0) <= row) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  #offset(index: number): number {
    if (!this.#columns) return index;
    this.#measure();
    return this.#offsets[index] ?? 0;
  }

  #measure(): void {
    if (!this.#stale) return;
    const { count } = this;
    if (this.#offsets.length <= count) this.#offsets = new Float64Array(Math.max(count + 1, this.#offsets.length * 2));
    let rows = 0;
    for (let index = 0; index < count; index++) {
      this.#offsets[index] = rows;
      const line = this.line(index);
      rows += line ? Math.max(1, Math.ceil(Math.min(line.text.length, shownLength) / this.#columns)) : 1;
    }
    this.#offsets[count] = rows;
    this.#stale = false;
  }
}

const searched = ({ text }: LogLine): string => plain(text).slice(0, shownLength);

function lowerBound(sorted: readonly number[], value: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] ?? Infinity) < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
