import type { Assist } from '../src/assist/besides.ts';
import type { Language } from '../src/document.ts';
import type { InitializationOptions } from '../src/protocol.ts';
import type { Roots } from './roots.ts';

/** Whether an assist is left to another server that the editor has for a language. */
export type Leaves = (language: Language, assist: Assist) => boolean;

export const leavesOf =
  ({ leaveTo }: InitializationOptions, roots: Pick<Roots, 'defaults'>): Leaves =>
  (language, assist) =>
    roots.defaults.besideOthers === 'automatic' &&
    (language === 'dockerfile' || language === 'compose') &&
    (leaveTo?.[language]?.includes(assist) ?? false);
