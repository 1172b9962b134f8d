import type { Span } from '../../text/text.ts';
import type { ShellWord } from './model.ts';

const newline = 10;
const space = 32;
const doubleQuote = 34;
const hash = 35;
const dollar = 36;
const singleQuote = 39;
const open = 40;
const close = 41;
const backslash = 92;
const backQuote = 96;

/** What ends a word outside quotes: white space and `; & | ( ) < >`. */
const ends = new Uint8Array(128);
for (const ch of ' \t\n\r\v\f;&|()<>') ends[ch.charCodeAt(0)] = 1;
const isName = (code: number): boolean => (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || code === 95;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

/** Deeper than this, brackets are passed over: nobody writes it, and the reader calls itself. */
export const deepest = 100;

/** Reads the words of a shell text; what runs inside them is for `substitution`. */
export abstract class WordReader {
  complete = true;
  protected at = 0;
  protected end: number;
  protected depth = 0;
  protected readonly text: string;
  readonly #offsetAt: (index: number) => number;
  /** How many `${` and array brackets are open. */
  #inner = 0;

  constructor(text: string, offsetAt: (index: number) => number) {
    this.text = text;
    this.end = text.length;
    this.#offsetAt = offsetAt;
  }

  /** Reads commands from `at` on up to the bracket that closes, which is passed over; for back quotes, up to `end`. */
  protected abstract substitution(stop: ')' | '`'): void;

  protected span(start: number, end: number): Span {
    const from = this.#offsetAt(start);
    return { start: from, end: end > start ? this.#offsetAt(end - 1) + 1 : from };
  }

  /** Passes over white space, continuations and comments, but not over line ends. Says whether anything is left. */
  protected blank(): boolean {
    const { text, end } = this;
    for (; this.at < end; this.at++) {
      const code = text.charCodeAt(this.at);
      if (code === backslash && text.charCodeAt(this.at + 1) === newline) this.at++;
      else if (code === hash) {
        const stop = text.indexOf('\n', this.at);
        this.at = (stop < 0 || stop > end ? end : stop) - 1;
      } else if (code === newline || (code !== space && (code < 9 || code > 13))) return true;
    }
    return false;
  }

  /** The unquoted plain word that begins here, without reading it; '' when it is no reserved word anyway. */
  protected bareWord(): string {
    const { text } = this;
    let at = this.at;
    const first = text.charCodeAt(at);
    if (first === 33 || first === 123 || first === 125 || (first === 91 && text.charCodeAt(at + 1) === 91)) {
      at += first === 91 ? 2 : 1;
      const after = text.charCodeAt(at);
      return at >= this.end || ends[after] ? text.slice(this.at, at) : '';
    }
    while (at < this.end && at - this.at < 9 && text.charCodeAt(at) >= 97 && text.charCodeAt(at) <= 122) at++;
    return at >= this.end || ends[text.charCodeAt(at)] ? text.slice(this.at, at) : '';
  }

  /** A word, or one character that is none, such as `|` in a pattern. */
  protected wordOrMark(): ShellWord {
    const start = this.at;
    const code = this.text.charCodeAt(start);
    const nested = (code === 60 || code === 62) && this.text.charCodeAt(start + 1) === open;
    if (!ends[code] || nested) return this.word();
    this.at++;
    return {
      text: this.text.slice(start, this.at),
      value: this.text.slice(start, this.at),
      dynamic: false,
      quoted: false,
      span: this.span(start, this.at),
    };
  }

  protected word(): ShellWord {
    const { text } = this;
    const start = this.at;
    let plain = start;
    let value = '';
    let dynamic = false;
    let quoted = false;
    const take = (from: number): void => {
      if (from > plain) value += text.slice(plain, from);
    };
    while (this.at < this.end) {
      const code = text.charCodeAt(this.at);
      if (code < 128 && ends[code]) {
        const before = text.charCodeAt(this.at - 1);
        const substitution = (code === 60 || code === 62) && text.charCodeAt(this.at + 1) === open && this.at === start;
        if (substitution) {
          dynamic = true;
          this.at += 2;
          this.#nested(')');
          continue;
        }
        // `name=(…)` is an array, `@(a|b)` a pattern.
        if (code === open && this.at > start && (before === 61 || before === 64 || before === 63 || before === 43 || before === 42)) {
          this.at++;
          this.#brackets();
          continue;
        }
        break;
      }
      if (code === backslash) {
        take(this.at);
        if (text.charCodeAt(this.at + 1) !== newline) value += text[this.at + 1] ?? '';
        this.at += 2;
        plain = this.at;
        quoted = true;
      } else if (code === singleQuote) {
        take(this.at);
        const stop = text.indexOf("'", this.at + 1);
        const to = stop < 0 || stop >= this.end ? this.end : stop;
        if (to === this.end) this.complete = false;
        value += text.slice(this.at + 1, to);
        this.at = to + 1;
        plain = this.at;
        quoted = true;
      } else if (code === doubleQuote) {
        take(this.at);
        const inner = this.#doubleQuoted();
        value += inner.value;
        dynamic ||= inner.dynamic;
        plain = this.at;
        quoted = true;
      } else if (code === dollar || code === backQuote) {
        const from = this.at;
        const isDynamic = this.#expansion();
        dynamic ||= isDynamic;
        if (!isDynamic && (text.charCodeAt(this.at) === singleQuote || text.charCodeAt(this.at) === doubleQuote)) {
          // `$'…'` and `$"…"`: the sign is part of the quote.
          take(from);
          plain = this.at;
        }
      } else this.at++;
    }
    this.at = Math.min(this.at, this.end);
    if (plain < this.at) value += text.slice(plain, this.at);
    if (this.at === start) this.at++;
    return { text: text.slice(start, this.at), value, dynamic, quoted, span: this.span(start, this.at) };
  }

  #doubleQuoted(): { readonly value: string; readonly dynamic: boolean } {
    const { text } = this;
    let value = '';
    let dynamic = false;
    let plain = ++this.at;
    for (;;) {
      if (this.at >= this.end) {
        this.complete = false;
        return { value: value + text.slice(plain, this.end), dynamic };
      }
      const code = text.charCodeAt(this.at);
      if (code === doubleQuote) {
        value += text.slice(plain, this.at++);
        return { value, dynamic };
      }
      if (code === backslash) {
        const next = text[this.at + 1] ?? '';
        if ('$`"\\\n'.includes(next)) {
          value += text.slice(plain, this.at) + (next === '\n' ? '' : next);
          plain = this.at + 2;
        }
        this.at += 2;
      } else if (code === dollar || code === backQuote) dynamic = this.#expansion() || dynamic;
      else this.at++;
    }
  }

  /** Passes over `$name`, `${…}`, `$(…)`, `$((…))` and back quotes, reading the commands inside. Says whether it was one. */
  #expansion(): boolean {
    const { text } = this;
    if (text.charCodeAt(this.at) === backQuote) {
      this.at++;
      this.#nested('`');
      return true;
    }
    const next = text.charCodeAt(++this.at);
    if (next === open) {
      if (text.charCodeAt(this.at + 1) === open) this.skipArithmetic(this.at + 2);
      else {
        this.at++;
        this.#nested(')');
      }
      return true;
    }
    if (next === 123) {
      this.#braces();
      return true;
    }
    if (isName(next)) {
      while (this.at < this.end && (isName(text.charCodeAt(this.at)) || isDigit(text.charCodeAt(this.at)))) this.at++;
      return true;
    }
    if (isDigit(next) || '@*#?$!-'.includes(text[this.at] ?? ' ')) {
      this.at++;
      return true;
    }
    return false;
  }

  #braces(): void {
    const { text } = this;
    this.at++;
    if (this.#inner >= deepest) return;
    this.#inner++;
    this.#untilBrace(text);
    this.#inner--;
  }

  #untilBrace(text: string): void {
    while (this.at < this.end) {
      const code = text.charCodeAt(this.at);
      if (code === 125) {
        this.at++;
        return;
      }
      if (code === backslash) this.at += 2;
      else if (code === dollar || code === backQuote) this.#expansion();
      else if (code === doubleQuote) this.#doubleQuoted();
      else this.at++;
    }
    this.complete = false;
    this.at = this.end;
  }

  #nested(stop: ')' | '`'): void {
    if (this.depth >= deepest) return;
    if (stop === ')') {
      this.substitution(')');
      return;
    }
    let to = this.at;
    while (to < this.end && this.text.charCodeAt(to) !== backQuote) to += this.text.charCodeAt(to) === backslash ? 2 : 1;
    if (to >= this.end) this.complete = false;
    const end = this.end;
    this.end = Math.min(to, end);
    this.substitution('`');
    this.end = end;
    this.at = Math.min(to + 1, end);
  }

  /** From `from`, inside `((`, to behind the `))`. */
  protected skipArithmetic(from: number): void {
    let depth = 2;
    for (this.at = from; this.at < this.end && depth > 0; this.at++) {
      const code = this.text.charCodeAt(this.at);
      if (code === open) depth++;
      else if (code === close) depth--;
    }
    if (depth) this.complete = false;
  }

  /** To behind the bracket that closes the one just passed. */
  #brackets(): void {
    if (this.#inner >= deepest) return;
    this.#inner++;
    this.#untilBracket();
    this.#inner--;
  }

  #untilBracket(): void {
    while (this.at < this.end) {
      this.blank();
      const code = this.text.charCodeAt(this.at);
      if (this.at >= this.end) break;
      if (code === close) {
        this.at++;
        return;
      }
      if (code === open) {
        this.at++;
        this.#brackets();
      } else if (code < 128 && ends[code]) this.at++;
      else this.word();
    }
    this.complete = false;
  }
}
