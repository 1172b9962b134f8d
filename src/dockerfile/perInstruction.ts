import type { Dockerfile, Instruction } from './model.ts';
import { Attached } from '../text/attached.ts';

/** Reads something of an instruction, and once: what stands before it in the file does not change while it is the same object. */
export function perInstruction<T>(
  read: (file: Dockerfile, instruction: Instruction) => readonly T[],
): (file: Dockerfile, instruction: Instruction) => readonly T[] {
  const known = new Attached<Instruction, readonly T[]>();
  return (file, instruction) => {
    let found = known.get(instruction);
    if (!found) known.set(instruction, (found = read(file, instruction)));
    return found;
  };
}
