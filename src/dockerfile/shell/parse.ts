import type { Span } from '../../text/text.ts';
import type { Command, Joint, Redirect, Script, ShellWord } from './model.ts';

// A reader of POSIX shell and bash, as far as a linter needs it: commands, words, redirections and what joins them, each with its place.

const prefixes = new Set(['if', 'then', 'else', 'elif', 'while', 'until', 'do', '!', '{', 'time']);
const closers = new Set(['fi', 'done', 'esac', '}']);
const openers = new Set(['if', 'while', 'until', 'for', 'case', 'select', '{']);

/** Reads a text; `offsetAt` maps its indices to the file. Never throws; linear in the text's length. */
export function parseShell(text: string, offsetAt: (index: number) => number): Script {
  const commands: Command[] = [];
  const reader = new ShellReader(text, 0, text.length, offsetAt, commands, 0, false);
  const complete = reader.read();
  let before: Command | undefined;
  for (const command of commands) {
    if (before && before.depth === command.depth && command.joint !== 'first') before.next = command.joint;
    if (!command.substituted) before = command;
  }
  return { commands, complete };
}

/** No script nests substitutions this deeply; without a limit a text could exhaust the stack. */
const deepest = 50;

class ShellReader {
  #at: number;
  #complete = true;
  #depth: number;
  readonly #text: string;
  readonly #end: number;
  readonly #offsetAt: (index: number) => number;
  readonly #out: Command[];
  readonly #substituted: boolean;
  #joint: Joint = 'first';
  #under: string[] = [];
  #heredocs: { readonly name: string; readonly chomp: boolean }[] = [];

  constructor(
    text: string,
    start: number,
    end: number,
    offsetAt: (index: number) => number,
    out: Command[],
    depth: number,
    substituted: boolean,
  ) {
    this.#text = text;
    this.#at = start;
    this.#end = end;
    this.#offsetAt = offsetAt;
    this.#out = out;
    this.#depth = depth;
    this.#substituted = substituted;
  }

  read(): boolean {
    while (this.#at < this.#end) {
      this.#blank();
      if (this.#at >= this.#end) break;
      if (!this.#operator()) this.#command();
    }
    return this.#complete;
  }

  #span(start: number, end: number): Span {
    return { start: this.#offsetAt(start), end: end > start ? this.#offsetAt(end - 1) + 1 : this.#offsetAt(start) };
  }

  #blank(): void {
    for (; this.#at < this.#end; this.#at++) {
      const ch = this.#text[this.#at];
      if (ch === '\\' && this.#text[this.#at + 1] === '\n') this.#at++;
      else if (ch === '#') {
        const newline = this.#text.indexOf('\n', this.#at);
        this.#at = (newline < 0 || newline > this.#end ? this.#end : newline) - 1;
      } else if (ch !== ' ' && ch !== '\t' && ch !== '\r' && ch !== '\v' && ch !== '\f') return;
    }
  }

  /** Reads a control operator, if one stands here. */
  #operator(): boolean {
    const text = this.#text;
    const ch = text[this.#at] ?? '';
    const two = text.slice(this.#at, this.#at + 2);
    if (two === '&&' || two === '||') return this.#join(two, 2);
    if (two === ';;' || two === ';&') return this.#join(';', 2);
    if (two === '|&') return this.#join('|', 2);
    if (ch === '|') return this.#join('|', 1);
    if (ch === ';') return this.#join(';', 1);
    if (ch === '&' && text[this.#at + 1] !== '>') return this.#join('&', 1);
    if (ch === '\n') {
      this.#at++;
      for (const heredoc of this.#heredocs.splice(0)) this.#skipHeredoc(heredoc);
      if (this.#joint === 'first' || this.#joint === ';') this.#joint = this.#joint === ';' || this.#out.length ? 'newline' : 'first';
      return true;
    }
    if (ch === '(') {
      this.#depth++;
      this.#under.push('(');
      this.#at++;
      return true;
    }
    if (ch === ')') {
      this.#depth = Math.max(0, this.#depth - 1);
      this.#close('(');
      this.#at++;
      this.#joint = ';';
      return true;
    }
    return false;
  }

  #join(joint: Joint, length: number): boolean {
    this.#at += length;
    this.#joint = joint;
    return true;
  }

  #close(opener: string): void {
    const at = this.#under.lastIndexOf(opener);
    if (at >= 0) this.#under.length = at;
  }

  #command(): void {
    const start = this.#at;
    const words: ShellWord[] = [];
    const assignments: ShellWord[] = [];
    const redirects: Redirect[] = [];
    let end = start;
    for (;;) {
      this.#blank();
      if (this.#at >= this.#end) break;
      const redirect = this.#redirect();
      if (redirect) {
        redirects.push(redirect);
        end = this.#at;
        continue;
      }
      const ch = this.#text[this.#at] ?? '';
      if (/[;&|\n()]/.test(ch)) {
        // `name() {` declares a function.
        if (ch === '(' && words.length === 1 && /^\(\s*\)/.test(this.#text.slice(this.#at, this.#at + 8))) {
          this.#at = this.#text.indexOf(')', this.#at) + 1;
          this.#joint = 'first';
          return;
        }
        break;
      }
      const from = this.#at;
      const word = this.#word();
      end = this.#at;
      if (!words.length && !assignments.length && !redirects.length && this.#reserved(word, from)) {
        if (this.#at >= this.#end) break;
        if (word.text === 'for' || word.text === 'select' || word.text === 'case') return;
        this.#blank();
        if (this.#at >= this.#end || /[;&|\n()]/.test(this.#text[this.#at] ?? '')) return;
        this.#command();
        return;
      }
      if (!words.length && /^[A-Za-z_][A-Za-z0-9_]*\+?=/.test(word.text)) assignments.push(word);
      else words.push(word);
    }
    if (!words.length && !assignments.length && !redirects.length) {
      if (this.#at === start) this.#at++;
      return;
    }
    const [first] = words;
    this.#out.push({
      name: first ? first.value.slice(first.value.lastIndexOf('/') + 1) : '',
      words,
      assignments,
      redirects,
      joint: this.#joint,
      depth: this.#depth,
      under: [...this.#under],
      substituted: this.#substituted,
      span: this.#span(start, end),
    });
    this.#joint = ';';
  }

  /** Takes in a reserved word at the place of a command; says whether it was one. */
  #reserved({ text, quoted }: ShellWord, from: number): boolean {
    if (quoted) return false;
    if (closers.has(text)) {
      this.#depth = Math.max(0, this.#depth - 1);
      const opener =
        text === '}'
          ? ['{']
          : text === 'fi'
            ? ['if', 'then', 'else', 'elif']
            : text === 'esac'
              ? ['case']
              : ['do', 'while', 'until', 'for'];
      const at = this.#under.findLastIndex((word) => opener[0] === word || (text === 'done' && ['while', 'until', 'for'].includes(word)));
      if (at >= 0) this.#under.length = at;
      this.#joint = ';';
      return true;
    }
    if (text === 'for' || text === 'select') {
      this.#opened(text);
      // The list of a `for` is words, not commands, but its substitutions run.
      for (;;) {
        this.#blank();
        if (this.#at >= this.#end || /[;\n]/.test(this.#text[this.#at] ?? '')) break;
        if (/[()&|<>]/.test(this.#text[this.#at] ?? '')) this.#at++;
        else this.#word();
      }
      this.#joint = 'first';
      return true;
    }
    if (text === 'case') {
      this.#opened(text);
      this.#blank();
      if (this.#at < this.#end) this.#word();
      const rest = /^\s*in\b/.exec(this.#text.slice(this.#at, this.#at + 40));
      if (rest) this.#at += rest[0].length;
      this.#joint = 'first';
      this.#under.push('pattern');
      this.#patterns();
      return true;
    }
    if (!prefixes.has(text) || (text === '{' && !/\s/.test(this.#text[from + 1] ?? ' '))) return false;
    if (openers.has(text)) this.#opened(text);
    else this.#under.push(text);
    if (text !== '!' && text !== 'time') this.#joint = 'first';
    return true;
  }

  #opened(word: string): void {
    this.#depth++;
    this.#under.push(word);
  }

  /** The `pattern)` in front of a case's commands. */
  #patterns(): void {
    const match = /^[\s]*\(?[^()\n;&]*\)/.exec(this.#text.slice(this.#at, this.#end));
    if (match && !/^\s*esac\b/.test(match[0])) this.#at += match[0].length;
  }

  #redirect(): Redirect | undefined {
    const match = /^(?:\d+|\{\w+\})?(?:&>>?|<<<|<<-?|<>|>>|>\||>&|<&|[<>])/.exec(this.#text.slice(this.#at, this.#at + 24));
    if (!match) return undefined;
    const operator = match[0];
    const start = this.#at;
    // `<(…)` and `>(…)` are words.
    if (/^[<>]$/.test(operator) && this.#text[this.#at + 1] === '(') return undefined;
    this.#at += operator.length;
    if (/[<>]&$/.test(operator)) {
      const descriptor = /^(?:\d+|-)/.exec(this.#text.slice(this.#at, this.#at + 8));
      if (descriptor) {
        this.#at += descriptor[0].length;
        return { operator: operator + descriptor[0], span: this.#span(start, this.#at) };
      }
    }
    while (this.#text[this.#at] === ' ' || this.#text[this.#at] === '\t') this.#at++;
    if (this.#at >= this.#end || /[;&|\n()<>]/.test(this.#text[this.#at] ?? '')) return { operator, span: this.#span(start, this.#at) };
    const target = this.#word();
    if (/<<-?$/.test(operator)) this.#heredocs.push({ name: target.value, chomp: operator.endsWith('-') });
    return { operator, target, span: this.#span(start, this.#at) };
  }

  #skipHeredoc({ name, chomp }: { readonly name: string; readonly chomp: boolean }): void {
    while (this.#at < this.#end) {
      const newline = this.#text.indexOf('\n', this.#at);
      const end = newline < 0 ? this.#end : newline;
      let line = this.#text.slice(this.#at, end).replace(/\r$/, '');
      if (chomp) line = line.replace(/^\t+/, '');
      this.#at = Math.min(end + 1, this.#end);
      if (line === name) return;
    }
  }

  #word(): ShellWord {
    const start = this.#at;
    const text = this.#text;
    let value = '';
    let dynamic = false;
    let quoted = false;
    while (this.#at < this.#end) {
      const ch = text[this.#at] ?? '';
      if (/[\s;&|()<>]/.test(ch)) {
        if ((ch === '<' || ch === '>') && text[this.#at + 1] === '(' && this.#at === start) {
          value += this.#nested(this.#at + 2, ')');
          dynamic = true;
          continue;
        }
        // `{a,(b)}` and array values aside, these end a word.
        break;
      }
      if (ch === '\\') {
        if (text[this.#at + 1] !== '\n') value += text[this.#at + 1] ?? '';
        this.#at += 2;
        quoted = true;
      } else if (ch === "'") {
        const close = text.indexOf("'", this.#at + 1);
        const stop = close < 0 || close >= this.#end ? this.#end : close;
        if (stop === this.#end) this.#complete = false;
        value += text.slice(this.#at + 1, stop);
        this.#at = stop + 1;
        quoted = true;
      } else if (ch === '"') {
        quoted = true;
        this.#at++;
        for (;;) {
          if (this.#at >= this.#end) {
            this.#complete = false;
            break;
          }
          const inner = text[this.#at] ?? '';
          if (inner === '"') {
            this.#at++;
            break;
          }
          if (inner === '\\') {
            const next = text[this.#at + 1] ?? '';
            value += '$`"\\'.includes(next) ? next : next === '\n' ? '' : inner + next;
            this.#at += 2;
          } else if (inner === '$' || inner === '`') {
            const part = this.#expansion();
            dynamic ||= part.dynamic;
            value += part.text;
          } else {
            value += inner;
            this.#at++;
          }
        }
      } else if (ch === '$' || ch === '`') {
        const part = this.#expansion();
        dynamic ||= part.dynamic;
        value += part.text;
      } else {
        value += ch;
        this.#at++;
      }
    }
    this.#at = Math.min(this.#at, this.#end);
    if (this.#at === start) this.#at++;
    return { text: text.slice(start, this.#at), value, dynamic, quoted, span: this.#span(start, this.#at) };
  }

  /** `$name`, `${…}`, `$(…)`, `$((…))`, back quotes: as written; the commands inside are read too. */
  #expansion(): { readonly text: string; readonly dynamic: boolean } {
    const text = this.#text;
    const start = this.#at;
    const next = text[this.#at + 1] ?? '';
    if (text[start] === '`') return { text: this.#nested(this.#at + 1, '`'), dynamic: true };
    if (next === '(' && text[this.#at + 2] === '(') {
      const close = text.indexOf('))', this.#at + 3);
      this.#at = close < 0 || close > this.#end ? this.#end : close + 2;
      return { text: text.slice(start, this.#at), dynamic: true };
    }
    if (next === '(') return { text: this.#nested(this.#at + 2, ')'), dynamic: true };
    if (next === '{') {
      let depth = 0;
      for (this.#at++; this.#at < this.#end; this.#at++) {
        if (text[this.#at] === '{') depth++;
        else if (text[this.#at] === '}' && --depth === 0) break;
      }
      if (this.#at >= this.#end) this.#complete = false;
      this.#at = Math.min(this.#at + 1, this.#end);
      return { text: text.slice(start, this.#at), dynamic: true };
    }
    const name = /^\$(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#?$!-])/.exec(text.slice(start, Math.min(start + 200, this.#end)));
    this.#at += name?.[0].length ?? 1;
    return { text: name?.[0] ?? '$', dynamic: name !== null };
  }

  /** The text from here to the bracket that closes at the same level; its commands go to the list. */
  #nested(inner: number, closer: ')' | '`'): string {
    const text = this.#text;
    const start = this.#at;
    let at = inner;
    let depth = 1;
    let quote = '';
    for (; at < this.#end; at++) {
      const ch = text[at] ?? '';
      if (ch === '\\') at++;
      else if (quote) {
        if (ch === quote) quote = '';
      } else if (ch === "'" || (ch === '"' && closer === ')')) quote = ch;
      else if (ch === closer && (closer === '`' || --depth === 0)) break;
      else if (ch === '(' && closer === ')') depth++;
    }
    if (at >= this.#end) this.#complete = false;
    if (this.#depth < deepest)
      new ShellReader(text, inner, Math.min(at, this.#end), this.#offsetAt, this.#out, this.#depth + 1, true).read();
    this.#at = Math.min(at + 1, this.#end);
    return text.slice(start, this.#at);
  }
}
