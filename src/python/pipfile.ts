import { source } from '../text/text.ts';
import type { Group, PythonBound, Requirement, Requirements } from './model.ts';
import { entryRequirement, tableOption } from './tomlEntry.ts';
import { at, entriesOf, itemsOf, parseToml, textOf, type Toml } from './toml.ts';

/** Tables of a `Pipfile` that hold no packages. */
const settings = /^(?:source|requires|pipenv|scripts)$/;

/** Reads a `Pipfile`: `[packages]`, `[dev-packages]` and other categories, sources and the Python. Never fails. */
export function parsePipfile(path: string, text: string): Requirements {
  const { root, faults } = parseToml(text);
  const sources = itemsOf(at(root, 'source'));
  const named = new Map(sources.flatMap((each) => [[textOf(at(each, 'name')) ?? '', textOf(at(each, 'url'))] as const]));
  const python = pythonOf(root);
  return {
    language: 'requirements',
    format: 'pipfile',
    source: source(path, text),
    requirements: entriesOf(root).flatMap(([table, { value }]) => (settings.test(table) ? [] : packages(value, groupOf(table), named))),
    // What names no source comes from the first.
    options: sources.slice(0, 1).flatMap((each) => tableOption('index-url', at(each, 'url'), 'pipenv')),
    faults,
    ...(python ? { python } : {}),
  };
}

const groupOf = (table: string): Group | undefined =>
  table === 'packages' ? undefined : { kind: 'group', name: table === 'dev-packages' ? 'dev' : table };

const packages = (table: Toml, group: Group | undefined, sources: ReadonlyMap<string, string | undefined>): readonly Requirement[] =>
  entriesOf(table).map(([name, entry]) => {
    const url = sources.get(textOf(at(entry.value, 'index')) ?? '');
    return entryRequirement(name, entry, { group, index: url === undefined ? undefined : { url }, marker: markerOf(entry.value) });
  });

/** The marker that pipenv makes of its keys: `markers`, or a marker’s own name. */
function markerOf(value: Toml): string | undefined {
  const own = ['sys_platform', 'platform_machine', 'platform_system', 'python_version', 'os_name', 'implementation_name'].flatMap((key) => {
    const [, operator = '==', wanted] = /^\s*([<>=!~]+|(?:not )?in)?\s*(.*)$/.exec(textOf(at(value, key)) ?? '') ?? [];
    return wanted ? [`${key} ${operator} ${/^['"]/.test(wanted) ? wanted : `"${wanted}"`}`] : [];
  });
  const markers = textOf(at(value, 'markers'));
  const parts = [...(markers === undefined ? [] : [`(${markers})`]), ...own];
  return parts.length ? parts.join(' and ') : undefined;
}

function pythonOf(root: Toml): PythonBound | undefined {
  const minor = at(root, 'requires', 'python_version');
  const full = at(root, 'requires', 'python_full_version');
  if (full?.kind === 'text') return { specifier: `==${full.value}`, span: full.inner };
  return minor?.kind === 'text' && /^\d+\.\d+$/.test(minor.value) ? { specifier: `==${minor.value}.*`, span: minor.inner } : undefined;
}
