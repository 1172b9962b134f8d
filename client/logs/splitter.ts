import { join, type Frame } from './frames.ts';

/** A whole line, still with its carriage returns and control sequences. */
export interface RawLine {
  readonly stream: Frame['stream'];
  /** RFC 3339 with nanoseconds, when the engine was asked for times. */
  readonly time?: string;
  readonly text: string;
}

// The engine stores a line in pieces of 16 KiB, and puts the time before each piece.
const piece = 16 * 1024;
const longest = 1024 * 1024;
const newline = 10;

interface Open {
  readonly time?: string;
  readonly bytes: Uint8Array;
}

/** Joins the engine's pieces to lines, and takes the engine's time off each. Invalid UTF-8 becomes U+FFFD; a line over 1 MiB is cut into several. */
export class LineSplitter {
  readonly #tty: boolean;
  readonly #open = new Map<Frame['stream'], Open>();

  constructor({ tty }: { readonly tty: boolean }) {
    this.#tty = tty;
  }

  push({ stream, bytes }: Frame): readonly RawLine[] {
    return this.#tty ? this.#terminal(stream, bytes) : this.#frame(stream, bytes);
  }

  /** What was written without a line break at the end. */
  flush(): readonly RawLine[] {
    const lines = [...this.#open].map(([stream, open]) => (this.#tty ? unpiece(stream, open.bytes) : raw(stream, open)));
    this.#open.clear();
    return lines;
  }

  /** One frame is one piece: its time comes first, and only its last byte may be a line break. */
  #frame(stream: Frame['stream'], bytes: Uint8Array): readonly RawLine[] {
    const lines: RawLine[] = [];
    for (let rest = bytes; rest.length;) {
      const { time, after } = stamp(rest);
      const end = rest.indexOf(newline, after);
      const said = rest.subarray(after, end === -1 ? undefined : end);
      const held = this.#open.get(stream);
      const open = held ? { ...held, bytes: join(held.bytes, said) } : { bytes: said.slice(), ...(time !== undefined && { time }) };
      if (end !== -1 || open.bytes.length >= longest) {
        lines.push(raw(stream, open));
        this.#open.delete(stream);
      } else this.#open.set(stream, open);
      rest = end === -1 ? rest.subarray(rest.length) : rest.subarray(end + 1);
    }
    return lines;
  }

  /** A TTY's bytes come in any portions, so a time may lie across two of them: only whole lines are looked into. */
  #terminal(stream: Frame['stream'], bytes: Uint8Array): readonly RawLine[] {
    const lines: RawLine[] = [];
    let rest = join(this.#open.get(stream)?.bytes ?? new Uint8Array(), bytes);
    for (let end = rest.indexOf(newline); end !== -1; end = rest.indexOf(newline)) {
      lines.push(unpiece(stream, rest.subarray(0, end)));
      rest = rest.subarray(end + 1);
    }
    if (rest.length >= longest) {
      lines.push(unpiece(stream, rest));
      rest = rest.subarray(rest.length);
    }
    if (rest.length) this.#open.set(stream, { bytes: rest.slice() });
    else this.#open.delete(stream);
    return lines;
  }
}

/** A TTY's whole line: the times inside it, one every 16 KiB, are the engine's. */
function unpiece(stream: Frame['stream'], line: Uint8Array): RawLine {
  const { time, after } = stamp(line);
  let bytes: Uint8Array = line.slice(after, after + piece);
  for (let at = after + piece; at < line.length;) {
    const start = at + (time === undefined ? 0 : stamp(line.subarray(at)).after);
    bytes = join(bytes, line.subarray(start, start + piece));
    at = start + piece;
  }
  return raw(stream, { bytes, ...(time !== undefined && { time }) });
}

const decoder = new TextDecoder();
function raw(stream: Frame['stream'], { time, bytes }: Open): RawLine {
  const end = bytes.at(-1) === 13 ? bytes.length - 1 : bytes.length;
  return { stream, ...(time !== undefined && { time }), text: decoder.decode(bytes.subarray(0, end)) };
}

/** The time that the engine put at the start, and where the container's own bytes begin. */
function stamp(bytes: Uint8Array): { readonly time?: string; readonly after: number } {
  // Most pieces of a long line end here: they do not begin with a digit.
  const first = bytes[0] ?? 0;
  if (first < 48 || first > 57) return { after: 0 };
  const match = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)) ?/.exec(String.fromCharCode(...bytes.subarray(0, 40)));
  return match?.[1] === undefined ? { after: 0 } : { time: match[1], after: match[0].length };
}
