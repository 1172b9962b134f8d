import type { Completion } from '../model.ts';
import type { Place } from './place.ts';

/** A completion that is what it is called. */
export const offer = ({ span }: Place, label: string, kind: Completion['kind'], detail?: string): Completion => ({
  label,
  kind,
  span,
  text: label,
  ...(detail !== undefined && { detail }),
});
