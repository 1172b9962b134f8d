import type { Named, Place } from './model.ts';

/** Where a name gets the meaning it has at its place: the nearest declaration above, else the first one. */
export function declaration({ places, span }: Named): Place | undefined {
  const written = places.filter(({ write }) => write);
  return written.findLast((place) => place.span.start <= span.start) ?? written[0];
}
