import type { Instruction } from '../model.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import { programOf } from '../shell/scripts.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions, type Option } from './options.ts';
import { perRun } from './perRun.ts';
import { pipFetches, pipInstalls, type PipInstall } from './pip.ts';
import { baseName } from '../../text/paths.ts';

/** Another command that installs what a project file names: `uv sync`, `poetry install`, `conda env create`; `uv add torch` names more itself. */
export interface ProjectInstall extends Omit<PipInstall, 'tool' | 'project'> {
  readonly tool: 'uv' | 'poetry' | 'pdm' | 'pipenv' | 'pixi' | 'conda';
  /** What of the project file it installs besides the project itself. */
  readonly project: {
    readonly extras: ReadonlySet<string> | 'all';
    readonly groups: ReadonlySet<string> | 'all';
  };
}

/** A command that installs Python packages. */
export type PythonInstall = PipInstall | ProjectInstall;

/**
 * Everything of an instruction that installs Python packages: `pip install`, what adds to a project (`uv add`, `poetry add`), and what reads
 * a project file (`uv sync`, `poetry install`, `pipenv sync`, `conda env create`, `uv export | uv pip install -r -`).
 */
export const pythonInstalls = perRun<PythonInstall>((file, instruction) => {
  const commands = allCommandsOf(file, instruction);
  const installs = pipInstalls(file, instruction);
  const others = [...pipFetches(file, instruction), ...commands.flatMap((command) => projectInstall(command, instruction, installs) ?? [])];
  return others.length ? [...installs, ...others].sort((a, b) => a.span.start - b.span.start) : installs;
});

const valued: Readonly<Record<Tool, ReadonlySet<string>>> = {
  uv: new Set(
    '--extra --no-extra --group --no-group --only-group --package --python -p --project --directory --index --default-index --index-url -i --extra-index-url --find-links -f --no-install-package --link-mode --config-file --cache-dir --resolution --prerelease --exclude-newer --index-strategy --keyring-provider --torch-backend --reinstall-package --upgrade-package -P --no-binary-package --no-build-package --no-build-isolation-package --color -r --requirement --requirements -c --constraint --constraints --config-setting -C --allow-insecure-host --optional --bounds --rev --tag --branch --marker -m --format -o --output-file --prune --no-emit-package'.split(
      ' ',
    ),
  ),
  poetry: new Set(
    '--with --without --only -E --extras -C --directory -P --project -G --group --source --python --platform --markers -f --format -o --output --without-extras'.split(
      ' ',
    ),
  ),
  pdm: new Set('-G --group --with --without --no-group -L --lockfile -p --project -e --editable -f --format -o --output'.split(' ')),
  pixi: new Set(
    '-e --environment --manifest-path -w --workspace --feature -f --platform -p --concurrent-downloads --pypi-keyring-provider --auth-file'.split(
      ' ',
    ),
  ),
  pipenv: new Set('-i --index --pypi-mirror --python -r --requirements -e --editable --categories --extra-pip-args'.split(' ')),
  conda: new Set('-f --file -n --name -p --prefix -c --channel --solver --platform --subdir -r --root-prefix'.split(' ')),
};
type Tool = ProjectInstall['tool'];

/** What a tool reads, where that is not the `pyproject.toml`. */
const manifests: Readonly<Partial<Record<Tool, string>>> = { pipenv: 'Pipfile', pixi: 'pixi.toml' };

/** Options with names of groups, besides those that most tools have. */
const groupOptions: Readonly<Record<Tool, readonly string[]>> = {
  uv: [],
  poetry: [],
  pdm: ['-G'],
  pipenv: ['--categories'],
  pixi: ['-e', '--environment'],
  conda: [],
};

function projectInstall(command: Command, instruction: Instruction, installs: readonly PipInstall[]): ProjectInstall | undefined {
  const [program, ...rest] = programOf(command);
  const head = baseName(program?.value ?? '');
  const tool: Tool | undefined = /^(?:uv|poetry|pdm|pipenv|pixi)$/.test(head)
    ? (head as Tool)
    : /^(?:conda|mamba|micromamba)$/.test(head)
      ? 'conda'
      : undefined;
  if (!tool || !program) return undefined;
  const { options, operands } = readOptions(rest, valued[tool]);
  const verb = verbOf(tool, head, operands);
  if (!verb) return undefined;
  const exports = verb.value === 'export' || verb.value === 'requirements';
  const reader = exports ? installs.find((install) => readsFrom(install, command, options)) : undefined;
  if (exports && !reader) return undefined;
  const adds = verb.value === 'add' || (tool === 'pipenv' && verb.value === 'install');
  const all = (...names: readonly string[]): readonly string[] =>
    options.flatMap(({ name, value }) => (names.includes(name) ? (value ?? '').split(/[\s,]+/).filter(Boolean) : []));
  const has = (name: string): boolean => options.some((option) => option.name === name);
  // `-d` of pipenv is `--dev`.
  const dev = tool === 'pipenv' && (has('--dev') || has('-d'));
  let files: readonly ShellWord[];
  if (tool === 'conda') {
    files = options.flatMap(({ name, value, valueWord }) =>
      (name === '-f' || name === '--file') && valueWord && value !== undefined && /\.ya?ml$/.test(value) ? [{ ...valueWord, value }] : [],
    );
    if (!files.length && operands[0]?.value === 'env') files = [{ ...verb, value: 'environment.yml' }];
    if (!files.length) return undefined;
  } else {
    // What another folder or one package of a workspace needs is not what the project file here says.
    if (has('--package') || has('--project') || has('--directory') || has('-C') || has('--only-group')) return undefined;
    // `main` are the project's own.
    if (has('--only') && !all('--only').includes('main')) return undefined;
    // The sources that these take a package from have names.
    if (has('--script') || has('--source') || (tool === 'pipenv' && has('--index'))) return undefined;
    const span = { start: program.span.start, end: verb.span.end };
    const manifest = { ...verb, text: `${program.text} ${verb.text}`, value: manifests[tool] ?? 'pyproject.toml', span };
    files = [
      manifest,
      ...options.flatMap(({ name, value, valueWord }) =>
        adds && /^(?:-r|--requirements?)$/.test(name) && valueWord && value !== undefined ? [{ ...valueWord, value }] : [],
      ),
    ];
  }
  return {
    tool,
    command,
    instruction,
    verb,
    options: [...options, ...(reader?.options ?? [])],
    // `torch@^2.1` is a way of poetry's own; everywhere else `@` stands before an address.
    operands: adds ? operands.slice(1).filter(({ value }) => !/^[\w.[\],-]+@/.test(value)) : [],
    files,
    project: {
      extras: has('--all-extras') ? 'all' : new Set(all('--extra', '-E', '--extras', ...(tool === 'pdm' ? ['-G'] : []))),
      groups: has('--all-groups')
        ? 'all'
        : new Set([...all('--group', '--with', '--only', ...groupOptions[tool]), ...(dev ? ['dev'] : [])]),
    },
    ...(reader?.indexUrl === undefined ? {} : { indexUrl: reader.indexUrl }),
    extraIndexUrls: [
      ...all('--index', '--default-index', '--index-url', '--extra-index-url', ...(tool === 'pipenv' ? ['-i'] : [])),
      ...(reader?.extraIndexUrls ?? []),
    ],
    span: command.span,
  };
}

/** The word that says that a project is installed; undefined when the command does something else. */
function verbOf(tool: Tool, head: string, operands: readonly ShellWord[]): ShellWord | undefined {
  const [first, second] = operands;
  switch (tool) {
    case 'uv':
      return first && /^(?:sync|add|export)$/.test(first.value) ? first : undefined;
    case 'poetry':
    case 'pdm':
      return first && /^(?:install|sync|add|export)$/.test(first.value) ? first : undefined;
    case 'pipenv':
      return first && /^(?:install|sync|requirements)$/.test(first.value) ? first : undefined;
    case 'pixi':
      return first?.value === 'install' ? first : undefined;
    case 'conda':
      if (first?.value === 'env') return second && /^(?:create|update)$/.test(second.value) ? second : undefined;
      return head === 'micromamba' && first && /^(?:create|install|update)$/.test(first.value) ? first : undefined;
  }
}

/** Whether a `pip install` reads what a project's tool writes: through a pipe, or from a file that it names. */
function readsFrom({ command, files }: PipInstall, writer: Command, options: readonly Option[]): boolean {
  const written = [
    ...options.filter(({ name }) => /^(?:-o|--output|--output-file)$/.test(name)).map(({ value }) => value),
    ...writer.redirects.filter(({ operator }) => operator === '>').map(({ target }) => target?.value),
  ].flatMap((path) => path ?? []);
  if (writer.span.start > command.span.start) return false;
  if (written.length) return files.some(({ value }) => written.includes(value));
  return writer.next === '|' && command.joint === '|' && files.some(({ value }) => value === '-' || value === '/dev/stdin');
}
