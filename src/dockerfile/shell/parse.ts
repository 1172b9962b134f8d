import type { Command, Joint, Operator, Redirect, Script, ShellWord } from './model.ts';
import { isDigit, redirectEnd } from './redirect.ts';
import { deepest, WordReader } from './words.ts';
import { baseName } from '../../text/paths.ts';

// A reader of POSIX shell and bash, as far as a linter needs it: commands, words, redirections and what joins them, each with its place.

/** Reads a text; `offsetAt` maps its indices to the file. Never throws; linear in the text's length. */
export function parseShell(text: string, offsetAt: (index: number) => number): Script {
  const reader = new ShellReader(text, offsetAt);
  reader.read();
  let before: Command | undefined;
  for (const command of reader.commands) {
    if (command.substituted) continue;
    // The first command in brackets is joined as the brackets are.
    if (before && before.depth <= command.depth && command.joint !== 'first') before.next = command.joint;
    before = command;
  }
  return { commands: reader.commands, operators: reader.operators, complete: reader.complete };
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const nothing: ReadonlySet<string> = new Set();
const closing = set('then elif else fi do done esac }');
const compound = set('if while until for select case { [[ function ! time coproc');
const untilThen = set('then');
const untilFi = set('elif else fi');
const untilDo = set('do');
const untilDone = set('done');
const untilBrace = set('}');
const untilItem = set(';; esac');
const untilParen = set(')');

class ShellReader extends WordReader {
  readonly commands: Command[] = [];
  readonly operators: Operator[] = [];
  readonly #under: string[] = [];
  readonly #stops: ReadonlySet<string>[] = [];
  #joint: Joint = 'first';
  #substituted = false;
  /** Names of heredocs whose content begins at the next line. */
  #heredocs: { readonly name: string; readonly chomp: boolean }[] = [];

  read(): void {
    while (this.at < this.end) {
      this.#list(nothing);
      // A bracket or word that closes nothing.
      if (this.at < this.end) {
        this.complete = false;
        this.at++;
        this.#joint = ';';
      }
    }
  }

  /** Reads commands up to one of the closing words or brackets, which is passed over and returned; '' at the end. */
  #list(stops: ReadonlySet<string>): string {
    this.#stops.push(stops);
    let found = '';
    while (this.at < this.end && !found) {
      this.blank();
      if (this.at >= this.end) break;
      const ch = this.text[this.at];
      if (ch === ')') {
        if (stops.has(')')) this.at++;
        else if (this.#expected(')')) this.complete = false;
        else {
          this.at++;
          this.#joint = ';';
          continue;
        }
        found = ')';
      } else if (ch === ';' && /^;[;&]/.test(this.text.slice(this.at, this.at + 2)) && stops.has(';;')) {
        this.at += this.text.startsWith(';;&', this.at) ? 3 : 2;
        found = ';;';
      } else if (!this.#operator()) found = this.#command(stops);
    }
    this.#stops.pop();
    if (!found && stops.size) this.complete = false;
    return found;
  }

  #expected = (word: string): boolean => this.#stops.some((stops) => stops.has(word));

  /** Takes in a control operator, if one stands here. */
  #operator(): boolean {
    const ch = this.text[this.at];
    const next = this.text[this.at + 1];
    switch (ch) {
      case '\n':
        this.#note('newline', 1);
        this.at++;
        if (this.#heredocs.length) for (const heredoc of this.#heredocs.splice(0)) this.#skipHeredoc(heredoc);
        if (this.#joint === ';') this.#joint = 'newline';
        return true;
      case ';':
        return this.#join(';', next === ';' || next === '&' ? 2 : 1);
      case '|':
        return this.#join(next === '|' ? '||' : '|', next === '|' || next === '&' ? 2 : 1);
      case '&':
        if (next === '>') return false;
        return this.#join(next === '&' ? '&&' : '&', next === '&' ? 2 : 1);
      default:
        return false;
    }
  }

  #note(joint: Operator['joint'], length: number): void {
    if (this.#stops.length === 1 && !this.#substituted) this.operators.push({ joint, index: this.at, length });
  }

  #join(joint: Operator['joint'], length: number): true {
    this.#note(joint, length);
    this.at += length;
    this.#joint = joint;
    return true;
  }

  /** Reads one command, simple or compound; a closing word is passed over and returned when the list waits for it. */
  #command(stops: ReadonlySet<string>): string {
    const start = this.at;
    if (this.text[start] === '(') {
      this.#bracket();
      return '';
    }
    const word = this.bareWord();
    if (closing.has(word)) {
      if (stops.has(word)) {
        this.at += word.length;
        return word;
      }
      this.complete = false;
      if (this.#expected(word)) return word;
      this.at += word.length;
      this.#joint = ';';
      return '';
    }
    if (word && compound.has(word)) this.#compound(word);
    else this.#simple();
    if (this.at === start) this.at++;
    return '';
  }

  #bracket(): void {
    const { text } = this;
    if (text[this.at + 1] === '(') {
      this.skipArithmetic(this.at + 2);
      this.#after();
      return;
    }
    this.at++;
    if (this.depth >= deepest) return;
    this.#inside('(', untilParen);
    this.#after();
  }

  /** Reads a list one level deeper, under a word. The first command is joined as the whole is. */
  #inside(under: string, stops: ReadonlySet<string>): string {
    this.depth++;
    this.#under.push(under);
    const found = this.#list(stops);
    this.#under.pop();
    this.depth--;
    return found;
  }

  /** The part of a compound after `then`, `do`, `else`. */
  #part(opener: string, under: string, stops: ReadonlySet<string>): string {
    this.#joint = 'first';
    this.#under.push(opener);
    const found = this.#inside(under, stops);
    this.#under.pop();
    return found;
  }

  #compound(word: string): void {
    this.at += word.length;
    if (this.depth >= deepest || this.#under.length > 2 * deepest) return;
    switch (word) {
      case '!':
      case 'time':
      case 'coproc':
        this.#under.push(word);
        this.blank();
        if (this.at < this.end && !/[;&|\n)]/.test(this.text[this.at] ?? '')) this.#command(nothing);
        this.#under.pop();
        return;
      case 'function':
        this.blank();
        this.word();
        this.#functionBody();
        return;
      case '[[':
        this.#test();
        return;
      case '{':
        this.#inside('{', untilBrace);
        break;
      case 'if': {
        let found = this.#inside('if', untilThen);
        while (found === 'then' || found === 'elif' || found === 'else') {
          if (found === 'elif') found = this.#part('if', 'elif', untilThen);
          else found = this.#part('if', found, untilFi);
        }
        break;
      }
      case 'while':
      case 'until':
        if (this.#inside(word, untilDo) === 'do') this.#part(word, 'do', untilDone);
        break;
      case 'case':
        this.#case();
        break;
      default:
        this.#loopWords();
        if (this.#list(untilDo) === 'do') this.#part(word, 'do', untilDone);
    }
    this.#after();
  }

  /** `name in words`, or `((…))`: no commands, but the substitutions in them run. */
  #loopWords(): void {
    this.blank();
    if (this.text.startsWith('((', this.at)) this.skipArithmetic(this.at + 2);
    for (let more = this.blank(); more && !/[;\n]/.test(this.text[this.at] ?? ''); more = this.blank()) this.wordOrMark();
  }

  #case(): void {
    this.blank();
    if (this.at < this.end) this.word();
    this.#newlines();
    if (this.bareWord() === 'in') this.at += 2;
    this.depth++;
    this.#under.push('case', 'pattern');
    for (;;) {
      this.#newlines();
      if (this.at >= this.end) {
        this.complete = false;
        break;
      }
      if (this.bareWord() === 'esac') {
        this.at += 4;
        break;
      }
      if (this.text[this.at] === '(') this.at++;
      for (let more = this.blank(); more && this.text[this.at] !== ')'; more = this.blank()) this.wordOrMark();
      this.at++;
      this.#joint = 'first';
      if (this.#list(untilItem) !== ';;') break;
    }
    this.#under.length -= 2;
    this.depth--;
  }

  #newlines(): void {
    while (this.blank() && this.text[this.at] === '\n') this.at++;
  }

  /** `[[ … ]]` is one command, whatever stands in it. */
  #test(): void {
    const start = this.at - 2;
    const words: ShellWord[] = [{ text: '[[', value: '[[', dynamic: false, quoted: false, span: this.span(start, this.at) }];
    for (let more = this.blank(); more && this.text[this.at] !== '\n'; more = this.blank()) {
      const word = this.wordOrMark();
      words.push(word);
      if (word.text === ']]') break;
    }
    this.#push(words, [], [], start, this.at);
  }

  #functionBody(): void {
    this.blank();
    if (this.text[this.at] === '(') {
      const close = this.text.indexOf(')', this.at);
      this.at = close < 0 || close >= this.end ? this.end : close + 1;
    }
    this.#newlines();
    this.#joint = 'first';
  }

  /** What may stand behind a compound: redirections. */
  #after(): void {
    this.#joint = ';';
    this.blank();
    const start = this.at;
    const redirects: Redirect[] = [];
    let end = start;
    for (let redirect = this.#redirect(); redirect; redirect = this.#redirect()) {
      redirects.push(redirect);
      end = this.at;
      this.blank();
    }
    if (redirects.length) this.#push([], [], redirects, start, end);
  }

  #simple(): void {
    const start = this.at;
    const words: ShellWord[] = [];
    const assignments: ShellWord[] = [];
    const redirects: Redirect[] = [];
    let end = start;
    for (;;) {
      this.blank();
      if (this.at >= this.end) break;
      const ch = this.text[this.at] ?? '';
      if (ch === ';' || ch === '|' || ch === '\n' || ch === ')' || (ch === '&' && this.text[this.at + 1] !== '>')) break;
      const redirect = this.#redirect();
      if (redirect) redirects.push(redirect);
      else if (ch === '(') {
        // `name() {` declares a function.
        if (words.length === 1 && !assignments.length) {
          this.#functionBody();
          return;
        }
        if (this.depth < deepest) this.#bracket();
        break;
      } else {
        const word = this.word();
        if (!words.length && isAssignment(word.text)) assignments.push(word);
        else words.push(word);
      }
      end = this.at;
    }
    if (words.length || assignments.length || redirects.length) this.#push(words, assignments, redirects, start, end);
  }

  #push(words: readonly ShellWord[], assignments: readonly ShellWord[], redirects: readonly Redirect[], start: number, end: number): void {
    const [first] = words;
    this.commands.push({
      name: first ? baseName(first.value) : '',
      words,
      assignments,
      redirects,
      joint: this.#joint,
      depth: this.depth,
      under: [...this.#under],
      substituted: this.#substituted,
      span: this.span(start, end),
    });
    this.#joint = ';';
  }

  #redirect(): Redirect | undefined {
    const { text } = this;
    const start = this.at;
    const end = redirectEnd(text, start);
    if (end === undefined) return undefined;
    const operator = text.slice(start, end);
    this.at = end;
    if (operator.endsWith('>&') || operator.endsWith('<&')) {
      const from = this.at;
      while (isDigit(text.charCodeAt(this.at))) this.at++;
      if (text[this.at] === '-') this.at++;
      if (this.at > from) return { operator: text.slice(start, this.at), span: this.span(start, this.at) };
    }
    while (text[this.at] === ' ' || text[this.at] === '\t') this.at++;
    if (this.at >= this.end || /[;&|\n()<>]/.test(text[this.at] ?? '')) return { operator, span: this.span(start, this.at) };
    const target = this.word();
    if (/<<-?$/.test(operator)) this.#heredocs.push({ name: target.value, chomp: operator.endsWith('-') });
    return { operator, target, span: this.span(start, this.at) };
  }

  #skipHeredoc({ name, chomp }: { readonly name: string; readonly chomp: boolean }): void {
    while (this.at < this.end) {
      const newline = this.text.indexOf('\n', this.at);
      const end = newline < 0 || newline > this.end ? this.end : newline;
      let line = this.text.slice(this.at, end).replace(/\r$/, '');
      if (chomp) line = line.replace(/^\t+/, '');
      this.at = Math.min(end + 1, this.end);
      if (line === name) return;
    }
  }

  /** The commands of a `$(…)`, `<(…)` or of back quotes go to the list, in front of the command they stand in. */
  protected override substitution(stop: ')' | '`'): void {
    const joint = this.#joint;
    const substituted = this.#substituted;
    const under = this.#under.splice(0);
    const stops = this.#stops.splice(0);
    const heredocs = this.#heredocs;
    this.#joint = 'first';
    this.#substituted = true;
    this.#heredocs = [];
    this.depth++;
    if (stop === ')') this.#list(untilParen);
    else while (this.at < this.end) if (this.#list(nothing)) this.at++;
    this.depth--;
    this.#heredocs = heredocs;
    this.#stops.push(...stops);
    this.#under.push(...under);
    this.#substituted = substituted;
    this.#joint = joint;
  }
}

/** `NAME=`, `NAME+=`, `NAME[1]=`. */
function isAssignment(text: string): boolean {
  const equals = text.indexOf('=');
  return equals > 0 && /^[A-Za-z_]\w*(?:\[[^\]]*\])?\+?$/.test(text.slice(0, equals));
}
