import type { Span } from './text.ts';

/** A part of a file that can be looked at by itself: a stage of a Dockerfile, a service of a Compose file. */
export interface Part<D> {
  /** Equal for parts that say the same, wherever they stand. */
  readonly key: string;
  /** Where it begins. Parts are in the order of their places. */
  readonly start: number;
  /** Whether something stands in it. */
  readonly holds: (span: Span) => boolean;
  /** Whether something stands elsewhere and is its all the same: an anchor that it takes over. Some other part speaks of all other places. */
  readonly takes?: (span: Span) => boolean;
  /** The file as if it had this part alone, with what the part is built on. */
  readonly document: () => D;
  /** How it is called, where it can be told which of its pieces an edit changed. Its key is then that of the pieces. */
  readonly name?: string;
  readonly pieces?: () => readonly Piece[];
}

/** A stretch of a part that a rule may look at alone: one key of a service. What has no name is seen by all rules. */
export interface Piece {
  readonly name?: string;
  /** Where it stands; absent for what is about the part. */
  readonly span?: Span;
  readonly text: string;
}

/** The name of the piece with what a part is built on: all who look at the part see it. */
export const base = '(base)';

/** What a part says, piece by piece. */
export const keyOf = (pieces: readonly Piece[]): string => pieces.map(({ name = '', text }) => `${name}${between}${text}`).join(end);

/** The names of the pieces that two keys differ in; undefined when all may be different. */
export function changedPieces(before: string, now: string): readonly string[] | undefined {
  const old = textsOf(before);
  const changed: string[] = [];
  for (const [name, text] of textsOf(now)) {
    if (old.get(name) !== text) changed.push(name);
    old.delete(name);
  }
  changed.push(...old.keys());
  return changed.includes('') ? undefined : changed;
}

/** Whether a text can be told apart from what stands between pieces. */
export const canBePiece = (text: string): boolean => !text.includes(end) && !text.includes(between);

const between = '\u0001';
const end = '\0';

function textsOf(key: string): Map<string, string> {
  const texts = new Map<string, string>();
  for (const piece of key.split(end)) {
    const at = piece.indexOf(between);
    const name = piece.slice(0, at);
    texts.set(name, `${texts.get(name) ?? ''}${end}${piece.slice(at)}`);
  }
  return texts;
}
