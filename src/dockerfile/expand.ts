import { globOf, replace, trimEnd, trimStart, type Glob } from './glob.ts';
import { isSpace } from './lines.ts';

// Word expansion as a build does it: quotes, escapes, `$NAME`, `${NAME…}` with its modifiers.

/** The value of a variable; undefined when it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface ExpandOptions {
  readonly escape?: string;
  /** Keep quotes as written. */
  readonly rawQuotes?: boolean;
  /** Keep escapes as written. */
  readonly rawEscapes?: boolean;
  /** Leave a variable that is not set as written. */
  readonly keepUnset?: boolean;
  /** Take quotes for nothing special, as a build does in the content of a heredoc. */
  readonly skipQuotes?: boolean;
}

/** What a word came to. `unset`: names used plainly that nothing sets. An error is a sentence for the person who wrote the word. */
export type Expansion =
  | {
      readonly ok: true;
      readonly text: string;
      readonly words: readonly string[];
      readonly unset: ReadonlySet<string>;
      readonly used: ReadonlySet<string>;
    }
  | {
      readonly ok: false;
      readonly error: string;
      /** The index of the character that is wrong, where there is one. */
      readonly at?: number;
      /** The index where the substitution in which it failed begins. */
      readonly start?: number;
      /** The variable that has to be set, as `${NAME:?}` says, and is not. */
      readonly missing?: string;
    };

class Failure extends Error {
  /** Counted in code points. */
  readonly at: number | undefined;
  readonly missing: string | undefined;
  constructor(message: string, at?: number, missing?: string) {
    super(message);
    this.at = at;
    this.missing = missing;
  }
}

/** Nobody nests substitutions this deeply; without a limit a text could exhaust the stack. */
const deepest = 200;

/** Variables that double each other grow without bounds; no real value is longer. */
const longest = 100_000;

export function expand(word: string, lookup: Lookup, options: ExpandOptions = {}): Expansion {
  if (plain(word, options.escape ?? '\\'))
    return { ok: true, text: word, words: word.split(/[^\S\uFEFF]+/).filter(Boolean), unset: noNames, used: noNames };
  const scanner = new Scanner(word, lookup, options);
  try {
    const text = scanner.until('', options.rawEscapes ?? false);
    return { ok: true, text, words: scanner.finish(), unset: scanner.unset, used: scanner.used };
  } catch (error) {
    if (error instanceof Failure) {
      const { message, at, missing } = error;
      const { start } = scanner;
      const indexOf = (codePoint: number): number => Array.from(word).slice(0, codePoint).join('').length;
      return {
        ok: false,
        error: message,
        ...(at === undefined ? {} : { at: indexOf(at) }),
        ...(start === undefined ? {} : { start: indexOf(start) }),
        ...(missing === undefined ? {} : { missing }),
      };
    }
    throw error;
  }
}

const tooLong = `The value is longer than ${longest} characters.`;

const noNames: ReadonlySet<string> = new Set();

const plain = (word: string, escape: string): boolean =>
  !word.includes('$') && !word.includes(escape) && !word.includes("'") && !word.includes('"') && word.charCodeAt(0) !== byteOrderMark;

/** What a build's scanner passes over at the start of a word, and nowhere else. */
const byteOrderMark = 0xfeff;

class Scanner {
  readonly unset = new Set<string>();
  readonly used = new Set<string>();
  /** Where the last substitution that stands in no other begins. */
  start: number | undefined;
  readonly #text: readonly string[];
  readonly #lookup: Lookup;
  readonly #options: ExpandOptions;
  readonly #escape: string;
  #at = 0;
  #depth = 0;
  #words: string[] = [];
  #word = '';
  #inWord = false;

  constructor(text: string, lookup: Lookup, options: ExpandOptions) {
    this.#text = Array.from(text);
    this.#lookup = lookup;
    this.#options = options;
    this.#escape = options.escape ?? '\\';
    if (text.charCodeAt(0) === byteOrderMark) this.#at = 1;
  }

  finish(): readonly string[] {
    if (this.#word) this.#words.push(this.#word);
    return this.#words;
  }

  // Words are gathered only at the top: what stands in a modifier is part of the variable's value.
  #add(text: string, raw: boolean): void {
    if (this.#depth) return;
    if (raw) {
      this.#word += text;
      this.#inWord = true;
      return;
    }
    for (const ch of text) {
      if (!isSpace(ch.charCodeAt(0))) {
        this.#word += ch;
        this.#inWord = true;
      } else if (this.#inWord) {
        if (this.#word) this.#words.push(this.#word);
        this.#word = '';
        this.#inWord = false;
      }
    }
  }

  until(stop: string, rawEscapes: boolean): string {
    let out = '';
    while (this.#at < this.#text.length) {
      const ch = this.#text[this.#at] ?? '';
      if (stop && ch === stop) {
        this.#at++;
        return out;
      }
      if (ch === '$') {
        const value = this.#dollar();
        out += value;
        if (out.length > longest) throw new Failure(tooLong);
        this.#add(value, false);
      } else if ((ch === "'" || ch === '"') && !this.#options.skipQuotes) {
        const value = ch === "'" ? this.#single() : this.#double(rawEscapes);
        out += value;
        this.#add(value, true);
      } else {
        this.#at++;
        if (ch === this.#escape) {
          if (rawEscapes) {
            out += ch;
            this.#add(ch, true);
          }
          const next = this.#text[this.#at++];
          if (next === undefined) break;
          out += next;
          this.#add(next, true);
        } else {
          out += ch;
          this.#add(ch, false);
        }
      }
    }
    if (stop) throw new Failure(stop === '}' ? 'The substitution has no closing «}».' : `The substitution has no «${stop}».`);
    return out;
  }

  #single(): string {
    const end = this.#text.indexOf("'", this.#at + 1);
    if (end < 0) throw new Failure("A single quote «'» is never closed.");
    const inner = this.#text.slice(this.#at + 1, end).join('');
    this.#at = end + 1;
    return this.#options.rawQuotes ? `'${inner}'` : inner;
  }

  #double(rawEscapes: boolean): string {
    let out = this.#options.rawQuotes ? '"' : '';
    this.#at++;
    for (;;) {
      const ch = this.#text[this.#at];
      if (ch === undefined) throw new Failure('A double quote «"» is never closed.');
      if (ch === '"') {
        this.#at++;
        return this.#options.rawQuotes ? `${out}"` : out;
      }
      if (ch === '$') {
        out += this.#dollar();
        if (out.length > longest) throw new Failure(tooLong);
        continue;
      }
      this.#at++;
      if (ch !== this.#escape) {
        out += ch;
        continue;
      }
      if (rawEscapes) out += ch;
      const next = this.#text[this.#at];
      if (next === '"' || next === '$' || next === this.#escape) {
        out += next;
        this.#at++;
      } else if (next !== undefined) out += ch;
    }
  }

  #name(): string {
    const first = this.#text[this.#at] ?? '';
    const start = this.#at;
    if (/[0-9]/.test(first)) while (/[0-9]/.test(this.#text[this.#at] ?? '')) this.#at++;
    else if (/[@*#?\-$!]/.test(first)) this.#at++;
    else while (/[\p{L}\p{Nd}_]/u.test(this.#text[this.#at] ?? '')) this.#at++;
    return this.#text.slice(start, this.#at).join('');
  }

  #value(name: string): string | undefined {
    const value = this.#lookup(name);
    this.used.add(name);
    if (value === undefined) this.unset.add(name);
    return value;
  }

  #dollar(): string {
    if (!this.#depth) this.start = this.#at;
    this.#at++;
    if (this.#text[this.#at] !== '{') {
      const name = this.#name();
      if (!name) return '$';
      const value = this.#value(name);
      return value ?? (this.#options.keepUnset ? `$${name}` : '');
    }
    this.#at++;
    const first = this.#text[this.#at];
    if (first === undefined) throw new Failure('The substitution has no closing «}».');
    if (first === '{' || first === '}' || first === ':')
      throw new Failure(`«\${${first}» is no substitution: a variable's name belongs after «\${».`);
    const name = this.#name();
    const modifier = this.#text[this.#at++] ?? '';
    if (++this.#depth > deepest) throw new Failure('The substitutions are nested too deeply.');
    try {
      return this.#modified(name, modifier);
    } finally {
      this.#depth--;
    }
  }

  #modified(name: string, modifier: string): string {
    switch (modifier) {
      case '}':
        return this.#value(name) ?? (this.#options.keepUnset ? `\${${name}}` : '');
      case ':':
      case '+':
      case '-':
      case '?':
      case '#':
      case '%':
        return this.#operator(name, modifier);
      case '/':
        return this.#replace(name);
      case '':
        throw new Failure('The substitution has no closing «}».');
      default:
        throw new Failure(
          `«${modifier}» after the name «${name}» is no modifier that a build knows (:-, :+, :?, -, +, ?, #, ##, %, %%, /, //).`,
          this.#at - 1,
        );
    }
  }

  #operator(name: string, first: string): string {
    const nullIsUnset = first === ':';
    const operator = nullIsUnset ? (this.#text[this.#at++] ?? '') : first;
    const trims = operator === '#' || operator === '%';
    if (!/^[+\-?#%]$/.test(operator) || (nullIsUnset && trims))
      throw new Failure(
        `«${nullIsUnset ? ':' : ''}${operator}» after the name «${name}» is no modifier that a build knows (:-, :+, :?, -, +, ?, #, ##, %, %%, /, //).`,
        operator ? this.#at - 1 : undefined,
      );
    const operand = this.until('}', trims);
    const value = this.#lookup(name);
    this.used.add(name);
    if (value === undefined && this.#options.keepUnset) return `\${${name}${nullIsUnset ? ':' : ''}${operator}${operand}}`;
    const absent = value === undefined || (nullIsUnset && value === '');
    switch (operator) {
      case '-':
        return absent ? operand : value;
      case '+':
        return absent ? '' : operand;
      case '?':
        if (absent)
          throw new Failure(
            `${name}: ${operand || (value === undefined ? 'is not allowed to be unset' : 'is not allowed to be empty')}`,
            undefined,
            name,
          );
        return value;
      default: {
        if (value === undefined) this.unset.add(name);
        const greedy = operand.startsWith(operator);
        const pattern = patternOf(greedy ? operand.slice(1) : operand);
        return (operator === '#' ? trimStart : trimEnd)(value ?? '', pattern, greedy ? 'longest' : 'shortest');
      }
    }
  }

  #replace(name: string): string {
    const all = this.#text[this.#at] === '/';
    if (all) this.#at++;
    const pattern = this.until('/', true);
    const replacement = this.until('}', true);
    const value = this.#value(name);
    if (value === undefined) return this.#options.keepUnset ? `\${${name}/${all ? '/' : ''}${pattern}/${replacement}}` : '';
    return replace(value, patternOf(pattern), replacement, all);
  }
}

function patternOf(pattern: string): Glob {
  const glob = globOf(pattern);
  if (!glob) throw new Failure('A pattern cannot end in «\\».');
  return glob;
}
