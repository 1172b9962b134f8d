import type { Group, NamedIndex, Requirement } from './model.ts';
import { normalise } from './normalise.ts';
import { pinnedBy } from './requirements.ts';
import { at, itemsOf, textOf, type TomlEntry } from './toml.ts';

/** A requirement that is a key with a version or a table (`torch = "==2.5.1"`, `torch = { version = "*", index = "pytorch" }`), in PEP 440’s words. */
export function entryRequirement(
  name: string,
  { keySpan, value }: TomlEntry,
  {
    group,
    index,
    marker,
  }: { readonly group?: Group | undefined; readonly index?: NamedIndex | undefined; readonly marker?: string | undefined },
): Requirement {
  const version = value.kind === 'text' ? value : at(value, 'version');
  const written = textOf(version)?.trim() ?? '';
  const specifier = written === '*' ? '' : /^\d/.test(written) ? `==${written}` : written;
  const pinned = pinnedBy(specifier);
  const url = ['git', 'path', 'url', 'file'].map((key) => textOf(at(value, key))).find((each) => each !== undefined);
  return {
    name: normalise(name),
    nameSpan: keySpan,
    extras: itemsOf(at(value, 'extras')).flatMap((each) => textOf(each) ?? []),
    specifier,
    ...(version?.kind === 'text' && version.exact && specifier ? { specifierSpan: version.inner } : {}),
    ...(pinned === undefined || pinned.includes('*') ? {} : { pinned }),
    ...(marker === undefined ? {} : { marker }),
    ...(url === undefined ? {} : { url }),
    ...(index ? { indexes: [index] } : {}),
    ...(group ? { group } : {}),
    span: { start: keySpan.start, end: value.span.end },
    entry: true,
    operators: true,
  };
}
