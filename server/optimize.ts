import { setFlagsFromString } from 'node:v8';

/** Lets code that runs often be compiled once more (see `baseline.ts`). */
export function optimize(): void {
  setFlagsFromString('--opt');
}
