import type { Span } from '../../text/text.ts';

/** A word with the spaces before it, so that taking it out leaves no gap. */
export function withSpace(text: string, { start, end }: Span): Span {
  let from = start;
  while (from > 0 && (text[from - 1] === ' ' || text[from - 1] === '\t')) from--;
  return { start: from, end };
}
