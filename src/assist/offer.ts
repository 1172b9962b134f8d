import type { Span } from '../text/text.ts';
import type { Completion } from './model.ts';

/** A completion that is what it is called. */
export const offer = ({ span }: { readonly span: Span }, label: string, kind: Completion['kind'], detail?: string): Completion => ({
  label,
  kind,
  span,
  text: label,
  ...(detail !== undefined && { detail }),
});

/** Those that begin as what is typed, whatever the case. */
export const startingWith = (items: readonly Completion[], typed: string): readonly Completion[] =>
  items.filter(({ text }) => text.toLowerCase().startsWith(typed.toLowerCase()));

/**
 * Images, and first what is typed where it may be all that is meant, so that Enter leaves it: a tag that others go on from, as `17` is of
 * `17.11`. Docker's official images have every part of a version as a tag; of others that is not known.
 */
export function imagesFrom(items: readonly Completion[], typed: string, place: { readonly span: Span }): readonly Completion[] {
  const goesOn = ({ text }: Completion): boolean => text.startsWith(typed) && /^[^\w]/.test(text.slice(typed.length));
  if (typed.includes('/') || typed.endsWith(':') || !items.some(goesOn)) return items;
  const own = items.find(({ text }) => text === typed) ?? offer(place, typed, 'image', 'as it is');
  return [{ ...own, sort: '!' }, ...items.filter((item) => item !== own)];
}
