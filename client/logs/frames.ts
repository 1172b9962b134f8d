/** What a container wrote: the engine's own piece of it, not yet a line. */
export interface Frame {
  readonly stream: 'out' | 'err';
  readonly bytes: Uint8Array;
}

/** Takes the engine's multiplexed stream apart: an eight-byte header (stream, 0, 0, 0, length) before each piece. A TTY's stream has no headers. */
export class Demultiplexer {
  readonly #tty: boolean;
  #rest: Uint8Array = new Uint8Array();

  constructor(tty: boolean) {
    this.#tty = tty;
  }

  push(chunk: Uint8Array): readonly Frame[] {
    if (this.#tty) return chunk.length ? [{ stream: 'out', bytes: chunk }] : [];
    const data = join(this.#rest, chunk);
    const frames: Frame[] = [];
    let at = 0;
    while (at + 8 <= data.length) {
      const length = new DataView(data.buffer, data.byteOffset + at).getUint32(4);
      if (at + 8 + length > data.length) break;
      if (length) frames.push({ stream: data[at] === 2 ? 'err' : 'out', bytes: data.subarray(at + 8, at + 8 + length) });
      at += 8 + length;
    }
    this.#rest = data.slice(at);
    return frames;
  }
}

export function join(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (!a.length) return b;
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
