import { shifted } from '../../text/change.ts';
import type { Span } from '../../text/text.ts';
import type { Command, Joint, Redirect, Script, ShellWord } from './model.ts';

/** A script that stands so much further on than it was read. */
export const movedScript = ({ commands, operators, complete }: Script, by: number): Script => ({
  commands: commands.map((command) => new Moved(command, by)),
  operators,
  complete,
});

/** A command that stands elsewhere than it was read: its words are moved when someone looks at them. */
class Moved implements Command {
  readonly name: string;
  readonly joint: Joint;
  readonly next: Joint | undefined;
  readonly depth: number;
  readonly under: readonly string[];
  readonly substituted: boolean;
  readonly span: Span;
  readonly #origin: Command;
  readonly #by: number;
  #words: readonly ShellWord[] | undefined;
  #assignments: readonly ShellWord[] | undefined;
  #redirects: readonly Redirect[] | undefined;

  constructor(origin: Command, by: number) {
    this.name = origin.name;
    this.joint = origin.joint;
    this.next = origin.next;
    this.depth = origin.depth;
    this.under = origin.under;
    this.substituted = origin.substituted;
    this.span = shifted(origin.span, by);
    this.#origin = origin;
    this.#by = by;
  }

  get words(): readonly ShellWord[] {
    return (this.#words ??= this.#origin.words.map((word) => moved(word, this.#by)));
  }

  get assignments(): readonly ShellWord[] {
    return (this.#assignments ??= this.#origin.assignments.map((word) => moved(word, this.#by)));
  }

  get redirects(): readonly Redirect[] {
    return (this.#redirects ??= this.#origin.redirects.map(({ operator, target, span }) => ({
      operator,
      ...(target && { target: moved(target, this.#by) }),
      span: shifted(span, this.#by),
    })));
  }
}

const moved = ({ text, value, dynamic, quoted, span }: ShellWord, by: number): ShellWord => ({
  text,
  value,
  dynamic,
  quoted,
  span: shifted(span, by),
});
