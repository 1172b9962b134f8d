import type { Assist, SharedLanguage } from '../src/assist/besides.ts';
import type { InitializationOptions } from '../src/protocol.ts';
import type { Roots } from './roots.ts';

/** Whether an assist is left to another server that the editor has for what it calls this language. */
export type Leaves = (languageId: string, assist: Assist) => boolean;

const shared: Readonly<Record<string, SharedLanguage>> = { dockerfile: 'dockerfile', dockercompose: 'dockercompose', yaml: 'yaml' };

export const leavesOf =
  ({ leaveTo }: InitializationOptions, roots: Pick<Roots, 'defaults'>): Leaves =>
  (languageId, assist) => {
    const language = shared[languageId];
    return roots.defaults.besideOthers === 'automatic' && language !== undefined && (leaveTo?.[language]?.includes(assist) ?? false);
  };
