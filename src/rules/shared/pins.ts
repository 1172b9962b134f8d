import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { condaInstalls } from '../../dockerfile/packages/conda.ts';
import type { PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Problem, Rule, World } from '../../lint/rule.ts';
import { condaRequirement } from '../../python/environment.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import type { Group, Requirement, Requirements } from '../../python/model.ts';
import type { Span } from '../../text/text.ts';
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
  problems(this: void, pins: readonly Pin[], world: World): Iterable<Problem>;
}

/** The requirements of a file that are always installed together, those that not every Linux container gets and those of conda left out. */
export const filePins = (file: Requirements): readonly Pin[] => together(file.requirements.filter(({ group }) => !group));

/** The sets of requirements of a file that may be installed together: its own, and those with each of its extras and groups. */
function pinSets({ requirements }: Requirements, conda = false): readonly (readonly Pin[])[] {
  const own = requirements.filter(({ group }) => !group);
  const key = ({ kind, name }: Group): string => `${kind} ${name}`;
  const names = [...new Set(requirements.flatMap(({ group }) => (group ? [key(group)] : [])))];
  const sets = names.map((name) => [...requirements.filter(({ group }) => group && key(group) === name), ...own]);
  return [own, ...sets].map((set) => together(set, conda));
}

const together = (requirements: readonly Requirement[], conda = false): readonly Pin[] =>
  requirements.flatMap((requirement) =>
    holdsOnLinux(requirement.marker) === true && (conda || !requirement.conda)
      ? [{ requirement, span: requirement.span, exact: true }]
      : [],
  );

/** Runs a rule over the requirements of a file; what several sets have in common is said once. */
export function* fileProblems({ problems, conda }: PinRule, file: Requirements, world: World): Iterable<Problem> {
  const said = new Set<number>();
  for (const pins of pinSets(file, conda))
    for (const problem of problems(pins, world)) {
      if (said.has(problem.span.start)) continue;
      said.add(problem.span.start);
      yield problem;
    }
}

/** What a `pip install` names on its command line, variables put in. */
export interface CommandPins {
  readonly install: PythonInstall;
  readonly pins: readonly Pin[];
}

/** What each `pip install` of an instruction names on its command line. */
export function commandPins(file: Dockerfile, instruction: Instruction, { buildArgs }: BuildArguments): readonly CommandPins[] {
  const stage = instruction.stage === undefined ? undefined : file.stages[instruction.stage];
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

/** Runs a rule over every `pip install` of a Dockerfile. */
export function* commandProblems({ problems, conda }: PinRule, file: Dockerfile, world: World): Iterable<Problem> {
  for (const instruction of file.instructions) {
    for (const { pins } of commandPins(file, instruction, world.options)) yield* problems(pins, world);
    if (conda) for (const { specs } of condaInstalls(file, instruction)) yield* problems(specs.flatMap(condaPin), world);
  }
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
