import { expand, type Lookup } from '../expand.ts';
import type { Dockerfile, Instruction, Stage } from '../model.ts';
import { Cache, variablesAt } from '../scope.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import { allCommandsOf } from './nested.ts';
import { pythonInstalls, type PythonInstall } from './project.ts';
import { assignment } from '../shell/assignment.ts';

type BuildArgs = Readonly<Record<string, string>>;

const cache = new Cache<Stage, Map<Instruction, readonly PythonInstall[]>>();

/**
 * What an instruction of a stage installs, as a build runs it: `torch==${TORCH_VERSION}` with the value that ARG, ENV or the script itself
 * gives. Words whose value is known only at run time stay dynamic.
 */
export function installsAt(file: Dockerfile, stage: Stage, instruction: Instruction, buildArgs: BuildArgs): readonly PythonInstall[] {
  const known = cache.get(stage, buildArgs, () => new Map<Instruction, readonly PythonInstall[]>());
  let installs = known.get(instruction);
  if (!installs) known.set(instruction, (installs = read(file, stage, instruction, buildArgs)));
  return installs;
}

function read(file: Dockerfile, stage: Stage, instruction: Instruction, buildArgs: BuildArgs): readonly PythonInstall[] {
  const installs = pythonInstalls(file, instruction);
  if (!installs.some(({ operands, options, files }) => [...operands, ...files].some(isOpen) || options.some(({ value }) => open(value))))
    return installs;
  const variables = variablesAt(file, stage, instruction, buildArgs);
  return installs.map((install) => {
    const own = assigned(allCommandsOf(file, instruction), install.command);
    return resolve(install, (name) => (own.has(name) ? own.get(name) : variables.get(name)?.value));
  });
}

const open = (value: string | undefined): boolean => value?.includes('$') ?? false;
const isOpen = ({ dynamic }: ShellWord): boolean => dynamic;

/** What plain assignments of a script say before a command; undefined where it is not known or not one value. */
function assigned(commands: readonly Command[], until: Command): ReadonlyMap<string, string | undefined> {
  const values = new Map<string, string | undefined>();
  for (const command of commands) {
    if (command === until) break;
    const words =
      command.name === 'export' || command.name === 'readonly' ? command.words.slice(1) : command.words.length ? [] : command.assignments;
    for (const { value, dynamic } of words) {
      const [name, text] = assignment(value) ?? [];
      if (name !== undefined) values.set(name, dynamic || command.depth > 0 || values.has(name) ? undefined : text);
    }
  }
  return values;
}

function resolve(install: PythonInstall, lookup: Lookup): PythonInstall {
  const text = (value: string): string | undefined => {
    // Single quotes keep a `$` as it is; what else starts with one is for the shell alone.
    const result = expand(value, lookup, { rawQuotes: true, rawEscapes: true, keepUnset: true });
    return result.ok && !/[$`]/.test(result.text) && !result.unset.size ? result.text : undefined;
  };
  const word = <W extends ShellWord>(each: W): W => {
    const value = each.dynamic ? text(each.value) : undefined;
    return value === undefined ? each : { ...each, value, dynamic: false };
  };
  const written = (value: string): string => (open(value) ? (text(value) ?? value) : value);
  return {
    ...install,
    // A variable of several words is several operands: `pip install $PACKAGES`.
    operands: install.operands.flatMap((each) => {
      const { value, quoted, dynamic, ...rest } = word(each);
      const parts = each.dynamic && !dynamic && !quoted ? value.split(/\s+/).filter(Boolean) : [value];
      return parts.map((part) => ({ ...rest, value: part, quoted, dynamic }));
    }),
    files: install.files.map(word),
    options: install.options.map((option) => (option.value === undefined ? option : { ...option, value: written(option.value) })),
    ...(install.indexUrl === undefined ? {} : { indexUrl: written(install.indexUrl) }),
    extraIndexUrls: install.extraIndexUrls.map(written),
  };
}
