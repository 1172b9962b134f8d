import type { Source, Span } from '../text/text.ts';

/** A `.dockerignore` or a `NAME.dockerignore`: what a build leaves out of its context. */
export interface Dockerignore {
  readonly language: 'dockerignore';
  readonly source: Source;
  readonly patterns: readonly Pattern[];
}

/** One line that says something. */
export interface Pattern {
  /** As written, without the exclamation mark. */
  readonly text: string;
  /** `!`: what it matches is part of the context after all. */
  readonly exception: boolean;
  /** The whole line, without white space around it. */
  readonly span: Span;
  /** The pattern without its exclamation mark. */
  readonly textSpan: Span;
  /** Why a build stops at it. */
  readonly fault?: string;
}
