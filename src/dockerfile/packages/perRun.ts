import type { Dockerfile, Instruction } from '../model.ts';
import { asRead } from '../move.ts';
import { perInstruction } from '../perInstruction.ts';
import { runsShell } from '../shell/scripts.ts';
import { Attached } from '../../text/attached.ts';

/** Reads something of every RUN, once an instruction; other instructions have none of it. */
export function perRun<T>(read: (file: Dockerfile, instruction: Instruction) => readonly T[]) {
  /** What has none of it has none wherever it stands. */
  const without = new Attached<Instruction, true>();
  return perInstruction<T>((file, instruction) => {
    if (instruction.keyword !== 'RUN' || without.get(asRead(instruction))) return [];
    const found = read(file, instruction);
    if (!found.length && runsShell(file, instruction)) without.set(asRead(instruction), true);
    return found;
  });
}
