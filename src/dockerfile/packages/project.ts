import type { Dockerfile, Instruction } from '../model.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import { commandsOf, programOf } from '../shell/scripts.ts';
import { readOptions } from './options.ts';
import { pipFetches, pipInstalls, type PipInstall } from './pip.ts';

/** Another command that installs what a project file names: `uv sync`, `poetry install`, `conda env create`. */
export interface ProjectInstall extends Omit<PipInstall, 'tool' | 'project'> {
  readonly tool: 'uv' | 'poetry' | 'pdm' | 'conda';
  /** What of the project file it installs besides the project itself. */
  readonly project: {
    readonly extras: ReadonlySet<string> | 'all';
    readonly groups: ReadonlySet<string> | 'all';
  };
}

/** A command that installs Python packages. */
export type PythonInstall = PipInstall | ProjectInstall;

const cache = new WeakMap<Instruction, readonly PythonInstall[]>();

/** Everything of an instruction that installs Python packages: `pip install`, and what reads a project file (`uv sync`, `poetry install`, `conda env create`). */
export function pythonInstalls(file: Dockerfile, instruction: Instruction): readonly PythonInstall[] {
  if (instruction.keyword !== 'RUN') return [];
  let installs = cache.get(instruction);
  if (!installs) {
    const others = [
      ...pipFetches(file, instruction),
      ...commandsOf(file, instruction).flatMap((command) => projectInstall(command, instruction) ?? []),
    ];
    installs = others.length
      ? [...pipInstalls(file, instruction), ...others].sort((a, b) => a.span.start - b.span.start)
      : pipInstalls(file, instruction);
    cache.set(instruction, installs);
  }
  return installs;
}

const valued: Readonly<Record<Tool, ReadonlySet<string>>> = {
  uv: new Set(
    '--extra --no-extra --group --no-group --only-group --package --python -p --project --directory --index --default-index --index-url -i --extra-index-url --find-links -f --no-install-package --link-mode --config-file --cache-dir --resolution --prerelease --exclude-newer --index-strategy --keyring-provider --torch-backend --reinstall-package --upgrade-package -P --no-binary-package --no-build-package --no-build-isolation-package --color'.split(
      ' ',
    ),
  ),
  poetry: new Set('--with --without --only -E --extras -C --directory -P --project'.split(' ')),
  pdm: new Set('-G --group --with --without --no-group -L --lockfile -p --project'.split(' ')),
  conda: new Set('-f --file -n --name -p --prefix -c --channel --solver --platform --subdir -r --root-prefix'.split(' ')),
};
type Tool = ProjectInstall['tool'];

function projectInstall(command: Command, instruction: Instruction): ProjectInstall | undefined {
  const [program, ...rest] = programOf(command);
  const head = (program?.value ?? '').replace(/^.*\//, '');
  const tool: Tool | undefined = /^(?:uv|poetry|pdm)$/.test(head)
    ? (head as Tool)
    : /^(?:conda|mamba|micromamba)$/.test(head)
      ? 'conda'
      : undefined;
  if (!tool || !program) return undefined;
  const { options, operands } = readOptions(rest, valued[tool]);
  const verb = verbOf(tool, head, operands);
  if (!verb) return undefined;
  const all = (...names: readonly string[]): readonly string[] =>
    options.flatMap(({ name, value }) => (names.includes(name) ? (value ?? '').split(/[\s,]+/).filter(Boolean) : []));
  const has = (name: string): boolean => options.some((option) => option.name === name);
  let files: readonly ShellWord[];
  if (tool === 'conda') {
    files = options.flatMap(({ name, value, valueWord }) =>
      (name === '-f' || name === '--file') && valueWord && value !== undefined && /\.ya?ml$/.test(value) ? [{ ...valueWord, value }] : [],
    );
    if (!files.length && operands[0]?.value === 'env') files = [{ ...verb, value: 'environment.yml' }];
    if (!files.length) return undefined;
  } else {
    // What another folder or one package of a workspace needs is not what the project file here says.
    if (has('--package') || has('--project') || has('--directory') || has('-C') || has('--only-group') || has('--only')) return undefined;
    const span = { start: program.span.start, end: verb.span.end };
    files = [{ ...verb, text: `${program.text} ${verb.text}`, value: 'pyproject.toml', span }];
  }
  return {
    tool,
    command,
    instruction,
    verb,
    options,
    operands: [],
    files,
    project: {
      extras: has('--all-extras') ? 'all' : new Set(all('--extra', '-E', '--extras', ...(tool === 'pdm' ? ['-G'] : []))),
      groups: has('--all-groups') ? 'all' : new Set(all('--group', '--with', ...(tool === 'pdm' ? ['-G'] : []))),
    },
    extraIndexUrls: all('--index', '--extra-index-url'),
    span: command.span,
  };
}

/** The word that says that a project is installed; undefined when the command does something else. */
function verbOf(tool: Tool, head: string, operands: readonly ShellWord[]): ShellWord | undefined {
  const [first, second] = operands;
  switch (tool) {
    case 'uv':
      return first?.value === 'sync' ? first : undefined;
    case 'poetry':
      return first?.value === 'install' || first?.value === 'sync' ? first : undefined;
    case 'pdm':
      return first?.value === 'install' || first?.value === 'sync' ? first : undefined;
    case 'conda':
      if (first?.value === 'env') return second && /^(?:create|update)$/.test(second.value) ? second : undefined;
      return head === 'micromamba' && first && /^(?:create|install|update)$/.test(first.value) ? first : undefined;
  }
}
