import type { Span } from '../../text/text.ts';

/** What a shell text does, as a flat list of its simple commands in the order in which they are written. */
export interface Script {
  readonly commands: readonly Command[];
  /** What joins the commands and compounds at the top; those inside brackets, loops and substitutions are not here. */
  readonly operators: readonly Operator[];
  /** Quotes and brackets that never close, say. */
  readonly complete: boolean;
}

/** A `&&`, `;`, line end …, by its place in the script's text. */
export interface Operator {
  readonly joint: Exclude<Joint, 'first'>;
  readonly index: number;
  readonly length: number;
}

/** What joins a command to the one before it. */
export type Joint = 'first' | '&&' | '||' | ';' | '|' | '&' | 'newline';

/** A simple command: assignments, words, redirections. */
export interface Command {
  /** `pip` for `/usr/bin/pip`; empty for a command of assignments alone. */
  readonly name: string;
  /** The words, the name first. */
  readonly words: readonly ShellWord[];
  readonly assignments: readonly ShellWord[];
  readonly redirects: readonly Redirect[];
  /** How it follows the command before it. */
  readonly joint: Joint;
  /** How the next command follows it; undefined at the end. */
  next?: Joint | undefined;
  /** How deep it stands in `( )`, `{ }`, `if`, loops and `$( )`. */
  readonly depth: number;
  /** The reserved words it stands behind, e.g. `if`, `while`, `!`. */
  readonly under: readonly string[];
  /** Whether it stands in a `$( )` or in back quotes. */
  readonly substituted: boolean;
  readonly span: Span;
}

/** A word of a shell command. */
export interface ShellWord {
  readonly text: string;
  /** Without quotes and escapes; expansions are kept as written. */
  readonly value: string;
  /** Whether it holds `$…` or back quotes, so that its value is known only at run time. */
  readonly dynamic: boolean;
  readonly quoted: boolean;
  readonly span: Span;
}

/** `> file`, `2>&1`, `< file`, `<<EOF`. */
export interface Redirect {
  readonly operator: string;
  readonly target?: ShellWord;
  readonly span: Span;
}
