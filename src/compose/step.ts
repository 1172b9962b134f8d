import type { Source } from '../text/text.ts';
import { remembered } from '../text/remembered.ts';

/** How far a file moves in with each level: as whatever stands below the first of its keys does. */
export const stepOf: (source: Source) => number = remembered(({ text }) => {
  const column = /^[\w-]+:[ \t]*(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( +)[^\s-]/m.exec(text)?.[1]?.length ?? 2;
  return column <= 8 ? column : 2;
});
