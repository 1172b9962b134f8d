import type { Dockerfile, Instruction } from '../model.ts';
import { perInstruction } from '../perInstruction.ts';

/** Reads something of every RUN, once an instruction; other instructions have none of it. */
export const perRun = <T>(read: (file: Dockerfile, instruction: Instruction) => readonly T[]) =>
  perInstruction((file, instruction) => (instruction.keyword === 'RUN' ? read(file, instruction) : []));
