import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { allCommandsOf } from '../../dockerfile/packages/nested.ts';
import { managerCall, type ManagerCall } from '../../dockerfile/packages/system.ts';
import type { Command, ShellWord } from '../../dockerfile/shell/model.ts';
import { programOf, scriptsOf } from '../../dockerfile/shell/scripts.ts';

/** A command of a RUN: its words from the program on, and how it calls a package manager where it does. */
export interface RunStep {
  readonly instruction: Instruction;
  readonly command: Command;
  readonly words: readonly ShellWord[];
  readonly call?: ManagerCall | undefined;
}

/**
 * The commands of instructions, in the order in which they run, for rules that say what an image lacks. Ends with undefined where nobody can
 * tell what comes into the image: at an instruction that `brings` it, and at a RUN that cannot be read.
 */
export function* runSteps(
  file: Dockerfile,
  instructions: readonly Instruction[],
  brings: (instruction: Instruction) => boolean,
): Generator<RunStep | undefined, void> {
  for (const instruction of instructions) {
    const unclear = instruction.keyword === 'RUN' ? !scriptsOf(file, instruction).length : brings(instruction);
    if (unclear) {
      yield undefined;
      return;
    }
    if (instruction.keyword !== 'RUN') continue;
    for (const command of allCommandsOf(file, instruction)) {
      const words = programOf(command);
      yield { instruction, command, words, call: managerCall(words) };
    }
  }
}

/** Whether something stands by for the end of a command: the build goes on when there is no such program. */
export const mayFail = ({ under, substituted, joint, next }: Command): boolean =>
  under.length > 0 || substituted || joint === '||' || next === '||';
