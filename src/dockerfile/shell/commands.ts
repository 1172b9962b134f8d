import type { Dockerfile, Instruction } from '../model.ts';
import { sectionsOf, type Section } from '../sections.ts';
import type { Command, ShellWord } from './model.ts';
import { commandsOf, programOf } from './scripts.ts';
import { remembered } from '../../text/remembered.ts';
import { baseName } from '../../text/paths.ts';

/** A command of a RUN, with the place it stands in. */
export interface RunCommand {
  readonly section: Section;
  readonly instruction: Instruction;
  readonly command: Command;
  /** The name of the program that runs in the end: `apt-get` for `sudo /usr/bin/apt-get`. */
  readonly program: string;
  /** The word of the program. */
  readonly head: ShellWord;
  /** The words after it. */
  readonly args: readonly ShellWord[];
}

const none: readonly RunCommand[] = [];

/** Every command of every RUN of a file, those that ONBUILD holds back included. */
export const runCommands = remembered((file: Dockerfile): readonly RunCommand[] =>
  sectionsOf(file).flatMap((section) => [...runsIn(file, section)]),
);

/** The RUN commands that call one of the programs, in file order. */
export const callsOf = (file: Dockerfile, ...programs: readonly string[]): readonly RunCommand[] =>
  sectionsOf(file).flatMap((section) => callsInSection(file, section, ...programs));

/** The calls of one instruction, by identity. */
export const callsIn = (calls: readonly RunCommand[], instruction: Instruction): readonly RunCommand[] =>
  calls.filter((call) => call.instruction === instruction);

/** The calls of some programs in one section. Only scripts that have one of the names in them are read for it. */
export function callsInSection(file: Dockerfile, section: Section, ...programs: readonly string[]): readonly RunCommand[] {
  const named = ({ body, heredocs }: Instruction): boolean =>
    programs.some((program) => body.text.includes(program) || heredocs.some(({ text }) => text.includes(program)));
  return section.instructions.some(named) ? [...runsIn(file, section, named)].filter(({ program }) => programs.includes(program)) : none;
}

/** The RUN commands of a section, in order; of all RUNs or of some. */
export function* runsIn(file: Dockerfile, section: Section, some: (run: Instruction) => boolean = () => true): Generator<RunCommand> {
  for (const instruction of section.instructions) {
    if (instruction.keyword !== 'RUN' || !some(instruction)) continue;
    for (const command of commandsOf(file, instruction)) {
      const [head, ...args] = programOf(command);
      if (!head) continue;
      const program = baseName(head.value);
      yield { section, instruction, command, program, head, args };
    }
  }
}
