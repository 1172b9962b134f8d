import { source, type Span } from '../text/text.ts';
import type { Group, NamedIndex, PythonBound, Requirement, RequirementOption, Requirements } from './model.ts';
import { pixiManifest } from './pixi.ts';
import { poetrySpecifier } from './poetryVersion.ts';
import { normalise } from './normalise.ts';
import { parseRequirement } from './requirements.ts';
import { tableOption, tableRequirement } from './tomlEntry.ts';
import { at, entriesOf, itemsOf, parseToml, textOf, type Toml, type TomlEntry, type TomlTable } from './toml.ts';

/** Reads a `pyproject.toml`: PEP 621 and dependency groups, poetry, hatch’s environments, pixi’s, and what uv adds. Never fails. */
export function parsePyproject(path: string, text: string): Requirements {
  const { root, faults } = parseToml(text);
  const indexes = indexesOf(root);
  const pixi = pixiManifest(at(root, 'tool', 'pixi') ?? nothing);
  const requirements = [...standard(root), ...poetry(root, indexes), ...pixi.requirements].map((each) => withSource(root, indexes, each));
  const python = pythonOf(root) ?? pixi.python;
  return {
    language: 'requirements',
    format: 'pyproject',
    source: source(path, text),
    requirements,
    options: [...optionsOf(root), ...pixi.options],
    faults,
    ...(python ? { python } : {}),
  };
}

const nothing: TomlTable = { kind: 'table', span: { start: 0, end: 0 }, entries: new Map() };

/** Reads a `uv.toml`: the indexes of `[tool.uv]`, in a file of their own. Never fails. */
export function parseUvToml(path: string, text: string): Requirements {
  const { root, faults } = parseToml(text);
  return { language: 'requirements', format: 'uv', source: source(path, text), requirements: [], options: uvOptions(root), faults };
}

/** What is written as PEP 508 asks: the project's own requirements, its extras, dependency groups and those of uv, pdm and hatch. */
function standard(root: TomlTable): readonly Requirement[] {
  const groups = (node: Toml | undefined, kind: Group['kind']): readonly Requirement[] =>
    entriesOf(node).flatMap(([name, { value }]) => texts(value, { kind, name }));
  return [
    ...texts(at(root, 'project', 'dependencies')),
    ...groups(at(root, 'project', 'optional-dependencies'), 'extra'),
    ...groups(at(root, 'dependency-groups'), 'group'),
    ...groups(at(root, 'tool', 'pdm', 'dev-dependencies'), 'group'),
    ...texts(at(root, 'tool', 'uv', 'dev-dependencies'), { kind: 'group', name: 'dev' }),
    ...entriesOf(at(root, 'tool', 'hatch', 'envs')).flatMap(([name, { value }]) =>
      ['dependencies', 'extra-dependencies'].flatMap((key) => texts(at(value, key), { kind: 'group', name })),
    ),
  ];
}

function texts(node: Toml | undefined, group?: Group): readonly Requirement[] {
  return itemsOf(node).flatMap((item) => {
    if (item.kind !== 'text') return [];
    const { inner, value, exact } = item;
    const requirement = parseRequirement(value, (index) => (exact ? inner.start + index : inner.start));
    if (!requirement) return [];
    // Escapes shift everything: then only the whole text is a place.
    const whole = exact ? requirement : { ...requirement, span: inner, nameSpan: inner };
    return [{ ...whole, ...(group ? { group } : {}) }];
  });
}

function poetry(root: TomlTable, indexes: ReadonlyMap<string, string>): readonly Requirement[] {
  const tables: readonly (readonly [Toml | undefined, Group | undefined])[] = [
    [at(root, 'tool', 'poetry', 'dependencies'), undefined],
    [at(root, 'tool', 'poetry', 'dev-dependencies'), { kind: 'group', name: 'dev' }],
    ...entriesOf(at(root, 'tool', 'poetry', 'group')).map(
      ([name, { value }]) => [at(value, 'dependencies'), { kind: 'group', name }] as const,
    ),
  ];
  return tables.flatMap(([node, group]) =>
    entriesOf(node)
      .filter(([name]) => name !== 'python')
      .flatMap(([name, entry]) => {
        // One package may have several rows, for several platforms.
        const values = entry.value.kind === 'list' ? entry.value.items : [entry.value];
        return values.map((value) => poetryRequirement(name, { ...entry, value }, values.length > 1, group, indexes));
      }),
  );
}

function poetryRequirement(
  name: string,
  entry: TomlEntry,
  several: boolean,
  group: Group | undefined,
  indexes: ReadonlyMap<string, string>,
): Requirement {
  const { value } = entry;
  const url = indexes.get(textOf(at(value, 'source')) ?? '');
  const optional = at(value, 'optional');
  return tableRequirement(name, entry, poetrySpecifier, {
    marker: poetryMarker(value, several),
    index: url === undefined ? undefined : { url },
    group: group ?? (optional?.kind === 'other' && optional.value === true ? { kind: 'extra', name: '*' } : undefined),
  });
}

/** The marker that poetry makes of its keys. Rows of one package without any are told apart by something else. */
function poetryMarker(value: Toml, several: boolean): string | undefined {
  const [markers, platform, python] = ['markers', 'platform', 'python'].map((key) => textOf(at(value, key)));
  const parts = [
    ...(markers === undefined ? [] : [`(${markers})`]),
    ...(platform === undefined ? [] : [`sys_platform == "${platform}"`]),
    ...(python === undefined ? [] : poetrySpecifier(python).split(',')).map((bound) =>
      bound.replace(/^([<>=!~]+)\s*(.*)$/, 'python_version $1 "$2"'),
    ),
  ];
  return parts.length ? parts.join(' and ') : several ? 'extra' : undefined;
}

/** The indexes that a project gives names to. */
function indexesOf(root: TomlTable): ReadonlyMap<string, string> {
  const named = [
    ...itemsOf(at(root, 'tool', 'uv', 'index')),
    ...itemsOf(at(root, 'tool', 'poetry', 'source')),
    ...itemsOf(at(root, 'tool', 'pdm', 'source')),
  ];
  return new Map(
    named.flatMap((each) => {
      const [name, url] = [textOf(at(each, 'name')), textOf(at(each, 'url'))];
      return name === undefined || url === undefined ? [] : [[name, url] as const];
    }),
  );
}

/** Adds what `[tool.uv.sources]` says of a requirement. */
function withSource(root: TomlTable, indexes: ReadonlyMap<string, string>, requirement: Requirement): Requirement {
  const said = entriesOf(at(root, 'tool', 'uv', 'sources')).find(([name]) => normalise(name) === requirement.name)?.[1].value;
  if (!said) return requirement;
  const named: NamedIndex[] = [];
  let url: string | undefined;
  for (const each of said.kind === 'list' ? said.items : [said]) {
    const index = indexes.get(textOf(at(each, 'index')) ?? '');
    const [marker, group] = [textOf(at(each, 'marker')), textOf(at(each, 'extra')) ?? textOf(at(each, 'group'))];
    // One for another extra is of no concern to what this one names.
    if (group !== undefined && requirement.group && normalise(group) !== normalise(requirement.group.name)) continue;
    if (index !== undefined)
      named.push({ url: index, ...(marker === undefined ? {} : { marker }), ...(group === undefined ? {} : { group }) });
    else url ??= ['git', 'path', 'url'].map((key) => textOf(at(each, key))).find((value) => value !== undefined);
  }
  return { ...requirement, ...(named.length ? { indexes: named } : {}), ...(url === undefined ? {} : { url }) };
}

/** Indexes for every package, and the requirements files that setuptools and hatch read. */
function optionsOf(root: TomlTable): readonly RequirementOption[] {
  const files = [
    at(root, 'tool', 'setuptools', 'dynamic', 'dependencies', 'file'),
    at(root, 'tool', 'hatch', 'metadata', 'hooks', 'requirements_txt', 'files'),
  ];
  return [
    ...uvOptions(at(root, 'tool', 'uv')),
    ...itemsOf(at(root, 'tool', 'poetry', 'source')).flatMap((each) =>
      textOf(at(each, 'priority')) === 'explicit' ? [] : tableOption('extra-index-url', at(each, 'url'), 'poetry'),
    ),
    ...files.flatMap((file) => (file?.kind === 'list' ? file.items : [file]).flatMap((each) => tableOption('requirement', each))),
  ];
}

/** The indexes that uv's settings name for every package. */
function uvOptions(settings: Toml | undefined): readonly RequirementOption[] {
  const named = itemsOf(at(settings, 'index')).flatMap((index) =>
    isTrue(at(index, 'explicit'))
      ? []
      : tableOption(isTrue(at(index, 'default')) ? 'index-url' : 'extra-index-url', at(index, 'url'), 'uv'),
  );
  const older = [settings, at(settings, 'pip')].flatMap((table) => [
    ...tableOption('index-url', at(table, 'index-url'), 'uv'),
    ...['extra-index-url', 'find-links'].flatMap((key) => itemsOf(at(table, key)).flatMap((item) => tableOption(key, item, 'uv'))),
  ]);
  return [...named, ...older];
}

const isTrue = (node: Toml | undefined): boolean => node?.kind === 'other' && node.value === true;

function pythonOf(root: TomlTable): PythonBound | undefined {
  const own = at(root, 'project', 'requires-python');
  const poetrys = at(root, 'tool', 'poetry', 'dependencies', 'python');
  const bound = (specifier: string, span: Span): PythonBound | undefined => (specifier ? { specifier, span } : undefined);
  if (own?.kind === 'text') return bound(own.value.trim(), own.inner);
  return poetrys?.kind === 'text' ? bound(poetrySpecifier(poetrys.value), poetrys.inner) : undefined;
}
