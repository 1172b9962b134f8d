import type { Source } from '../text/text.ts';
import { remembered } from '../text/remembered.ts';

const properties = String.raw`[ \t]*(?:[&!]\S+[ \t]*)*`;
const inside = String.raw`:${properties}(?:#.*)?\r?\n(?:[ \t]*(?:#.*)?\r?\n)*( +)[^\s-]`;
const services = new RegExp(`^services${inside}`, 'm');
const first = new RegExp(String.raw`^[\w-]+${inside}`, 'm');

/**
 * How far a file moves in with each level: as its services do, where most of it stands and most is added; without any, as whatever stands below
 * the first of its keys. Told from the text, so that it holds for what is broken, too.
 */
export const stepOf: (source: Source) => number = remembered(({ text }) => {
  const column = (services.exec(text) ?? first.exec(text))?.[1]?.length ?? 2;
  return column <= 8 ? column : 2;
});
