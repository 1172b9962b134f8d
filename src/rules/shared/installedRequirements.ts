import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { ProjectInstall, PythonInstall } from '../../dockerfile/packages/project.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Files } from '../../lint/rule.ts';
import type { PythonBound, Requirement } from '../../python/model.ts';
import { holdsOnLinux } from '../../python/marker.ts';
import { readRequirements } from '../../python/read.ts';
import { normalise } from '../../python/normalise.ts';
import { contextFile } from './contextFile.ts';
import { fromWorkdir } from './entered.ts';
import { lockedRequirements } from './locked.ts';
import { folderOf, join } from '../../text/paths.ts';
import { wordRequirement } from './wordRequirement.ts';
import { Attached } from '../../text/attached.ts';

/** A requirement that a pip install asks for: written in the RUN, or in a requirements file. */
export interface Installed {
  readonly requirement: Requirement;
  /** The word in the Dockerfile that brings it: the requirement itself, or the file's name after `-r`. */
  readonly word: ShellWord;
  /** The requirements file it stands in. */
  readonly path?: string;
  /** The constraints file that fixes its version. */
  readonly pinnedIn?: string;
}

/** What an installation asks for. `complete` is false when a file or a word could not be read. */
export interface Asked {
  readonly installed: readonly Installed[];
  readonly complete: boolean;
  /** The files that it names, as far as they are there. */
  readonly paths: readonly string[];
}

// Files are a snapshot: what was read through one of them stays true for it.
const cache = new Attached<Files, Map<PythonInstall, Asked>>();

/** What an installation of a stage asks for. */
export function installedRequirements(file: Dockerfile, stage: Stage, install: PythonInstall, files: Files): Asked {
  let known = cache.get(files);
  if (!known) cache.set(files, (known = new Map<PythonInstall, Asked>()));
  let asked = known.get(install);
  if (!asked) known.set(install, (asked = read(file, stage, install, files)));
  return asked;
}

function read(file: Dockerfile, stage: Stage, install: PythonInstall, files: Files): Asked {
  const installed: Installed[] = [];
  const constraints = new Map<string, { readonly pinned: string; readonly pinnedIn: string }>();
  const named: string[] = [];
  let complete = true;
  for (const { name, value } of install.options) {
    if ((name !== '-c' && name !== '--constraint') || value === undefined) continue;
    const path = contextFile(file, stage, install.instruction, fromWorkdir(file, install, value), files);
    if (path === undefined) complete = false;
    else constrain(path);
    if (path !== undefined) named.push(path);
  }
  for (const word of projectWords(install)) {
    const [, folder = '', extras = ''] = projectPath.exec(word.value) ?? [];
    const wanted = { extras: new Set(extras.split(',').map((each) => normalise(each.trim()))), groups: new Set<string>() };
    const paths = projectSources(file, stage, install, folder, files);
    const seen = new Set<string>();
    named.push(...paths);
    if (!paths.length || !paths.every((path) => gather(path, word, wanted, seen))) complete = false;
  }
  for (const word of install.operands) {
    if (isProject(word)) continue;
    const requirement = wordRequirement(word);
    if (!requirement) complete = false;
    else installed.push({ requirement, word });
  }
  for (const word of install.files) {
    const path = namedFile(file, stage, install, word, files);
    if (path !== undefined) named.push(path);
    if (path === undefined || !gather(path, word, install.project ?? nothingMore, new Set())) complete = false;
  }
  const left = new Set(
    install.options.flatMap(({ name, value }) => (name === '--no-install-package' && value !== undefined ? [normalise(value)] : [])),
  );
  // `uv add torch==2.5` takes the place of what the project says of torch.
  const added = new Set(
    install.project ? installed.flatMap(({ requirement, path }) => (path === undefined ? [requirement.name] : [])) : [],
  );
  const changed = installed.some(({ path }) => path !== undefined) ? changedBefore(file, stage, install) : '';
  const wanted =
    left.size || added.size || changed
      ? installed.filter(
          ({ requirement: { name }, path }) =>
            !left.has(name) && (path === undefined || !(added.has(name) || (changed && new RegExp(nameIn(name), 'i').test(changed)))),
        )
      : installed;
  return { installed: constraints.size ? wanted.map(constrained) : wanted, complete, paths: named };

  function constrain(path: string): void {
    for (const { name, pinned, marker } of readRequirements(path, files.read(path) ?? '').requirements)
      if (pinned !== undefined && holdsOnLinux(marker) === true) constraints.set(name, { pinned, pinnedIn: path });
  }

  function constrained(each: Installed): Installed {
    const { name, pinned, url } = each.requirement;
    const bound = pinned === undefined && url === undefined ? constraints.get(name) : undefined;
    return bound ? { ...each, requirement: { ...each.requirement, pinned: bound.pinned }, pinnedIn: bound.pinnedIn } : each;
  }

  function gather(path: string, word: ShellWord, wanted: Wanted, seen: Set<string>): boolean {
    if (seen.has(path)) return true;
    seen.add(path);
    const text = files.read(path);
    if (text === undefined) return false;
    const told = readRequirements(path, text);
    // pip reads what a project asks for, and no lock: that is for the tool that wrote it.
    const requirements = install.project ? lockedRequirements(told, files) : told.requirements;
    installed.push(
      ...requirements
        .filter(({ group, conda }) => !conda && (!group || includes(group.kind === 'extra' ? wanted.extras : wanted.groups, group.name)))
        .map((requirement) => ({ requirement, word, path })),
    );
    for (const { name, value } of told.options) if (name === 'constraint') constrain(join(folderOf(path), value));
    return told.options
      .filter(({ name }) => name === 'requirement')
      .every(({ value }) => gather(join(folderOf(path), value), word, wanted, seen));
  }
}

/** What sed and the like do to files of requirements before they are installed: `sed -i '/opencv-python/d' requirements.txt`. */
function changedBefore(file: Dockerfile, stage: Stage, { instruction }: PythonInstall): string {
  return stage.instructions
    .filter(
      ({ keyword, span, body }) => keyword === 'RUN' && span.start <= instruction.span.start && /\b(?:sed|grep|awk|perl)\b/.test(body.text),
    )
    .flatMap((each) => commandsOf(file, each))
    .filter(({ name, words }) => /^(?:sed|grep|awk|perl)$/.test(name) && words.some(({ value }) => value.includes('requirements')))
    .flatMap(({ words }) => words.slice(1).map(({ value }) => value))
    .join('\n');
}

/** A package's name in any spelling, as a word of its own. */
const nameIn = (name: string): string => `(?:^|[^\\w-])${name.replace(/[-_.]+/g, '[-_.]+')}(?![\\w]|[-_.]\\w)`;

type Wanted = ProjectInstall['project'];
const nothingMore: Wanted = { extras: new Set(), groups: new Set() };

const includes = (wanted: ReadonlySet<string> | 'all', name: string): boolean =>
  wanted === 'all' || [...wanted].some((each) => normalise(each) === normalise(name));

/** A folder with a project, and its extras: `.`, `./app[gpu]`, `/app`. */
const projectPath = /^((?:\.{1,2}|\/)[^[\]:]*)(?:\[([^\]]*)\])?$/;

const isProject = ({ value, dynamic }: ShellWord): boolean => !dynamic && projectPath.test(value) && !/\.(?:whl|gz|zip|bz2)$/.test(value);

/** The projects that a `pip install` builds and installs, `-e .` too; nothing with `--no-deps`. */
export function projectWords({ operands, options }: PythonInstall): readonly ShellWord[] {
  if (options.some(({ name }) => name === '--no-deps')) return [];
  const editable = options.flatMap(({ name, value, valueWord }) =>
    (name === '-e' || name === '--editable') && valueWord && value !== undefined ? [{ ...valueWord, value }] : [],
  );
  return [...operands, ...editable].filter(isProject);
}

/** The project files that an installation reads, and the Pythons they are for. */
export function projectFiles(
  file: Dockerfile,
  stage: Stage,
  install: PythonInstall,
  files: Files,
): readonly { readonly word: ShellWord; readonly path: string; readonly python?: PythonBound }[] {
  const named = [
    ...projectWords(install).flatMap((word) =>
      projectSources(file, stage, install, word.value.replace(/\[.*$/, ''), files).map((path) => ({ word, path })),
    ),
    ...(install.project ? install.files : []).map((word) => ({
      word,
      path: namedFile(file, stage, install, word, files),
    })),
  ];
  return named.flatMap(({ word, path }) => {
    const text = path === undefined ? undefined : files.read(path);
    if (path === undefined || text === undefined) return [];
    const { python } = readRequirements(path, text);
    return [{ word, path, ...(python ? { python } : {}) }];
  });
}

/** The file of the context that an installation reads by a name; pixi takes a `pyproject.toml` where there is no `pixi.toml`. */
function namedFile(file: Dockerfile, stage: Stage, install: PythonInstall, { value }: ShellWord, files: Files): string | undefined {
  const find = (name: string): string | undefined => contextFile(file, stage, install.instruction, fromWorkdir(file, install, name), files);
  return find(value) ?? (install.tool === 'pixi' && value === 'pixi.toml' ? find('pyproject.toml') : undefined);
}

/** The files in which a project that pip builds says what it needs: setuptools' own where `pyproject.toml` leaves that to them. */
export function projectSources(file: Dockerfile, stage: Stage, install: PythonInstall, folder: string, files: Files): readonly string[] {
  const found = (name: string): readonly string[] => {
    const path = contextFile(file, stage, install.instruction, fromWorkdir(file, install, join(folder, name)), files);
    return path === undefined ? [] : [path];
  };
  const own = found('pyproject.toml');
  const says = own.some((path) => readRequirements(path, files.read(path) ?? '').requirements.some(({ group }) => !group));
  return says ? own : [...own, ...found('setup.cfg'), ...found('setup.py')];
}
