import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Heredoc, Instruction, Word } from '../../dockerfile/model.ts';
import type { Span } from '../../text/text.ts';
import type { Token, TokenType } from '../model.ts';
import type { Command } from '../../dockerfile/shell/model.ts';
import { parseShell } from '../../dockerfile/shell/parse.ts';
import { bodyTokens, isPowershell, languageOf, lexed } from './bodyTokens.ts';
import { marked, shellMarks, scriptMarks } from './shellTokens.ts';

/** The commands of a script that a COPY writes. */
const shellIn = ({ text, content }: Heredoc): readonly Command[] => parseShell(text, (index) => content.start + index).commands;

/** Colours by meaning, in file order. `inside`: also what a shell reads in RUN and the like, and heredocs, by their languages. */
export function tokensInDockerfile(file: Dockerfile, inside = true): readonly Token[] {
  const painter = new Painter(file, inside);
  return painter.paint();
}

const continued = { '\\': /^\\[ \t]*\r?\n(\w+)/, '`': /^`[ \t]*\r?\n(\w+)/ } as const;

/** The instructions whose text a shell reads. */
const shells: ReadonlySet<string> = new Set(['RUN', 'CMD', 'ENTRYPOINT', 'HEALTHCHECK']);

interface Part {
  readonly span: Span;
  readonly type: TokenType;
  readonly declaration?: boolean;
}

/** An image's name, and its tag or digest. */
function imageParts(text: string, span: Span): readonly Part[] {
  const plain = text.replace(/\$\{[^}]*\}?/g, (variable) => '_'.repeat(variable.length));
  const [at, colon] = [plain.indexOf('@'), plain.lastIndexOf(':')];
  const cut = at > 0 ? at : colon > plain.lastIndexOf('/') ? colon : -1;
  if (cut < 1 || span.end - span.start !== text.length) return [{ span, type: 'class' }];
  return [
    { span: { start: span.start, end: span.start + cut }, type: 'class' },
    { span: { start: span.start + cut + 1, end: span.end }, type: 'property' },
  ];
}

class Painter {
  readonly #file: Dockerfile;
  readonly #text: string;
  readonly #tokens: Token[] = [];
  readonly #comments: readonly Span[];
  readonly #inside: boolean;
  #comment = 0;

  constructor(file: Dockerfile, inside: boolean) {
    this.#inside = inside;
    this.#file = file;
    this.#text = file.source.text;
    const directives = new Set(file.directives.map(({ span }) => span.start));
    this.#comments = file.comments.map(({ span }) => span).filter(({ start }) => !directives.has(start));
  }

  paint(): readonly Token[] {
    for (const { name, span, valueSpan } of this.#file.directives) {
      const start = this.#text.toLowerCase().indexOf(name, span.start);
      const equals = this.#text.indexOf('=', start);
      this.#add(this.#text.indexOf('#', span.start), start, 'comment');
      this.#add(start, start + name.length, 'property');
      this.#add(equals, equals + 1, 'operator');
      this.#add(valueSpan.start, valueSpan.end, 'parameter');
    }
    for (const instruction of this.#file.instructions) {
      this.#commentsUntil(instruction.span.start);
      this.#instruction(instruction);
    }
    this.#commentsUntil(this.#text.length);
    // What broken text made overlap is painted once.
    let painted = 0;
    return this.#tokens
      .sort((a, b) => a.start - b.start)
      .filter(({ start, end }) => {
        if (start < painted) return false;
        painted = end;
        return true;
      });
  }

  #add(start: number, end: number, type: TokenType, more: Pick<Token, 'declaration' | 'deprecated'> = {}): void {
    if (end <= start) return;
    const text = this.#text.slice(start, end);
    if (!/[\r\n]/.test(text)) this.#tokens.push({ start, end, type, ...more });
    else
      for (const { index, 0: line } of text.matchAll(/[^\r\n]+/g))
        this.#tokens.push({ start: start + index, end: start + index + line.length, type, ...more });
  }

  #commentsUntil(offset: number): void {
    for (let at = this.#comments[this.#comment]; at && at.start < offset; at = this.#comments[++this.#comment]) {
      const hash = this.#text.indexOf('#', at.start);
      const trimmed = hash + this.#text.slice(hash, at.end).trimEnd().length;
      this.#add(hash, trimmed, 'comment');
    }
  }

  #instruction(instruction: Instruction): void {
    const { keyword, keywordSpan, flags, heredocs, trigger, span } = instruction;
    this.#scan(keywordSpan, 'keyword', keyword === 'MAINTAINER' ? { deprecated: true } : {});
    let at = keywordSpan.end;
    if (trigger) {
      this.#scan({ start: at, end: trigger.span.start }, 'parameter');
      this.#instruction(trigger);
      return;
    }
    for (const { span: flag, value } of flags) {
      this.#scan({ start: at, end: flag.start }, 'parameter');
      const equals = value ? value.span.start - 1 : flag.end;
      this.#add(flag.start, equals, 'parameter');
      if (value) {
        this.#add(equals, equals + 1, 'operator');
        if (keyword === 'RUN' && value.text.includes('=')) this.#fields(value);
        else this.#scan(value.span, 'property');
      }
      at = flag.end;
    }
    const contents = heredocs.map(({ content }) => content.start);
    const end = contents.length ? Math.min(...contents) : span.end;
    for (const word of this.#words(instruction)) {
      if (word.span.start < at || word.span.start >= end) continue;
      // What parts an image from its tag is no operator.
      if (keyword !== 'FROM' || word.span.start > at + 1) this.#scan({ start: at, end: word.span.start }, 'operator');
      this.#scan(word.span, word.type, word.declaration ? { declaration: true } : {});
      at = word.span.end;
    }
    const before = this.#tokens.length;
    if (this.#inside && shells.has(keyword) && !instruction.json && isPowershell(this.#file, instruction))
      for (const { start, end: stop, type } of lexed(this.#text.slice(at, end), at, 'powershell')) this.#add(start, stop, type);
    else this.#scan({ start: at, end }, 'parameter');
    if (this.#inside && shells.has(keyword)) this.#tokens.push(...marked(this.#tokens.splice(before), shellMarks(this.#file, instruction)));
    if (this.#inside) for (const heredoc of heredocs) this.#heredoc(instruction, heredoc);
    for (const { terminator } of heredocs)
      if (terminator) {
        const start = terminator.start + (/^\t*/.exec(this.#text.slice(terminator.start, terminator.end))?.[0].length ?? 0);
        this.#add(start, terminator.end, 'macro');
      }
  }

  #heredoc(instruction: Instruction, heredoc: Heredoc): void {
    const tokens = bodyTokens(this.#file, instruction, heredoc);
    const marks =
      instruction.keyword === 'RUN'
        ? shellMarks(this.#file, instruction)
        : languageOf(this.#file, instruction, heredoc) === 'shell'
          ? scriptMarks(this.#text, shellIn(heredoc), heredoc.content)
          : [];
    for (const { start, end, type } of marked(tokens, marks)) this.#add(start, end, type);
  }

  /** `type=cache,target=/x` */
  #fields({ span }: Word): void {
    for (const match of this.#text.slice(span.start, span.end).matchAll(/([^,=]+)(=)?([^,]*)/g)) {
      const start = span.start + match.index;
      const name = start + (match[1]?.length ?? 0);
      this.#add(start, name, 'parameter');
      if (match[2]) {
        this.#add(name, name + 1, 'operator');
        this.#add(name + 1, start + match[0].length, 'property');
      }
    }
  }

  /** The words that mean something of their own. */
  #words(instruction: Instruction): readonly Part[] {
    const { keyword, args, pairs = [] } = instruction;
    switch (keyword) {
      case 'FROM': {
        const name = stageAround(this.#file, instruction)?.name;
        return args.flatMap(({ span, text, value }, index) => {
          if (index === 0) return imageParts(text, span);
          const as = index === 1 && value.toUpperCase() === 'AS';
          return { span, type: span.start === name?.span.start ? 'namespace' : as ? 'keyword' : 'parameter' };
        });
      }
      case 'ENV':
      case 'ARG':
      case 'LABEL':
        return pairs.flatMap(({ name, value }) => [
          { span: name.span, type: keyword === 'LABEL' ? ('property' as const) : ('variable' as const), declaration: keyword !== 'LABEL' },
          ...(value ? [{ span: value.span, type: 'parameter' as const }] : []),
        ]);
      case 'HEALTHCHECK':
        return args.slice(0, 1).map(({ span, value }) => ({
          span: { start: span.start, end: span.start + (/^\S*/.exec(value)?.[0].length ?? 0) },
          type: 'keyword' as const,
        }));
      default:
        return [];
    }
  }

  /** Paints raw text: strings, variables, continuations and comments come out as such, other words as `type`. */
  #scan({ start, end }: Span, type: TokenType, more: Pick<Token, 'declaration' | 'deprecated'> = {}): void {
    const text = this.#text;
    const escape = this.#file.escape;
    let word = -1;
    const flush = (at: number): void => {
      if (word >= 0) this.#add(word, at, type, more);
      word = -1;
    };
    let quote = '';
    let quoted = -1;
    const flushQuote = (at: number): void => {
      if (quoted >= 0) this.#add(quoted, at, 'string');
      quoted = -1;
    };
    for (let at = start; at < end; at++) {
      const ch = text[at] ?? '';
      if (ch === '\n' || ch === '\r') {
        flush(at);
        flushQuote(at);
        const comment = this.#comments[this.#comment];
        const next = at + 1;
        if (comment && comment.start >= next && comment.start < end && /^\s*$/.test(text.slice(next, comment.start))) {
          this.#commentsUntil(comment.start + 1);
          at = comment.end - 1;
        }
      } else if (ch === escape && /^[ \t]*(?:\r?\n|$)/.test(text.slice(at + 1, at + 200))) {
        flush(at);
        flushQuote(at);
        this.#add(at, at + 1, 'macro');
      } else if (quote) {
        if (ch === ' ' || ch === '\t') {
          flushQuote(at);
          continue;
        }
        if (quoted < 0) quoted = at;
        if (ch === '$') {
          const variable = /^\$(?:\w+|\{[^}\n]*\}?)/.exec(text.slice(at, Math.min(end, at + 200)))?.[0];
          if (variable) {
            flushQuote(at);
            this.#add(at, at + variable.length, 'variable');
            at += variable.length - 1;
          }
        } else if (ch === escape && quote === '"') at++;
        else if (ch === quote) {
          flushQuote(at + 1);
          quote = '';
        }
      } else if (ch === '"' || ch === "'") {
        flush(at);
        quote = ch;
        quoted = at;
      } else if (ch === ' ' || ch === '\t') flush(at);
      else if (ch === '$' && text[at - 1] !== escape) {
        const variable = /^\$(?:\w+|\{[^}\n]*\}?)/.exec(text.slice(at, Math.min(end, at + 200)))?.[0];
        if (!variable) {
          if (word < 0) word = at;
          continue;
        }
        flush(at);
        this.#variable(at, variable);
        at += variable.length;
        // A name goes on behind an escaped line end.
        const rest = variable.startsWith('${') ? undefined : continued[escape].exec(text.slice(at, Math.min(end, at + 200)));
        if (rest) {
          const [whole, name = ''] = rest;
          this.#add(at, at + 1, 'macro');
          at += whole.length;
          this.#add(at - name.length, at, 'variable');
        }
        at--;
      } else {
        if (word < 0) word = at;
        if (ch === escape && at + 1 < end && !/[\r\n]/.test(text[at + 1] ?? '')) at++;
      }
    }
    flush(end);
    flushQuote(end);
  }

  /** `$NAME`, `${NAME}`, and the parts of `${NAME:-word}`. */
  #variable(at: number, text: string): void {
    // A `:` goes with one more character, whether or not a build knows it; what follows one that it does not know is read with the name.
    const parts = /^(\$\{\w*)(:?)([-+?#%/]+|=|(?<=:)\w)?(.*?)(\}?)$/s.exec(text);
    if (!parts || (!parts[2] && !parts[3])) {
      this.#add(at, at + text.length, 'variable');
      return;
    }
    let from = at;
    const types: readonly TokenType[] = ['variable', 'operator', 'modifier', 'string', 'variable'];
    // A word goes with the name, a string is one of its own.
    const plain = /\w/.test(parts[3] ?? '') || !/^["']/.test(parts[4] ?? '');
    if (plain) parts.splice(4, 2, '', (parts[4] ?? '') + (parts[5] ?? ''));
    parts.slice(1).forEach((part: string | undefined, index) => {
      const length = part?.length ?? 0;
      this.#add(from, from + length, types[index] ?? 'variable');
      from += length;
    });
  }
}
