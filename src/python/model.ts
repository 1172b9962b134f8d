import type { Source, Span } from '../text/text.ts';

/** A pip requirements file (`requirements*.txt`, constraints), read as pip reads it. */
export interface Requirements {
  readonly language: 'requirements';
  readonly source: Source;
  readonly requirements: readonly Requirement[];
  readonly options: readonly RequirementOption[];
}

/** One requirement: from a requirements file, a project file or an inline `pip install`. */
export interface Requirement {
  /** As PEP 503 normalises it: lower case, runs of `-_.` become `-`. */
  readonly name: string;
  readonly nameSpan: Span;
  readonly extras: readonly string[];
  /** PEP 440 specifier as written, e.g. `==2.1.0` or `>=2,<3`; empty when there is none. */
  readonly specifier: string;
  readonly specifierSpan?: Span;
  /** The version of a single `==` without wildcard, local part (`+cu121`) included. */
  readonly pinned?: string;
  readonly marker?: string;
  /** A direct reference: `name @ https://…`, a path or a VCS URL. */
  readonly url?: string;
  readonly editable?: true;
  readonly span: Span;
}

/** A line such as `--index-url URL`, `-r other.txt`, `-c constraints.txt`. `name` is the long form without dashes. */
export interface RequirementOption {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
  readonly valueSpan: Span;
}
