import type { Dockerfile, Instruction } from '../model.ts';

/** Reads something of every RUN, once an instruction; other instructions have none of it. */
export function perRun<T>(
  read: (file: Dockerfile, instruction: Instruction) => readonly T[],
): (file: Dockerfile, instruction: Instruction) => readonly T[] {
  const cache = new WeakMap<Instruction, readonly T[]>();
  return (file, instruction) => {
    if (instruction.keyword !== 'RUN') return [];
    let found = cache.get(instruction);
    if (!found) cache.set(instruction, (found = read(file, instruction)));
    return found;
  };
}
