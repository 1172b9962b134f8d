import { source, type Span } from '../text/text.ts';
import { argumentsOf } from './arguments.ts';
import { expand } from './expand.ts';
import { faultsOf } from './faults.ts';
import { openers, type Opener } from './heredoc.ts';
import { continuation, lineEnd, nextLine, offsetIn, skipSpace, spanIn, trimEnd, type Logical } from './lines.ts';
import type { Comment, Directive, Dockerfile, Fault, Heredoc, Instruction, Stage } from './model.ts';
import { globalArgs, type Variable } from './scope.ts';
import { isNamedTemplate, templateOf } from './template.ts';
import { flagWords } from './words.ts';

const hash = 35;
const takesHeredocs = new Set(['RUN', 'COPY', 'ADD']);
const directiveLine = /^#\s*([a-zA-Z][a-zA-Z0-9]*)\s*=\s*(.+?)\s*$/;

/** Reads a Dockerfile as BuildKit does. Never throws: what a build refuses is in `faults`. Linear in the length of the text. */
export function parseDockerfile(path: string, text: string): Dockerfile {
  const file = source(path, text);
  const reader = new Reader(text);
  reader.read();
  const { escape, directives, comments, instructions, stages } = reader;
  const parsed: Dockerfile = {
    language: 'dockerfile',
    source: file,
    escape,
    directives,
    comments,
    instructions,
    stages,
    faults: reader.faults,
  };
  const written = templateOf(text, stages.length > 0);
  if (written) return { ...parsed, faults: [], template: written };
  const faults = [...reader.faults, ...faultsOf(parsed)];
  return faults.length && isNamedTemplate(path) ? { ...parsed, faults: [], template: 'other' } : { ...parsed, faults };
}

/** An instruction while it is being read. */
type Draft = { -readonly [K in keyof Instruction]: K extends 'trigger' ? Draft : Instruction[K] };

const none: readonly never[] = [];

/** A build refuses ONBUILD behind ONBUILD; without a limit, a line of them could exhaust the stack. */
const deepestTrigger = 20;

const endsKeyword = (code: number): boolean => code === 32 || code === 9 || (code >= 11 && code <= 13);

/** One pass over the lines of a file. */
class Reader {
  escape: '\\' | '`' = '\\';
  readonly directives: Directive[] = [];
  readonly comments: Comment[] = [];
  readonly instructions: Instruction[] = [];
  readonly stages: Stage[] = [];
  readonly faults: Fault[] = [];
  readonly #text: string;
  /** Stages by name in lower case, the latest of each name. */
  readonly #named = new Map<string, Stage>();
  #globals: ReadonlyMap<string, Variable> | undefined;
  #at = 0;
  #stage: { from: Instruction; rest: Instruction[] } | undefined;

  constructor(text: string) {
    this.#text = text;
  }

  read(): void {
    const text = this.#text;
    if (text.charCodeAt(0) === 0xfeff) this.#at = 1;
    let mayBeDirective = true;
    while (this.#at < text.length) {
      const end = lineEnd(text, this.#at);
      const start = skipSpace(text, this.#at, end);
      if (mayBeDirective) mayBeDirective = this.#directive(start, end);
      if (start === end) this.#at = nextLine(text, end);
      else if (text.charCodeAt(start) === hash) {
        this.#comment(start, end);
        this.#at = nextLine(text, end);
      } else this.#instruction(start, end);
    }
    this.#closeStage(text.length);
  }

  /** Reads a directive line; says whether the next line may be one too. */
  #directive(start: number, end: number): boolean {
    const match = directiveLine.exec(this.#text.slice(start, end));
    const [line, written, value] = match ?? [];
    if (line === undefined || written === undefined || value === undefined) return false;
    const name = written.toLowerCase();
    if (name !== 'syntax' && name !== 'escape' && name !== 'check') return true;
    const span = { start, end: start + line.length };
    const nameStart = start + line.indexOf(written);
    const from = start + line.indexOf(value, line.indexOf('=') + 1);
    const valueSpan = { start: from, end: from + value.length };
    if (this.directives.some((earlier) => earlier.name === name))
      this.faults.push({
        span: { ...span, start: nameStart },
        message: `A Dockerfile has one «# ${name}=» directive; this is the second.`,
      });
    else if (name === 'escape' && value !== '\\' && value !== '`')
      this.faults.push({ span: valueSpan, message: `The escape character is «\\» or «\`», not «${value}».`, meant: '\\' });
    else if (name === 'escape') this.escape = value as '\\' | '`';
    this.directives.push({ name, value, span, valueSpan });
    return true;
  }

  #comment(start: number, end: number): void {
    this.comments.push({ text: this.#text.slice(start + 1, end).trim(), span: { start, end } });
  }

  /** The logical line that begins at `start`, with `#at` moved past it. */
  #logical(start: number, end: number): { line: Logical; end: number; blankLines: Span[] } {
    const text = this.#text;
    const escape = this.escape.charCodeAt(0);
    const starts: number[] = [];
    const offsets: number[] = [];
    const blankLines: Span[] = [];
    let joined = '';
    let from = start;
    let last = end;
    for (;;) {
      const cut = continuation(text, from, end, escape);
      starts.push(joined.length);
      offsets.push(from);
      joined += text.slice(from, cut < 0 ? end : cut);
      last = end;
      this.#at = nextLine(text, end);
      if (cut < 0) break;
      // Comments and blank lines between the lines of an instruction are passed over.
      let found = false;
      while (!found && this.#at < text.length) {
        from = this.#at;
        end = lineEnd(text, from);
        const content = skipSpace(text, from, end);
        if (content < end && text.charCodeAt(content) === hash) this.#comment(content, end);
        else if (content === end) blankLines.push({ start: from, end });
        else found = true;
        if (!found) this.#at = nextLine(text, end);
      }
      if (!found) break;
    }
    return { line: { text: joined, starts, offsets }, end: last, blankLines };
  }

  #instruction(start: number, firstEnd: number): void {
    const { line, end, blankLines } = this.#logical(start, firstEnd);
    const from = skipSpace(line.text, 0, line.text.length);
    const to = trimEnd(line.text, from, line.text.length);
    if (from === to) return;
    const trimmed = { ...line, text: line.text.slice(0, to) };
    const instruction = this.#parse(trimmed, from, end, 0);
    instruction.blankLines = blankLines;
    const { trigger } = instruction;
    const host = trigger ?? instruction;
    if (takesHeredocs.has(host.keyword) && !host.json) {
      const heredocs = openers(trimmed).map((opener) => this.#heredoc(opener));
      const last = heredocs.at(-1);
      if (last) {
        const stop = last.terminator?.end ?? last.content.end;
        instruction.heredocs = heredocs;
        instruction.span = { start: instruction.span.start, end: stop };
        if (trigger) Object.assign(trigger, { heredocs, span: { start: trigger.span.start, end: stop } } satisfies Partial<Draft>);
      }
    }
    if (instruction.keyword === 'FROM') this.#closeStage(start);
    if (instruction.keyword === 'FROM' || this.#stage) {
      instruction.stage = this.stages.length;
      if (trigger) trigger.stage = this.stages.length;
    }
    this.instructions.push(instruction);
    if (instruction.keyword === 'FROM') this.#stage = { from: instruction, rest: [] };
    else this.#stage?.rest.push(instruction);
  }

  #parse(line: Logical, from: number, end: number, depth: number): Draft {
    const { text } = line;
    let at = from;
    while (at < text.length && !endsKeyword(text.charCodeAt(at))) at++;
    const keyword = text.slice(from, at).toUpperCase();
    const { flags, end: start } = flagWords(line, at);
    const bodyText = text.slice(start);
    const { args, json, pairs, trigger, notStrings } = argumentsOf(keyword, line, start, this.escape, (index) =>
      depth < deepestTrigger ? this.#parse(line, index, end, depth + 1) : undefined,
    );
    const span = spanIn(line, start, text.length);
    if (notStrings) this.faults.push({ span, message: `Every element of ${keyword}'s JSON array has to be a string in double quotes.` });
    const draft: Draft = {
      keyword,
      keywordSpan: spanIn(line, from, at),
      span: { start: offsetIn(line, from), end },
      flags,
      args,
      body: {
        text: bodyText,
        span,
        offsetAt: (index) => (index >= bodyText.length && bodyText ? offsetIn(line, text.length - 1) + 1 : offsetIn(line, start + index)),
      },
      heredocs: none,
      blankLines: none,
    };
    if (json) draft.json = json;
    if (pairs) draft.pairs = pairs;
    if (trigger) draft.trigger = trigger;
    return draft;
  }

  #heredoc(opener: Opener): Heredoc {
    const text = this.#text;
    const start = this.#at;
    while (this.#at < text.length) {
      const from = this.#at;
      const end = lineEnd(text, from);
      this.#at = nextLine(text, end);
      let begin = from;
      if (opener.chomp) while (text.charCodeAt(begin) === 9) begin++;
      if (text.slice(begin, end) === opener.name)
        return { ...opener, content: { start, end: from }, text: text.slice(start, from), terminator: { start: from, end } };
    }
    this.faults.push({
      span: opener.opener,
      message: `The heredoc «${opener.name}» is never closed: a line with «${opener.name}» alone has to end it.`,
    });
    return { ...opener, content: { start: Math.min(start, text.length), end: text.length }, text: text.slice(start) };
  }

  #closeStage(end: number): void {
    if (!this.#stage) return;
    const { from, rest } = this.#stage;
    const [image, as, name] = from.args;
    const named = as?.value.toUpperCase() === 'AS' ? name : undefined;
    const base = image && this.#named.get(this.#expanded(image.text));
    const stage: Stage = {
      index: this.stages.length,
      from,
      ...(named ? { name: named } : {}),
      ...(image ? { image } : {}),
      ...(base ? { base } : {}),
      instructions: rest,
      span: { start: from.span.start, end: trimEnd(this.#text, from.span.start, end) },
    };
    this.stages.push(stage);
    if (named) this.#named.set(named.value.toLowerCase(), stage);
    this.#stage = undefined;
  }

  /** An image with the defaults of the ARGs before the first FROM put in. */
  #expanded(image: string): string {
    if (!/[$"'\\`]/.test(image)) return image;
    this.#globals ??= globalArgs(this);
    const result = expand(image, (name) => this.#globals?.get(name)?.value, { escape: this.escape });
    return result.ok ? result.text : image;
  }
}
