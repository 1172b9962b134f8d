import type { Group, NamedIndex, Requirement, RequirementOption } from './model.ts';
import { normalise } from './normalise.ts';
import { pinnedBy } from './requirements.ts';
import { at, itemsOf, textOf, type Toml, type TomlEntry } from './toml.ts';

/** What is said about a requirement around it. */
interface More {
  readonly group?: Group | undefined;
  readonly index?: NamedIndex | undefined;
  readonly marker?: string | undefined;
}

/** A requirement that is a key with a version or a table (`torch = "==2.5.1"`, `torch = { version = "*", index = "pytorch" }`), in PEP 440’s words. */
export const entryRequirement = (name: string, entry: TomlEntry, more: More): Requirement => ({
  ...tableRequirement(name, entry, plainSpecifier, more),
  operators: true,
});

const plainSpecifier = (written: string): string => (written === '*' ? '' : /^\d/.test(written) ? `==${written}` : written);

/** The same in words of a tool’s own, which `specifierOf` puts into PEP 440’s. */
export function tableRequirement(
  name: string,
  { keySpan, value }: TomlEntry,
  specifierOf: (written: string) => string,
  { group, index, marker }: More,
): Requirement {
  const version = value.kind === 'text' ? value : at(value, 'version');
  const specifier = specifierOf(textOf(version)?.trim() ?? '');
  const pinned = pinnedBy(specifier);
  const url = ['git', 'path', 'url', 'file'].map((key) => textOf(at(value, key))).find((each) => each !== undefined);
  return {
    name: normalise(name),
    nameSpan: keySpan,
    extras: itemsOf(at(value, 'extras')).flatMap((each) => textOf(each) ?? []),
    specifier,
    ...(version?.kind === 'text' && version.exact && specifier ? { specifierSpan: version.inner } : {}),
    ...(pinned === undefined ? {} : { pinned }),
    ...(marker === undefined ? {} : { marker }),
    ...(url === undefined ? {} : { url }),
    ...(index ? { indexes: [index] } : {}),
    ...(group ? { group } : {}),
    span: { start: keySpan.start, end: value.span.end },
    entry: true,
  };
}

/** What pip would be told by an option, said by a text of a project's file; none when it is no text. */
export const tableOption = (name: string, node: Toml | undefined, tool?: RequirementOption['tool']): readonly RequirementOption[] =>
  node?.kind === 'text' ? [{ name, value: node.value, span: node.span, valueSpan: node.inner, ...(tool ? { tool } : {}) }] : [];
