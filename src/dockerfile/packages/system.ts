import type { Dockerfile, Stage } from '../model.ts';
import { allInstructions } from '../scope.ts';
import type { Section } from '../sections.ts';
import { runCommands, runsIn, type RunCommand } from '../shell/commands.ts';
import { programOf } from '../shell/scripts.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions, type Option } from './options.ts';
import { perRun } from './perRun.ts';
import { remembered } from '../../text/remembered.ts';
import { baseName } from '../../text/paths.ts';

export type Manager = 'apt-get' | 'apt' | 'aptitude' | 'apk' | 'dnf' | 'microdnf' | 'yum' | 'zypper' | 'tdnf' | 'pacman';

/** A call of a system package manager: `dnf -y module install tomcat:9` has the action `module install`. */
export interface ManagerCall {
  readonly manager: Manager;
  /** The verb; with `module` or `group` in front where it stands behind one. Empty when there is none. */
  readonly action: string;
  /** The word of the verb. */
  readonly verb?: ShellWord;
  readonly options: readonly Option[];
  readonly operands: readonly ShellWord[];
}

/** One call of a system package manager that installs packages. */
export interface SystemInstall {
  readonly manager: Manager;
  readonly command: Command;
  readonly verb: ShellWord;
  readonly options: readonly Option[];
  readonly packages: readonly ShellWord[];
}

const set = (words: string): ReadonlySet<string> => new Set(words.split(' '));
const apt = set('-t --target-release --default-release -o -c --option --config-file -a --host-architecture');
const dnf = set(
  '--enablerepo --disablerepo --repo --repoid --setopt --installroot --releasever -x --exclude --excludepkgs -c --config -d -e --forcearch --advisory --downloaddir --comment',
);
interface Row {
  readonly valued: ReadonlySet<string>;
  readonly install: ReadonlySet<string>;
}
const rpm: Row = { valued: dnf, install: set('install in') };
const managers: Readonly<Record<Manager, Row>> = {
  'apt-get': { valued: apt, install: set('install') },
  apt: { valued: apt, install: set('install') },
  aptitude: { valued: apt, install: set('install') },
  apk: {
    valued: set('-X --repository -t --virtual -p --root --arch --keys-dir --repositories-file --wait --cache-dir --cache-max-age'),
    install: set('add'),
  },
  dnf: rpm,
  microdnf: rpm,
  tdnf: rpm,
  yum: { valued: dnf, install: set('install localinstall') },
  zypper: { valued: set('-r --repo --from -t --type -R --root --installroot -p --plus-repo'), install: set('install in') },
  pacman: { valued: set('-b --dbpath -r --root --cachedir --config'), install: set('-S -Sy -Syu') },
};
const isManager = (name: string): name is Manager => Object.hasOwn(managers, name);

/** Reads the words of a command, the program first, as a call of a package manager. */
export function managerCall(words: readonly ShellWord[]): ManagerCall | undefined {
  const [program, ...rest] = words;
  const manager = baseName(program?.value ?? '');
  if (!isManager(manager)) return undefined;
  const { options, operands } = readOptions(rest, managers[manager].valued);
  // pacman's verb is an option: `-Syu`.
  if (manager === 'pacman') {
    const verb = options.find(({ name }) => /^-[SRQU]/.test(name))?.word;
    return { manager, action: verb?.value.replace(/^-S[yu]*$/, '-S') ?? '', ...(verb ? { verb } : {}), options, operands };
  }
  const [first, second] = operands;
  if (first && second && /^(?:module|group|groups)$/.test(first.value))
    return { manager, action: `${first.value} ${second.value}`, verb: second, options, operands: operands.slice(2) };
  return { manager, action: first?.value ?? '', ...(first ? { verb: first } : {}), options, operands: operands.slice(1) };
}

/** A package manager's call in a RUN of a file. */
export interface PlacedCall extends ManagerCall {
  readonly run: RunCommand;
}

/** Every call of a system package manager, in file order. */
export const managerCalls = remembered((file: Dockerfile): readonly PlacedCall[] => runCommands(file).flatMap(placed));

/** The calls in one section. */
export const managerCallsIn = (file: Dockerfile, section: Section): readonly PlacedCall[] => [...runsIn(file, section)].flatMap(placed);

function placed(run: RunCommand): readonly PlacedCall[] {
  const call = isManager(run.program) ? managerCall([run.head, ...run.args]) : undefined;
  return call ? [{ ...call, run }] : [];
}

/** Whether a call installs packages by name. */
export const installs = ({ manager, action }: ManagerCall): boolean => managers[manager].install.has(action);

/** Whether one of the options is given: `-y` alone or bundled as in `-qqy`, or a long one. */
export const given = (options: readonly Option[], short: string, ...long: readonly string[]): boolean =>
  options.some(({ name }) => long.includes(name) || (short !== '' && /^-[A-Za-z]+$/.test(name) && name.includes(short, 1)));

/** The packages a RUN installs with the system's package manager. */
export const systemInstalls = perRun((file, instruction) =>
  allCommandsOf(file, instruction).flatMap((command): SystemInstall[] => {
    const call = managerCall(programOf(command));
    if (!call?.verb || !installs(call)) return [];
    const { manager, verb, options, operands } = call;
    return [{ manager, command, verb, options, packages: operands }];
  }),
);

/** The names of all packages installed in a stage and the stages below it, versions taken off. */
export function systemPackages(file: Dockerfile, stage: Stage): ReadonlySet<string> {
  const names = allInstructions(stage).flatMap((instruction) =>
    systemInstalls(file, instruction).flatMap(({ packages }) => packages.map(({ value }) => value.replace(/[=<>~:/].*$/, ''))),
  );
  return new Set(names);
}
