import { remembered } from './remembered.ts';
import type { Span } from './text.ts';

/** A part of a file that can be looked at by itself: a stage of a Dockerfile, a service of a Compose file. */
export interface Part<D> {
  /** Where it begins. Parts are in the order of their places. */
  readonly start: number;
  /** Whether something stands in it. */
  readonly holds: (span: Span) => boolean;
  /** The file as if it had this part alone, with what the part is built on. */
  readonly document: () => D;
}

/** A stretch of a part that a rule may look at alone: one key of a service. What has no name is seen by all rules. */
export interface Piece {
  readonly name?: string;
  /** Where it stands, counted from where the part begins; absent for what is about the part. */
  readonly span?: Span;
  readonly text: string;
}

/** The name of the piece with what a part is built on: all who look at the part see it. */
export const base = '(base)';

/** Equal for parts that say the same, wherever they stand. */
export const keyOf = remembered((pieces: readonly Piece[]): string =>
  pieces.map(({ name = '', text }) => `${name}${between}${text}`).join(end),
);

/** The names of the pieces in which two parts differ; undefined when all may be different. */
export function changedPieces(before: readonly Piece[], now: readonly Piece[]): readonly string[] | undefined {
  if (before === now) return none;
  const changed = new Set<string | undefined>();
  if (before.length === now.length && before.every(({ name }, at) => name === now[at]?.name)) {
    for (const [at, { name, text }] of before.entries()) if (text !== now[at]?.text) changed.add(name);
  } else {
    const old = textsOf(before);
    for (const [name, text] of textsOf(now)) {
      if (old.get(name) !== text) changed.add(name);
      old.delete(name);
    }
    for (const name of old.keys()) changed.add(name);
  }
  const names = [...changed].filter((name) => name !== undefined);
  return names.length < changed.size ? undefined : names;
}

const none: readonly string[] = [];

/** Whether a text can be told apart from what stands between pieces. */
export const canBePiece = (text: string): boolean => !text.includes(end) && !text.includes(between);

const between = '\u0001';
const end = '\0';

function textsOf(pieces: readonly Piece[]): Map<string | undefined, string> {
  const texts = new Map<string | undefined, string>();
  for (const { name, text } of pieces) texts.set(name, `${texts.get(name) ?? ''}${end}${text}`);
  return texts;
}
