import type { Dockerfile } from '../../dockerfile/model.ts';
import { pipInstalls } from '../../dockerfile/packages/pip.ts';
import { parseRequirement } from '../../python/requirements.ts';
import type { Requirement, Requirements } from '../../python/model.ts';
import { allowsMinor } from '../../rules/shared/torchRange.ts';
import { baseName } from '../../text/paths.ts';
import { lineAt, lineBreak, lineSpan, type Edit } from '../../text/text.ts';
import type { Bound, Combination } from './framework.ts';
import type { Installing } from './installEdits.ts';

/** The edits of bounds in each file, and what a person has to write. */
export interface BoundChange {
  readonly edits: ReadonlyMap<string, readonly Edit[]>;
  readonly left: readonly string[];
  /** Bounds that nothing names, to be written where the framework is added. */
  readonly missing: readonly Bound[];
}

const whole = (index: number): number => index;

/** Minor versions that a bound keeps out. */
const beyond: Readonly<Record<string, readonly string[]>> = { numpy: Array.from({ length: 10 }, (_, at) => `2.${String(at)}`) };

/**
 * Puts the bounds of a combination where its packages are asked for, and beside the framework where they are not: torch before 2.3 asks for no
 * NumPy, and fails with the one that comes.
 */
export function boundEdits(
  { bounds = [], from, packages }: Combination,
  files: readonly Requirements[],
  dockerfile: Dockerfile | undefined,
  installs: readonly Installing[],
): BoundChange {
  const edits = new Map<string, Edit[]>();
  const left: string[] = [];
  const missing: Bound[] = [];
  const add = (path: string, edit: Edit): void => void edits.set(path, [...(edits.get(path) ?? []), edit]);
  const first = packages[0]?.name;
  for (const bound of bounds) {
    let named = false;
    for (const file of files)
      for (const requirement of file.requirements) {
        if (requirement.name !== bound.name) continue;
        named = true;
        if (keeps(requirement, bound)) continue;
        if (requirement.entry || requirement.hashed || requirement.conda)
          left.push(`${bound.name} in ${baseName(file.source.path)}: ask for ${bound.name}<${bound.below}`);
        else add(file.source.path, { span: requirement.span, text: bounded(requirement, bound) });
      }
    for (const word of dockerfile?.instructions.flatMap((each) => pipInstalls(dockerfile, each).flatMap(({ operands }) => operands)) ??
      []) {
      const requirement = word.dynamic ? undefined : parseRequirement(word.value, whole);
      if (requirement?.name !== bound.name || !dockerfile) continue;
      named = true;
      if (!keeps(requirement, bound)) add(dockerfile.source.path, { span: word.span, text: `"${bounded(requirement, bound)}"` });
    }
    // An image of the framework’s own has one that fits.
    if (named || from === 'whole') continue;
    const text = `${bound.name}<${bound.below}`;
    const place = files.flatMap((file) => {
      const requirement = file.requirements.find(({ name, conda }) => !conda && name === first);
      return requirement ? [{ file, requirement }] : [];
    })[0];
    const command = installs.find(({ operands }) =>
      operands.some(({ value }) => parseRequirement(value.replace(/\$\{?\w+\}?/g, '0'), whole)?.name === first),
    );
    const last = command?.operands.at(-1);
    if (command && last && dockerfile && !command.install.instruction.json)
      add(dockerfile.source.path, { span: { start: last.span.end, end: last.span.end }, text: ` "${text}"` });
    else if (place && place.file.format === 'pip' && !place.requirement.hashed) {
      const { end } = lineSpan(place.file.source, lineAt(place.file.source, place.requirement.span.end));
      add(place.file.source.path, { span: { start: end, end }, text: `${lineBreak(place.file.source)}${text}` });
    } else if (place) left.push(`${baseName(place.file.source.path)}: ask for ${text} as well`);
    else missing.push(bound);
  }
  return { edits, left, missing };
}

/** Whether a requirement takes nothing beyond a bound. */
function keeps({ pinned, specifier, url }: Pick<Requirement, 'pinned' | 'specifier' | 'url'>, { name }: Bound): boolean {
  const range = pinned === undefined ? specifier : `==${pinned}`;
  return url !== undefined || (range !== '' && !(beyond[name] ?? []).some((minor) => allowsMinor(range, minor)));
}

/** The requirement with the bound; what it says besides is kept where both can hold. */
function bounded(
  { pinned, specifier, name, extras }: Pick<Requirement, 'pinned' | 'specifier' | 'name' | 'extras'>,
  { below }: Bound,
): string {
  const kept =
    pinned === undefined
      ? specifier
          .split(',')
          .map((part) => part.trim())
          .filter((part) => /^(?:>=?\s*[01]\.|!=)/.test(part))
      : [];
  return `${name}${extras.length ? `[${extras.join(',')}]` : ''}${[...kept, `<${below}`].join(',')}`;
}
