import type { Source, Span } from '../text/text.ts';
import { argumentsOf } from './arguments.ts';
import { bodyOf } from './body.ts';
import { openers, type Opener } from './heredoc.ts';
import { continuation, isBlank, lineEnd, nextLine, offsetIn, skipSpace, spanIn, trimEnd, type Logical } from './lines.ts';
import type { Comment, Directive, Dockerfile, Heredoc, Instruction } from './model.ts';
import { stagesOf } from './stages.ts';
import { flagWords } from './words.ts';

const hash = 35;
const byteOrderMark = 0xfeff;
const takesHeredocs = new Set(['RUN', 'COPY', 'ADD']);
/** White space is here what it is to BuildKit's pattern: a no-break space is a part of the value. */
const directiveLine = /^#[\t\f\r ]*([a-zA-Z][a-zA-Z0-9]*)[\t\f\r ]*=[\t\f\r ]*(.+?)[\t\f\r ]*$/;

/** A file as its lines say, without what a build refuses. */
export function readAll(file: Source): Dockerfile {
  const reader = new Reader(file.text);
  reader.read();
  const { escape, directives, comments, instructions } = reader;
  const stages = stagesOf(file.text, escape, instructions);
  return { language: 'dockerfile', source: file, escape, directives, comments, instructions, stages, faults: [] };
}

/** An instruction while it is being read. */
type Draft = { -readonly [K in keyof Instruction]: K extends 'trigger' ? Draft | undefined : Instruction[K] };

const none: readonly never[] = [];

/** A build refuses ONBUILD behind ONBUILD; without a limit, a line of them could exhaust the stack. */
const deepestTrigger = 20;

/** Where a reading begins behind the first line, and what is known there. */
export interface Place {
  readonly at: number;
  readonly escape: Dockerfile['escape'];
  /** The stage that is open there; absent before the first FROM. */
  readonly stage?: number;
}

/** One pass over the lines of a file, or over some of them. */
export class Reader {
  escape: Dockerfile['escape'] = '\\';
  readonly directives: Directive[] = [];
  readonly comments: Comment[] = [];
  readonly instructions: Instruction[] = [];
  readonly #text: string;
  #at: number;
  #stage: number | undefined;
  #mayBeDirective = true;

  constructor(text: string, place?: Place) {
    this.#text = text;
    this.#at = place?.at ?? (text.charCodeAt(0) === byteOrderMark ? 1 : 0);
    if (!place) return;
    this.escape = place.escape;
    this.#stage = place.stage;
    this.#mayBeDirective = false;
  }

  /** Reads on, to the end or until `enough` says so of the start of a line. */
  read(enough?: (lineStart: number) => boolean): void {
    const text = this.#text;
    while (this.#at < text.length) {
      if (enough?.(this.#at)) return;
      const end = lineEnd(text, this.#at);
      const start = skipSpace(text, this.#at, end);
      if (this.#mayBeDirective) this.#mayBeDirective = this.#directive(start, end);
      if (start === end) this.#at = nextLine(text, end);
      else if (text.charCodeAt(start) === hash) {
        this.#comment(start, end);
        this.#at = nextLine(text, end);
      } else this.#instruction(start, end);
    }
  }

  /** Reads a directive line; says whether the next line may be one too. */
  #directive(start: number, end: number): boolean {
    const match = directiveLine.exec(this.#text.slice(start, end));
    const [line, written, value] = match ?? [];
    if (line === undefined || written === undefined || value === undefined) return false;
    const name = written.toLowerCase();
    if (name !== 'syntax' && name !== 'escape' && name !== 'check') return true;
    const span = { start, end: start + line.length };
    const from = start + line.indexOf(value, line.indexOf('=') + 1);
    const valueSpan = { start: from, end: from + value.length };
    // The first one counts; what else there is, `faults.ts` speaks of.
    if (name === 'escape' && (value === '\\' || value === '`') && !this.directives.some((earlier) => earlier.name === name))
      this.escape = value;
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
    const trimmed = { ...line, text: line.text.slice(0, to) };
    const instruction = this.#parse(trimmed, from, end, 0);
    // An escape that nothing follows: a build takes it for an instruction without a name.
    if (from === to) {
      instruction.keywordSpan = { start, end: start + 1 };
      instruction.span = { start, end: instruction.span.end };
    }
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
    if (instruction.keyword === 'FROM') this.#stage = (this.#stage ?? -1) + 1;
    if (this.#stage !== undefined) {
      instruction.stage = this.#stage;
      if (trigger) trigger.stage = this.#stage;
    }
    this.instructions.push(instruction);
  }

  #parse(line: Logical, from: number, end: number, depth: number): Draft {
    const { text } = line;
    let at = from;
    while (at < text.length && !isBlank(text.charCodeAt(at))) at++;
    const keyword = text.slice(from, at).toUpperCase();
    const { flags, end: start } = flagWords(line, at);
    const { args, json, pairs, trigger, notStrings } = argumentsOf(keyword, line, start, this.escape, (index) =>
      depth < deepestTrigger ? this.#parse(line, index, end, depth + 1) : undefined,
    );
    // All in one order, so that the engine sees objects of one kind.
    const draft: Draft = {
      keyword,
      keywordSpan: spanIn(line, from, at),
      span: { start: offsetIn(line, from), end },
      notStrings,
      stage: undefined,
      flags,
      args,
      json,
      body: bodyOf(line, start),
      blankLines: none,
      heredocs: none,
      pairs,
      trigger,
    };
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
    return { ...opener, content: { start: Math.min(start, text.length), end: text.length }, text: text.slice(start) };
  }
}
