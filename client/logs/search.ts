/** What to look for. */
export interface Query {
  readonly text: string;
  readonly caseSensitive: boolean;
  readonly regex: boolean;
}

/** Where it was found: columns of the plain text. */
export interface Match {
  readonly seq: number;
  readonly start: number;
  readonly end: number;
}

/** A query that can be asked of lines, or why it cannot: an invalid expression is something to tell the person who types it. */
export type Matcher = { readonly find: (text: string) => readonly (readonly [number, number])[] } | { readonly fault: string };

export function matcher({ text, caseSensitive, regex }: Query): Matcher | undefined {
  if (!text) return undefined;
  const source = regex ? text : text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  try {
    const expression = new RegExp(source, caseSensitive ? 'g' : 'gi');
    return { find: (line) => ranges(expression, line) };
  } catch (error) {
    return { fault: error instanceof Error ? error.message.replace(/^.*:\s*/, '') : 'not a regular expression' };
  }
}

function ranges(expression: RegExp, line: string): readonly (readonly [number, number])[] {
  const found: [number, number][] = [];
  for (const match of line.matchAll(expression)) {
    if (match[0]) found.push([match.index, match.index + match[0].length]);
    if (found.length >= 1000) break;
  }
  return found;
}

/** Matches over a log that grows at the end and loses lines at the start. More than `limit` are counted no further. */
export class Matches {
  static readonly limit = 50_000;
  #found: Match[] = [];
  /** How many at the start of `#found` are of lines that are gone. */
  #gone = 0;

  get count(): number {
    return this.#found.length - this.#gone;
  }
  get complete(): boolean {
    return this.count < Matches.limit;
  }

  add(seq: number, text: string, find: (text: string) => readonly (readonly [number, number])[]): void {
    if (!this.complete) return;
    for (const [start, end] of find(text)) this.#found.push({ seq, start, end });
  }

  /** Forgets the lines before `seq`. */
  drop(seq: number): void {
    while (this.#gone < this.#found.length && (this.#found[this.#gone]?.seq ?? seq) < seq) this.#gone++;
    if (this.#gone > 1000 && this.#gone * 2 > this.#found.length) {
      this.#found = this.#found.slice(this.#gone);
      this.#gone = 0;
    }
  }

  clear(): void {
    this.#found = [];
    this.#gone = 0;
  }

  at(index: number): Match | undefined {
    return index < 0 ? undefined : this.#found[this.#gone + index];
  }

  /** The index of the first match at or after a place. */
  from(seq: number, start = 0): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >> 1;
      const match = this.at(middle);
      if (match && (match.seq < seq || (match.seq === seq && match.start < start))) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** The matches in one line. */
  of(seq: number): readonly Match[] {
    const found: Match[] = [];
    for (let index = this.from(seq); ; index++) {
      const match = this.at(index);
      if (match?.seq !== seq) return found;
      found.push(match);
    }
  }
}
