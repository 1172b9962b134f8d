import type { World } from '../../lint/rule.ts';
import type { Requirements } from '../../python/model.ts';
import { installers } from '../../rules/shared/installers.ts';
import { publicVersion } from '../../rules/shared/pins.ts';
import { allowedPythons } from '../../rules/shared/projectPython.ts';
import { stagePython } from '../../rules/shared/torchPython.ts';
import { lineAt, lineSpan, type Span } from '../../text/text.ts';
import type { Completion } from '../model.ts';
import { completeExtra } from '../packages/extras.ts';
import { completeIndex, completeName, completePin } from '../packages/pin.ts';
import type { Around } from '../packages/versions.ts';

/** Versions, names and indexes in a file of requirements. */
export function completeRequirements(file: Requirements, offset: number, world: World): readonly Completion[] {
  const { source, format } = file;
  const line = lineSpan(source, lineAt(source, offset));
  const before = source.text.slice(line.start, offset);
  const behind = /^[\w.*+!-]*/.exec(source.text.slice(offset, line.end))?.[0].length ?? 0;
  const { knowledge } = world;
  if (/(?:^|\s)#/.test(before)) return [];
  const table = format === 'pipfile' || format === 'pixi' || format === 'pyproject' ? placeOf(source.text.slice(0, offset)).table : '';
  if (keyTable(format).test(table)) return inTable(file, offset, { before, after: source.text.slice(offset, line.end), table }, world);
  if (format === 'pyproject' || format === 'pipfile' || format === 'pixi') return inProject(file, offset, { before, behind }, world);
  const option = /^\s*(?:-i|--(?:extra-)?index-url|-f|--find-links)[= ]+(\S*)$/.exec(before);
  if (option) {
    const end = offset + (/^\S*/.exec(source.text.slice(offset, line.end))?.[0].length ?? 0);
    return completeIndex(option[1] ?? '', { start: offset - (option[1] ?? '').length, end }, around(file, world), knowledge);
  }
  // conda has versions of its own; below `pip:` they are PyPI's, written with two signs.
  const [, spec, typed] = (format === 'conda' && /^\s*-\s+["']?([\w.-]+)\s*={1,2}([\w.]*)$/.exec(before)) || [];
  if (spec === 'python' && typed !== undefined) return pythons(typed, { start: offset - typed.length, end: offset + behind }, world);
  if (spec !== undefined && typed !== undefined && !/==/.test(before)) return versions(spec, typed, offset, behind, file, world);
  const begun = format === 'pip' ? /^\s*(-[\w-]*)$/.exec(before)?.[1] : undefined;
  if (begun !== undefined) return fileOptions(begun, { start: offset - begun.length, end: offset + behind });
  const [, head = '', text = ''] = (format === 'conda' ? /^(\s*-\s+)(\S*==\S*)$/ : /^(\s*)(\S.*)$/).exec(before) ?? [];
  if (!text) return [];
  const span = { start: line.start + head.length, end: offset + behind };
  const pins = completeExtra(text, span, knowledge) ?? completePin(text, span, around(file, world), knowledge);
  if (pins) return pins;
  return format === 'pip' && /^[A-Za-z][\w.-]*$/.test(text) ? completeName(text, span, around(file, world), knowledge) : [];
}

/** What pip takes in a file, each with what stands behind it. */
const inFiles: readonly (readonly [option: string, about: string])[] = [
  ['--index-url ', 'the index in the place of PyPI'],
  ['--extra-index-url ', 'an index beside PyPI'],
  ['--find-links ', 'a page or a folder with wheels'],
  ['-r ', 'another file of requirements'],
  ['-c ', 'a file that holds versions and installs nothing'],
  ['-e ', 'a project as it is: ., ./package'],
  ['--no-index', 'asks no index, only --find-links'],
  ['--only-binary ', 'wheels only: :all: or names'],
  ['--no-binary ', 'compiles from source: :all: or names'],
  ['--prefer-binary', 'an older wheel in the place of a newer source'],
  ['--require-hashes', 'takes only files whose hash is written'],
  ['--pre', 'takes pre-releases too'],
  ['--trusted-host ', 'does not check the certificate of a host'],
];

const fileOptions = (typed: string, span: Span): readonly Completion[] =>
  inFiles
    .filter(([option]) => option.startsWith(typed))
    .map(([option, about], at) => ({ label: option.trim(), kind: 'property', span, text: option, detail: about, sort: order(at) }));

/** The minor versions of Python that get fixes still, the newest first. */
const pythons = (typed: string, span: Span, { knowledge, today }: World): readonly Completion[] =>
  Object.entries(knowledge.endOfLife['python'] ?? {})
    .filter(([cycle, { eol }]) => cycle.startsWith('3.') && cycle.startsWith(typed) && eol !== undefined && eol >= today)
    .sort(([a], [b]) => Number(b.slice(2)) - Number(a.slice(2)))
    .map(([cycle, { eol }], at) => ({ label: cycle, kind: 'value', span, text: cycle, detail: `until ${String(eol)}`, sort: order(at) }));

const order = (at: number): string => String(at).padStart(2, '0');

/** Where a key is a package and its value what pip writes behind the name: in a `Pipfile`, and in what pixi reads. */
const keyTable = (format: Requirements['format']): RegExp =>
  format === 'pipfile'
    ? /^(?:dev-)?packages$/
    : format === 'pixi'
      ? /(?:^|\.)(?:pypi-|host-|build-)?dependencies$/
      : /^tool\.pixi\.(?:.*\.)?(?:pypi-|host-|build-)?dependencies$/;

/** Names and versions of such a table: `torch = "==2.5.1"`. */
function inTable(
  file: Requirements,
  offset: number,
  { before, after, table }: { readonly before: string; readonly after: string; readonly table: string },
  world: World,
): readonly Completion[] {
  const { knowledge } = world;
  const [, key, written] = /^\s*"?([\w.-]+)"?\s*=\s*(?:\{.*\bversion\s*=\s*)?["']([^"']*)$/.exec(before) ?? [];
  if (key !== undefined && written !== undefined) {
    const pip = key === 'pytorch' ? 'torch' : key;
    const behind = /^[\w.*+!-]*/.exec(after)?.[0].length ?? 0;
    // Without an operator the whole value is put in.
    const bare = /^[\w.]*$/.test(written);
    const text = `${pip}${bare ? '==' : ''}${written}`;
    const found = completePin(text, { start: offset - text.length, end: offset + behind }, around(file, world), knowledge) ?? [];
    return bare
      ? found.map((each) => ({
          ...each,
          label: `==${each.label}`,
          span: { start: offset - written.length, end: offset + behind },
          text: `==${each.text}`,
        }))
      : found;
  }
  const name = /^\s*([A-Za-z][\w.-]*)$/.exec(before)?.[1];
  // conda has names of its own.
  if (name === undefined || after.trim() !== '' || (/dependencies$/.test(table) && !/pypi-dependencies$/.test(table))) return [];
  return completeName(name, { start: offset - name.length, end: offset }, around(file, world), knowledge).map((each) => ({
    ...each,
    text: each.text.replace(/==(.*)$/, ' = "==$1"'),
  }));
}

/** In a `pyproject.toml`: requirements of lists, keys of poetry, addresses of indexes. */
function inProject(
  file: Requirements,
  offset: number,
  { before, behind }: { readonly before: string; readonly behind: number },
  world: World,
): readonly Completion[] {
  const { text } = file.source;
  const { knowledge } = world;
  const address = /^\s*(?:url|index-url|extra-index-urls)\s*=\s*\[?\s*["']([^"']*)$/.exec(before)?.[1];
  if (address !== undefined) {
    const end = offset + (/^[^\s"']*/.exec(text.slice(offset))?.[0].length ?? 0);
    return completeIndex(address, { start: offset - address.length, end }, around(file, world), knowledge);
  }
  const [, key, version] = /^\s*([\w.-]+)\s*=\s*(?:\{.*\bversion\s*=\s*)?["']={0,2}([\w.+]*)$/.exec(before) ?? [];
  const { table, list } = placeOf(text.slice(0, offset));
  if (key !== undefined && version !== undefined && /^tool\.poetry\b.*dependencies$/.test(table))
    return versions(key, version, offset, behind, file, world);
  const written = /["']([^"']*)$/.exec(before)?.[1];
  if (written === undefined || !list || (before.split('"').length - 1 + before.split("'").length - 1) % 2 === 0) return [];
  const span = { start: offset - written.length, end: offset + behind };
  return (
    completeExtra(written, span, knowledge) ??
    completePin(written, span, around(file, world), knowledge) ??
    (/^[\w.-]*$/.test(written) ? completeName(written, span, around(file, world), knowledge) : [])
  );
}

/** Versions where poetry or conda write one without the two signs. */
function versions(name: string, typed: string, offset: number, behind: number, file: Requirements, world: World): readonly Completion[] {
  const pip = name === 'pytorch' ? 'torch' : name;
  const before = `${pip}==${typed}`;
  const span = { start: offset - before.length, end: offset + behind };
  return completePin(before, span, around(file, world), world.knowledge) ?? [];
}

/** The table that the end of a TOML text is in, and whether it is in a list of requirements. */
function placeOf(text: string): { readonly table: string; readonly list: boolean } {
  const headers = [...text.matchAll(/^[ \t]*\[+([\w."-]+)\]+[ \t]*(?:#.*)?$/gm)];
  const last = headers.at(-1);
  const table = last?.[1] ?? '';
  const key = /([\w.-]+)\s*=\s*\[(?:[^[\]]|\[[^\]]*\])*(?:\[[\w,-]*)?$/.exec(text.slice(last?.index ?? 0))?.[1];
  const path = `${table}.${key ?? ''}`;
  return {
    table,
    list: key !== undefined && /dependencies$|(?:^|\.)(?:optional-dependencies|dependency-groups|dev-dependencies)\./.test(path),
  };
}

/** The torch that the file pins, and the Python of the image that it is installed into, or the oldest that the file allows. */
function around({ source, requirements, python: bound }: Requirements, world: World): Around {
  const torch = requirements.find(({ name }) => name === 'torch')?.pinned;
  const pythons = installers(source.path, world).flatMap(
    ({ dockerfile, stage }) => stagePython(world.knowledge, dockerfile, stage, world.options.buildArgs)?.version ?? [],
  );
  const [python] = new Set(pythons).size === 1 ? pythons : (allowedPythons(bound?.specifier) ?? []);
  return { ...(torch === undefined ? {} : { torch: publicVersion(torch) }), ...(python === undefined ? {} : { python }) };
}
