/** A program that a RUN calls, with what it takes. */
export interface Tool {
  /** The names it is called by, the usual one first. */
  readonly names: readonly string[];
  /** What it is asked to do; none when the program does one thing only. */
  readonly verbs: readonly Verb[];
  /** What every verb takes, and the program before it. */
  readonly options: readonly ToolOption[];
  /** Whether `--name=value` is how its values are usually written. */
  readonly equals?: true;
}

/** What a program is asked to do; the name may have two words, as in `pip install` of uv. */
export interface Verb {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly ToolOption[];
}

/** An option, and why it matters in an image. */
export interface ToolOption {
  /** As they are written; the one that Dockerfiles usually have first. */
  readonly names: readonly string[];
  /** What stands behind it, in capitals. */
  readonly value?: string;
  readonly summary: string;
  /** The values worth offering. */
  readonly values?: readonly string[];
  /** The files of the build context that may be named. */
  readonly files?: RegExp;
  /** Whether it may be given again. */
  readonly many?: true;
  /** Whether images usually want it: it is offered before others. */
  readonly usual?: true;
}

type More = Pick<ToolOption, 'values' | 'files' | 'many' | 'usual'>;

/** An option by how it is written, `-r --requirement FILE`: names, then what stands behind. */
export function option(written: string, summary: string, more: More = {}): ToolOption {
  const words = written.split(' ');
  const value = words.find((word) => !word.startsWith('-'));
  return { names: words.filter((word) => word.startsWith('-')), ...(value === undefined ? {} : { value }), summary, ...more };
}

export const verb = (name: string, summary: string, ...options: readonly (readonly ToolOption[])[]): Verb => ({
  name,
  summary,
  options: options.flat(),
});

export const requirementFiles = /(?:\/|\.txt|\.in)$/;
export const environmentFiles = /(?:\/|\.ya?ml|\.txt|\.lock)$/;
