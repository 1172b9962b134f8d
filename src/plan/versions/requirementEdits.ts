import type { NamedIndex, Requirement, Requirements } from '../../python/model.ts';
import { indexTurns } from './indexTurns.ts';
import { torchBuild, torchIndex } from './torchIndex.ts';
import { lineAt, lineBreak, lineSpan, type Edit } from '../../text/text.ts';
import type { Bound, Combination, Pinned } from './framework.ts';
import { baseName } from '../../text/paths.ts';

/** The edits of a file of requirements, and what could not be changed there. */
export interface RequirementChange {
  readonly edits: readonly Edit[];
  readonly left: readonly string[];
  /** Whether the file names the framework. */
  readonly names: boolean;
}

/** Which of a combination's packages a requirement is, under its own name or that of another build. */
export const pinnedFor = ({ packages }: Combination, name: string): Pinned | undefined =>
  packages.find((each) => each.name === name || each.not?.names?.includes(name));

/** How a requirement is written that asks for a package of a combination. */
export function requirementText(
  pinned: Pinned,
  written: Pick<Requirement, 'extras' | 'pinned'> | undefined,
  index: Combination['index'],
): string {
  const kept = (written?.extras ?? []).filter((extra) => !pinned.not?.extras?.test(extra));
  const extras = [...new Set([...kept, ...(pinned.extras ?? [])])];
  // A local version is kept where somebody wrote one: it says which build is meant.
  const local = written?.pinned?.includes('+') && index ? `+${index.tag}` : '';
  return `${pinned.name}${extras.length ? `[${extras.join(',')}]` : ''}==${pinned.version}${local}`;
}

/** Pins what a file names of a combination, and turns its PyTorch indexes to the wanted build. Comments, markers and order stay. */
export function requirementEdits(file: Requirements, combination: Combination): RequirementChange {
  const edits: Edit[] = [];
  const left: string[] = [];
  let names = false;
  for (const requirement of file.requirements) {
    if (combination.brings?.includes(requirement.name))
      left.push(`${requirement.name} in ${baseName(file.source.path)}: the image has a build of its own, take it out`);
    const pinned = pinnedFor(combination, requirement.name);
    if (!pinned) continue;
    if (pinned === combination.packages[0]) names = true;
    const edit = requirementEdit(file, requirement, pinned, combination);
    if (typeof edit === 'string') left.push(edit);
    else if (file.source.text.slice(edit.span.start, edit.span.end) !== edit.text) edits.push(edit);
  }
  if (!combination.index) return { edits, left, names };
  const { tag, pypi } = combination.index;
  edits.push(...indexTurns(file, combination, tag));
  const inProject = file.requirements.find(({ name, conda }) => !conda && name === combination.packages[0]?.name);
  const none = !file.options.some(({ value }) => torchBuild(value)) && !inProject?.indexes?.length;
  if (inProject && file.format !== 'pip' && file.format !== 'conda' && !pypi && none)
    left.push(`${inProject.name} in ${baseName(file.source.path)}: PyPI has another build, name the index ${torchIndex(tag)} for it`);
  return { edits, left, names };
}

/** An index for an extra or group that stays as it is, with another build: it has not every release, as that of the CPU builds has. */
const otherBuild = ({ indexes = [], group: own }: Requirement, tag: string | undefined): NamedIndex | undefined =>
  tag === undefined
    ? undefined
    : indexes.find(
        ({ url, group }) =>
          group !== undefined && (own === undefined || own.name === group) && ![tag, 'cpu', undefined].includes(torchBuild(url)),
      );

function requirementEdit(file: Requirements, requirement: Requirement, pinned: Pinned, { index }: Combination): Edit | string {
  const { source } = file;
  const where = `${requirement.name} in ${baseName(source.path)}`;
  if (requirement.url !== undefined) return `${where}: it is taken from an address`;
  const other = otherBuild(requirement, index?.tag);
  if (other) return `${where}: ${other.group ?? ''} takes it from ${other.url}, and another build was chosen`;
  const rest = source.text.slice(requirement.span.end, lineSpan(source, lineAt(source, requirement.span.end)).end);
  if (/--hash\b/.test(rest) || /\\\s*$/.test(rest)) return `${where}: it is bound to hashes`;
  if (requirement.entry) {
    if (!requirement.specifierSpan || pinned.extras?.length || requirement.name !== pinned.name)
      return `${where}: write ${pinned.name} ${pinned.version} there`;
    return { span: requirement.specifierSpan, text: `${requirement.operators ? '==' : requirement.conda ? '=' : ''}${pinned.version}` };
  }
  const text = requirementText(pinned, requirement, index);
  const written = source.text.slice(requirement.nameSpan.start, requirement.nameSpan.end);
  const same = requirement.name === pinned.name;
  return { span: requirement.span, text: same ? written + text.slice(pinned.name.length) : text };
}

/** Adds the framework to a file of pip's that does not name it. */
export function addition({ source }: Requirements, combination: Combination, bounds: readonly Bound[]): readonly Edit[] {
  const newline = lineBreak(source);
  const lines = [
    ...combination.packages.filter(({ wanted }) => wanted).map((pinned) => requirementText(pinned, undefined, combination.index)),
    ...bounds.map(({ name, below }) => `${name}<${below}`),
  ].map((line) => line + newline);
  const end = source.text.length;
  return [{ span: { start: end, end }, text: (source.text === '' || source.text.endsWith('\n') ? '' : newline) + lines.join('') }];
}
