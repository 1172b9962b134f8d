import { stageAround } from '../../dockerfile/scope.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { condaInstalls } from '../../dockerfile/packages/conda.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Problem, Rule, World } from '../../lint/rule.ts';
import { condaRequirement } from '../../python/environment.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { readRequirements } from '../../python/read.ts';
import type { Group, Requirement, Requirements } from '../../python/model.ts';
import type { Span } from '../../text/text.ts';
import { allowedPythons } from './projectPython.ts';
import { installedRequirements } from './installedRequirements.ts';
import { folderOf, join } from '../../text/paths.ts';
import { isWritten, wordRequirement } from './wordRequirement.ts';

/** A requirement in the text that a rule reports on. */
export interface Pin {
  readonly requirement: Requirement;
  /** What is reported: the requirement, with its quotes in a command. */
  readonly span: Span;
  /** Whether the requirement's spans may be edited. */
  readonly exact: boolean;
}

/** A rule about requirements that stand together: one file, or one `pip install`. */
export interface PinRule {
  /** Whether it holds for what conda installs as well: its packages are others than those on PyPI. */
  readonly conda?: true;
  readonly about: Pick<Rule, 'id' | 'severity' | 'title' | 'why'> & Partial<Pick<Rule, 'enabled' | 'also' | 'quiet'>>;
  /** `pythons`: those that it may be installed for, where that is known. */
  problems(this: void, pins: readonly Pin[], world: World, pythons?: readonly string[]): Iterable<Problem>;
}

/** The requirements of a file that are always installed together, those that not every Linux container gets and those of conda left out. */
export const filePins = (file: Requirements): readonly Pin[] => together(file.requirements.filter(({ group }) => !group));

/** The sets of requirements of a file that may be installed together: its own, and those with each of its extras and groups. */
function pinSets({ requirements }: Requirements, conda = false): readonly (readonly Pin[])[] {
  const own = requirements.filter(({ group }) => !group);
  const title = ({ kind, name }: Group): string => `${kind} ${name}`;
  const names = [...new Set(requirements.flatMap(({ group }) => (group ? [title(group)] : [])))];
  const sets = names.map((name) => [...requirements.filter(({ group }) => group && title(group) === name), ...own]);
  return [own, ...sets].map((set) => together(set, conda));
}

const together = (requirements: readonly Requirement[], conda = false): readonly Pin[] =>
  requirements.flatMap((requirement) =>
    holdsOnLinux(requirement.marker) === true && (conda || !requirement.conda)
      ? [{ requirement, span: requirement.span, exact: true }]
      : [],
  );

/**
 * Runs a rule over the requirements of a file, and over what stands in the files that it includes. What several sets have in common is said
 * once, and what an included file says by itself is said there.
 */
export function* fileProblems({ problems, conda }: PinRule, file: Requirements, world: World): Iterable<Problem> {
  const included = file.format === 'pip' ? includedPins(file, world.files) : [];
  const pythons = allowedPythons(file.python?.specifier);
  const elsewhere = new Set(included.length ? Array.from(problems(included, world), key) : []);
  const said = new Set<number>();
  for (const pins of pinSets(file, conda))
    for (const problem of problems([...pins, ...included], world, pythons)) {
      if (said.has(problem.span.start) || elsewhere.has(key(problem))) continue;
      said.add(problem.span.start);
      yield problem;
    }
}

const key = ({ span, message }: Problem): string => `${String(span.start)} ${message}`;

/** What the files ask for that a file includes by `-r`, each at the line that does. */
const includedPins = (file: Requirements, files: World['files']): readonly Pin[] =>
  includedFiles(file, files).flatMap((inner) => filePins(inner).map((pin) => ({ ...pin, span: inner.at, exact: false })));

/** The files that a file includes by `-r`, directly or not, with the option of that file that does. */
export function includedFiles(file: Requirements, files: World['files']): readonly (Requirements & { readonly at: Span })[] {
  const seen = new Set([file.source.path]);
  const read = ({ source, options }: Requirements, at?: Span): readonly (Requirements & { readonly at: Span })[] =>
    options.flatMap(({ name, value, span }) => {
      const path = join(folderOf(source.path), value);
      const text = name !== 'requirement' || seen.has(path) ? undefined : files.read(path);
      if (text === undefined) return [];
      seen.add(path);
      const inner = readRequirements(path, text);
      return [{ ...inner, at: at ?? span }, ...read(inner, at ?? span)];
    });
  return read(file);
}

/** What a `pip install` names on its command line, variables put in. */
export interface CommandPins {
  readonly install: PythonInstall;
  readonly pins: readonly Pin[];
}

/** What each `pip install` of an instruction names on its command line. */
export function commandPins(file: Dockerfile, instruction: Instruction, { buildArgs }: BuildArguments): readonly CommandPins[] {
  const stage = stageAround(file, instruction);
  if (!stage) return [];
  return installsAt(file, stage, instruction, buildArgs).flatMap((install) =>
    install.project && !install.operands.length ? [] : [{ install, pins: install.operands.flatMap(wordPin) }],
  );
}
type BuildArguments = Pick<World['options'], 'buildArgs'>;

function wordPin(word: ShellWord): readonly Pin[] {
  const requirement = wordRequirement(word);
  if (!requirement || requirement.url !== undefined || holdsOnLinux(requirement.marker) !== true) return [];
  return [{ requirement, span: word.span, exact: isWritten(word) }];
}

/** The RUNs that `commandProblems` looks at: those that may hold a command that names packages (`looksAt` of a rule). */
export const namesPackages: readonly string[] = ['RUN pip', 'RUN uv', 'RUN poetry', 'RUN pdm'];

/** Runs a rule over every `pip install` of a Dockerfile, with all files that it names. What one of them says by itself is said there. */
export function* commandProblems(
  { problems: find, conda }: PinRule,
  file: Dockerfile,
  world: World,
  pythonAt?: (instruction: Instruction) => string | undefined,
): Iterable<Problem> {
  for (const instruction of file.instructions) {
    const problems = (pins: readonly Pin[]): Iterable<Problem> => {
      const python = pins.length ? pythonAt?.(instruction) : undefined;
      return find(pins, world, python === undefined ? undefined : [python]);
    };
    for (const { install, pins } of commandPins(file, instruction, world.options)) {
      const own = [...problems(pins)];
      yield* own;
      const read = filesPins(file, instruction, install, world);
      if (read.length + Math.min(pins.length, 1) < 2) continue;
      const said = new Set([...own, ...read.flatMap((each) => [...problems(each)])].map(key));
      for (const problem of problems([...pins, ...read.flat()])) if (!said.has(key(problem))) yield { ...problem, fixes: [] };
    }
    if (conda) for (const specs of condaInstalls(file, instruction)) yield* problems(specs.flatMap(condaPin));
  }
}

/** What each file that a `pip install` names brings, at the word that names it. */
function filesPins(file: Dockerfile, instruction: Instruction, install: PythonInstall, { files }: World): readonly (readonly Pin[])[] {
  const stage = stageAround(file, instruction);
  if (!stage || install.project || !install.files.length) return [];
  const { installed } = installedRequirements(file, stage, install, files);
  return install.files.flatMap((named) => {
    const pins = installed.flatMap(({ requirement, word, path }) =>
      path !== undefined && word.span.start === named.span.start && holdsOnLinux(requirement.marker) === true
        ? [{ requirement, span: word.span, exact: false }]
        : [],
    );
    return pins.length ? [pins] : [];
  });
}

function condaPin(word: ShellWord): readonly Pin[] {
  const exact = isWritten(word);
  const shift = word.quoted ? 1 : 0;
  const inner = { start: word.span.start + shift, end: word.span.end - shift };
  const requirement = word.dynamic ? undefined : condaRequirement(word.value, inner, exact);
  return requirement ? [{ requirement, span: word.span, exact }] : [];
}

/** The pin of a package, when there is one. */
export const pinOf = (pins: readonly Pin[], name: string): Pin | undefined => pins.find(({ requirement }) => requirement.name === name);

/** What takes the place of a pin's specifier to ask for one version, as the file writes it. */
export const pinText = ({ requirement }: Pick<Pin, 'requirement'>, version: string): string =>
  !requirement.entry || requirement.operators ? `==${version}` : requirement.conda ? `=${version}` : version;

/** `2.4` of `2.4.1+cu121`. */
export const minor = (version: string): string => /^\d+\.\d+/.exec(version)?.[0] ?? version;

/** `2.4.1` of `2.4.1+cu121`. */
export const publicVersion = (version: string): string => version.replace(/\+.*$/, '');

/** Compares versions by their numbers. */
export function compareVersions(a: string, b: string): number {
  const numbers = (version: string): readonly number[] => (version.match(/\d+/g) ?? []).map(Number);
  const [left, right] = [numbers(publicVersion(a)), numbers(publicVersion(b))];
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const difference = (left[at] ?? 0) - (right[at] ?? 0);
    if (difference) return difference;
  }
  return 0;
}
