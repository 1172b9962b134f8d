import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import type { Problem, Rule, World } from '../../lint/rule.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { parseRequirement } from '../../python/requirements.ts';
import type { Span } from '../../text/text.ts';

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
  readonly about: Pick<Rule, 'id' | 'severity' | 'title' | 'why'> & Partial<Pick<Rule, 'enabled' | 'also'>>;
  problems(this: void, pins: readonly Pin[], world: World): Iterable<Problem>;
}

/** The requirements of a file, those for some platforms or Pythons only left out. */
export function filePins({ requirements }: Requirements): readonly Pin[] {
  return requirements.flatMap((requirement) =>
    requirement.marker === undefined ? [{ requirement, span: requirement.span, exact: true }] : [],
  );
}

const cache = new WeakMap<Instruction, readonly (readonly Pin[])[]>();

/** What each `pip install` of an instruction names on its command line. */
export function commandPins(file: Dockerfile, instruction: Instruction): readonly (readonly Pin[])[] {
  let pins = cache.get(instruction);
  if (!pins) cache.set(instruction, (pins = readPins(file, instruction)));
  return pins;
}

function readPins(file: Dockerfile, instruction: Instruction): readonly (readonly Pin[])[] {
  return pipInstalls(file, instruction).map(({ operands }) =>
    operands.flatMap((word): readonly Pin[] => {
      if (word.dynamic || /^[./]|:\/\//.test(word.value)) return [];
      const shift = word.quoted ? 1 : 0;
      const requirement = parseRequirement(word.value, (index) => word.span.start + shift + index);
      if (!requirement || requirement.marker !== undefined) return [];
      return [{ requirement, span: word.span, exact: word.text.length === word.value.length + 2 * shift }];
    }),
  );
}

/** Runs a rule over every `pip install` of a Dockerfile. */
export function* commandProblems({ problems }: PinRule, file: Dockerfile, world: World): Iterable<Problem> {
  for (const instruction of file.instructions) for (const pins of commandPins(file, instruction)) yield* problems(pins, world);
}

/** The pin of a package, when there is one. */
export const pinOf = (pins: readonly Pin[], name: string): Pin | undefined => pins.find(({ requirement }) => requirement.name === name);

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
