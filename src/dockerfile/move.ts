import { shifted } from '../text/change.ts';
import type { Span } from '../text/text.ts';
import type { Logical } from './lines.ts';
import type { Body, Flag, Heredoc, Instruction, Pair, Word } from './model.ts';

/** An instruction that stands so much further on. */
export const moved = (instruction: Instruction, by: number): Instruction => new Moved(instruction, by);

/** An instruction as it was read, wherever it stands now: what does not depend on places and on other instructions is the same of both. */
export const asRead = (instruction: Instruction): Instruction => (instruction instanceof Moved ? instruction.origin : instruction);

/** Where the first line of an instruction begins: what stands there may be nothing but a continuation. */
export function firstLineOf(instruction: Instruction): number {
  const { span, body } = asRead(instruction);
  return instruction.span.start - span.start + (body.line.offsets[0] ?? span.start);
}

/** An instruction that stands elsewhere than it was read. Its parts are moved when someone looks at them, which of most is never. */
class Moved implements Instruction {
  readonly keyword: string;
  readonly span: Span;
  readonly stage: number | undefined;
  readonly origin: Instruction;
  readonly #by: number;
  #parts: MovedParts | undefined;

  constructor(of: Instruction, by: number) {
    this.origin = asRead(of);
    this.#by = of instanceof Moved ? of.#by + by : by;
    this.keyword = this.origin.keyword;
    this.span = this.#by === 0 ? this.origin.span : shifted(this.origin.span, this.#by);
    this.stage = this.origin.stage;
  }

  get #moved(): MovedParts {
    return (this.#parts ??= new MovedParts(this.origin, this.#by));
  }

  get notStrings(): true | undefined {
    return this.origin.notStrings;
  }

  get keywordSpan(): Span {
    return this.#moved.keywordSpan;
  }

  get flags(): readonly Flag[] {
    return this.origin.flags.length ? this.#moved.flags : this.origin.flags;
  }

  get args(): readonly Word[] {
    return this.#moved.args;
  }

  get json(): readonly Word[] | undefined {
    return this.origin.json && this.#moved.json;
  }

  get body(): Body {
    return this.#moved.body;
  }

  get blankLines(): readonly Span[] {
    return this.origin.blankLines.length ? this.#moved.blankLines : this.origin.blankLines;
  }

  get heredocs(): readonly Heredoc[] {
    return this.origin.heredocs.length ? this.#moved.heredocs : this.origin.heredocs;
  }

  get pairs(): readonly Pair[] | undefined {
    return this.origin.pairs && this.#moved.pairs;
  }

  get trigger(): Instruction | undefined {
    return this.origin.trigger && this.#moved.trigger;
  }
}

/** The parts of an instruction, moved. Where it has not moved at all they are its own. */
class MovedParts {
  readonly #origin: Instruction;
  readonly #by: number;
  #keywordSpan: Span | undefined;
  #flags: readonly Flag[] | undefined;
  #args: readonly Word[] | undefined;
  #json: readonly Word[] | undefined;
  #body: Body | undefined;
  #blankLines: readonly Span[] | undefined;
  #heredocs: readonly Heredoc[] | undefined;
  #pairs: readonly Pair[] | undefined;
  #trigger: Instruction | undefined;

  constructor(origin: Instruction, by: number) {
    this.#origin = origin;
    this.#by = by;
  }

  get keywordSpan(): Span {
    return (this.#keywordSpan ??= this.#span(this.#origin.keywordSpan));
  }

  get flags(): readonly Flag[] {
    return (this.#flags ??= this.#all(this.#origin.flags, ({ name, span, value }) => ({
      name,
      span: this.#span(span),
      ...(value && { value: this.#word(value) }),
    })));
  }

  get args(): readonly Word[] {
    return (this.#args ??= this.#all(this.#origin.args, (word) => this.#word(word)));
  }

  get json(): readonly Word[] | undefined {
    const { json, args } = this.#origin;
    return json && (this.#json ??= json === args ? this.args : this.#all(json, (word) => this.#word(word)));
  }

  get body(): Body {
    return (this.#body ??= this.#by === 0 ? this.#origin.body : new MovedBody(this.#origin.body, this.#by));
  }

  get blankLines(): readonly Span[] {
    return (this.#blankLines ??= this.#all(this.#origin.blankLines, (span) => this.#span(span)));
  }

  get heredocs(): readonly Heredoc[] {
    return (this.#heredocs ??= this.#all(this.#origin.heredocs, ({ terminator, ...each }) => ({
      ...each,
      opener: this.#span(each.opener),
      content: this.#span(each.content),
      ...(terminator && { terminator: this.#span(terminator) }),
    })));
  }

  get pairs(): readonly Pair[] | undefined {
    const { pairs, args } = this.#origin;
    return (
      pairs &&
      (this.#pairs ??= this.#all(pairs, ({ name, value, legacy, span }, index) => ({
        // Without «=» it is the argument itself.
        name: (args[index] === name ? this.args[index] : undefined) ?? this.#word(name),
        ...(value && { value: this.#word(value) }),
        legacy,
        span: this.#span(span),
      })))
    );
  }

  get trigger(): Instruction | undefined {
    const { trigger } = this.#origin;
    return trigger && (this.#trigger ??= moved(trigger, this.#by));
  }

  #span(span: Span): Span {
    return this.#by === 0 ? span : shifted(span, this.#by);
  }

  #word(word: Word): Word {
    return this.#by === 0 ? word : { text: word.text, value: word.value, span: this.#span(word.span) };
  }

  #all<T>(all: readonly T[], move: (each: T, index: number) => T): readonly T[] {
    return this.#by === 0 || !all.length ? all : all.map(move);
  }
}

/** What most ask of it is its text, which is the same. */
class MovedBody implements Body {
  readonly text: string;
  readonly #origin: Body;
  readonly #by: number;
  #line: Logical | undefined;

  constructor(origin: Body, by: number) {
    this.text = origin.text;
    this.#origin = origin;
    this.#by = by;
  }

  get span(): Span {
    return shifted(this.#origin.span, this.#by);
  }

  get line(): Logical {
    const { line } = this.#origin;
    return (this.#line ??= { ...line, offsets: line.offsets.map((offset) => offset + this.#by) });
  }

  readonly offsetAt = (index: number): number => this.#origin.offsetAt(index) + this.#by;
}
