import { commandsOf, programOf } from '../shell/scripts.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import type { Dockerfile, Instruction, Stage } from '../model.ts';
import { allInstructions } from '../scope.ts';
import { readOptions, type Option } from './options.ts';

/** One call of a system package manager that installs packages. */
export interface SystemInstall {
  readonly manager: 'apt-get' | 'apt' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'zypper' | 'tdnf' | 'pacman';
  readonly command: Command;
  readonly instruction: Instruction;
  readonly verb: ShellWord;
  readonly options: readonly Option[];
  readonly packages: readonly ShellWord[];
}

const verbs: Readonly<Record<string, readonly string[]>> = {
  'apt-get': ['install'],
  apt: ['install'],
  apk: ['add'],
  dnf: ['install'],
  microdnf: ['install'],
  tdnf: ['install'],
  yum: ['install', 'localinstall'],
  zypper: ['install', 'in'],
  pacman: ['-S', '-Sy', '-Syu'],
};
const valued = new Set(
  '-t --target-release -o -c --option --config-file -X --repository --virtual -p --root -q=0 --installroot --setopt'.split(' '),
);

/** The packages a RUN installs with the system's package manager. */
export function systemInstalls(file: Dockerfile, instruction: Instruction): readonly SystemInstall[] {
  if (instruction.keyword !== 'RUN') return [];
  return commandsOf(file, instruction).flatMap((command): SystemInstall[] => {
    const [program, ...rest] = programOf(command);
    const manager = (program?.value ?? '').replace(/^.*\//, '');
    const install = Object.hasOwn(verbs, manager) ? verbs[manager] : undefined;
    if (!install) return [];
    // apk's `-t` names a virtual package.
    const { options, operands } = readOptions(rest, manager === 'apk' ? new Set([...valued, '-t']) : valued);
    const [verb, ...packages] = operands;
    if (!verb || !install.includes(verb.value)) return [];
    return [{ manager: manager as SystemInstall['manager'], command, instruction, verb, options, packages }];
  });
}

/** The names of all packages installed in a stage and the stages below it, versions taken off. */
export function systemPackages(file: Dockerfile, stage: Stage): ReadonlySet<string> {
  const names = allInstructions(stage).flatMap((instruction) =>
    systemInstalls(file, instruction).flatMap(({ packages }) => packages.map(({ value }) => value.replace(/[=<>~:/].*$/, ''))),
  );
  return new Set(names);
}
