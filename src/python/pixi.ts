import { source, type Span } from '../text/text.ts';
import { condaRequirement } from './environment.ts';
import type { Group, PythonBound, Requirement, RequirementOption, Requirements } from './model.ts';
import { entryRequirement, tableOption } from './tomlEntry.ts';
import { at, entriesOf, itemsOf, parseToml, textOf, type Toml, type TomlEntry } from './toml.ts';

/** What a pixi manifest wants: a `pixi.toml`, or `[tool.pixi]` of a `pyproject.toml`. */
export interface PixiManifest {
  readonly requirements: readonly Requirement[];
  readonly options: readonly RequirementOption[];
  readonly python?: PythonBound;
}

/** Reads a `pixi.toml`. Never fails. */
export function parsePixi(path: string, text: string): Requirements {
  const { root, faults } = parseToml(text);
  return { language: 'requirements', format: 'pixi', source: source(path, text), faults, ...pixiManifest(root) };
}

/** Reads a manifest: what every environment has, and each feature as a group. */
export function pixiManifest(root: Toml): PixiManifest {
  const features = entriesOf(at(root, 'feature')).map(([name, { value }]) => [value, { kind: 'group', name }] as const);
  const tables: readonly (readonly [Toml, Group | undefined])[] = [[root, undefined], ...features];
  const parts = tables.flatMap(([table, group]) => [
    [table, group] as const,
    // Parts for one platform: those for Linux are read.
    ...entriesOf(at(table, 'target')).flatMap(([platform, { value }]) =>
      /^(?:linux-64|linux|unix)$/.test(platform) ? [[value, group] as const] : [],
    ),
  ]);
  const conda = parts.flatMap(([table, group]) =>
    ['dependencies', 'host-dependencies', 'build-dependencies'].flatMap((key) =>
      entriesOf(at(table, key)).map(([name, entry]) => condaEntry(name, entry, group)),
    ),
  );
  const pypi = parts.flatMap(([table, group]) =>
    entriesOf(at(table, 'pypi-dependencies')).map(([name, entry]) => {
      const url = textOf(at(entry.value, 'index'));
      return entryRequirement(name, entry, { group, index: url === undefined ? undefined : { url } });
    }),
  );
  const python = conda.find(({ name, group, specifier }) => name === 'python' && !group && specifier);
  return {
    requirements: [...conda.filter(({ name }) => name !== 'python'), ...pypi],
    options: parts.flatMap(([table]) => indexes(at(table, 'pypi-options'))),
    ...(python ? { python: { specifier: python.specifier, span: python.specifierSpan ?? python.span } } : {}),
  };
}

function condaEntry(name: string, { keySpan, value }: TomlEntry, group: Group | undefined): Requirement {
  const version = value.kind === 'text' ? value : at(value, 'version');
  const written = version?.kind === 'text' ? version.value.trim() : '';
  const span: Span = { start: keySpan.start, end: value.span.end };
  const bare = written === '*' ? '' : written;
  const found = condaRequirement(/^\d[\w.*]*$/.test(bare) ? `${name} =${bare}` : `${name} ${bare}`, span, false);
  const inner = version?.kind === 'text' && version.exact && bare ? { specifierSpan: version.inner } : {};
  const base = found ?? { name, nameSpan: keySpan, extras: [], specifier: '', span, entry: true, conda: true };
  return { ...base, nameSpan: keySpan, ...inner, ...(group ? { group } : {}) };
}

function indexes(table: Toml | undefined): readonly RequirementOption[] {
  return [
    ...tableOption('index-url', at(table, 'index-url'), 'pixi'),
    ...itemsOf(at(table, 'extra-index-urls')).flatMap((each) => tableOption('extra-index-url', each, 'pixi')),
    ...itemsOf(at(table, 'find-links')).flatMap((each) => tableOption('find-links', at(each, 'url'), 'pixi')),
  ];
}
