import type { Span } from './text.ts';

/** A part of a file that can be looked at by itself: a stage of a Dockerfile, a service of a Compose file. */
export interface Part<D> {
  /** Equal for parts that say the same, wherever they stand; absent for what has no one place. */
  readonly key?: string;
  /** Where it begins. */
  readonly start: number;
  /** Whether something stands in it. */
  readonly holds: (span: Span) => boolean;
  /** Whether something stands elsewhere and is its all the same: an anchor that it takes over. Some other part speaks of all other places. */
  readonly takes?: (span: Span) => boolean;
  /** The file as if it had this part alone, with what the part is built on. */
  readonly document: () => D;
}
