import type { Source, Span } from '../text/text.ts';
import type { Logical } from './lines.ts';

/** A Dockerfile as BuildKit would read it, with the place of every part. */
export interface Dockerfile {
  readonly language: 'dockerfile';
  readonly source: Source;
  readonly escape: '\\' | '`';
  /** Parser directives at the top: `# syntax=`, `# escape=`, `# check=`. */
  readonly directives: readonly Directive[];
  readonly comments: readonly Comment[];
  /** Every instruction in file order, those before the first FROM included. */
  readonly instructions: readonly Instruction[];
  /** All of them; in a part of a file (parts.ts) a stage and those it is built on, counted as in the whole: see `stageAround`. */
  readonly stages: readonly Stage[];
  /** What a build would refuse; the rule `syntax` reports it. */
  readonly faults: readonly Fault[];
  /** Set when the file is a template of another program, or what a frontend of its own reads: it is left alone. */
  readonly template?: 'jinja' | 'gomplate' | 'other' | 'frontend';
}

/** A line such as `# escape=\``; `name` is in lower case. */
export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}

/** A whole-line comment, also one between the lines of a continued instruction. `text` is what follows the `#`, trimmed. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** Something a build refuses, at the place that is wrong. */
export interface Fault {
  readonly span: Span;
  readonly message: string;
  /** What was probably meant in the place of the span. */
  readonly meant?: string;
  /** What makes it right, where that is more than the span. */
  readonly right?: { readonly span: Span; readonly text: string };
  /** What has to go for the rest to be right. */
  readonly surplus?: Span;
}

/** FROM and all that follows it up to the next FROM. */
export interface Stage {
  readonly index: number;
  readonly from: Instruction;
  /** The word after AS. */
  readonly name?: Word;
  /** The image as written, variables unexpanded. */
  readonly image?: Word;
  /** The earlier stage that FROM names, when it names one. */
  readonly base?: Stage;
  /** The stage's instructions after FROM. */
  readonly instructions: readonly Instruction[];
  readonly span: Span;
}

/** One instruction, from its keyword to the end of its last line or heredoc. */
export interface Instruction {
  /** In upper case, whatever the file's casing. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly span: Span;
  readonly flags: readonly Flag[];
  /** The arguments after the flags, split at white space as BuildKit splits them for this instruction. */
  readonly args: readonly Word[];
  /** The elements of the JSON (exec) form; absent in shell form. */
  readonly json?: readonly Word[] | undefined;
  /** Set when what looks like the JSON form has elements that are no strings, which a build refuses. */
  readonly notStrings?: true | undefined;
  /** The argument text after the flags, without continuations and the comments between them. */
  readonly body: Body;
  /** Blank lines between the lines of a continued instruction. */
  readonly blankLines: readonly Span[];
  readonly heredocs: readonly Heredoc[];
  /** What ENV, LABEL and ARG set. */
  readonly pairs?: readonly Pair[] | undefined;
  /** ONBUILD's own instruction. */
  readonly trigger?: Instruction | undefined;
  /** The index of its stage (see `stageAround`); absent before the first FROM. */
  readonly stage?: number | undefined;
}

/** Logical text that may span several lines; `offsetAt` maps an index in `text` back to the file. */
export interface Body {
  readonly text: string;
  readonly span: Span;
  /** The logical line that it ends. */
  readonly line: Logical;
  readonly offsetAt: (index: number) => number;
}

/** `NAME=value`, or the old `NAME value` of ENV and LABEL. */
export interface Pair {
  readonly name: Word;
  /** Absent in `ARG NAME`. */
  readonly value?: Word;
  readonly legacy: boolean;
  readonly span: Span;
}

/** One argument. */
export interface Word {
  /** As written, continuations removed. */
  readonly text: string;
  /** Without quotes and escapes; variables are kept as written. */
  readonly value: string;
  readonly span: Span;
}

/** `--name` or `--name=value`, before the arguments. */
export interface Flag {
  readonly name: string;
  readonly span: Span;
  readonly value?: Word;
}

/** `<<NAME … NAME`, in RUN, COPY or ADD. */
export interface Heredoc {
  readonly name: string;
  /** Whether variables in the content are expanded (the name was not quoted). */
  readonly expand: boolean;
  /** `<<-`: leading tabs are removed. */
  readonly chomp: boolean;
  /** The file descriptor before `<<`; 0 when none is written. */
  readonly descriptor: number;
  /** The opener `<<NAME` on the instruction's line. */
  readonly opener: Span;
  readonly content: Span;
  readonly text: string;
  /** The closing line; absent when the file ends before it. */
  readonly terminator?: Span;
}
