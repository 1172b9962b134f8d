import type { Span } from '../../text/text.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import type { Dockerfile, Instruction } from '../model.ts';
import { fed, inputOf, substitutedFile } from './fed.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions, type Option } from './options.ts';
import { perRun } from './perRun.ts';
import { baseName } from '../../text/paths.ts';

/** `pip install …` (also `python -m pip`, `uv pip`, `conda run … pip`) in a RUN. */
export interface PipInstall {
  readonly tool: 'pip' | 'uv';
  /** Other commands say here what of a project they install. */
  readonly project?: undefined;
  readonly command: Command;
  readonly instruction: Instruction;
  /** The word `install`; of what only fetches, `wheel`, `download` or `sync`. */
  readonly verb: ShellWord;
  readonly options: readonly Option[];
  /** Requirement specifiers, paths and URLs on the command line. */
  readonly operands: readonly ShellWord[];
  /** What `-r` names. */
  readonly files: readonly ShellWord[];
  readonly indexUrl?: string;
  readonly extraIndexUrls: readonly string[];
  readonly span: Span;
}

const valued = new Set(
  '-r --requirement -c --constraint --build-constraint -i --index-url --extra-index-url -f --find-links -t --target -w --wheel-dir -d --dest -e --editable --prefix --root-user-action --build -b --build-directory --root --src --platform --python --python-version --implementation --abi --no-binary --only-binary --progress-bar --trusted-host --proxy --retries --timeout --cert --client-cert --cache-dir --log --config-settings -C --global-option --upgrade-strategy --report --exists-action --use-feature --use-deprecated --extra --torch-backend --index --default-index --index-strategy --keyring-provider --resolution --prerelease --link-mode --exclude-newer -p --overrides --override --excludes --resume-retries --default-timeout --group --python-platform --upgrade-package -P --refresh-package --reinstall-package --no-build-isolation-package --no-build-package --no-binary-package --only-binary-package --allow-insecure-host --config-file --config-setting --requirements --constraints --build-constraints --project --directory --fork-strategy --log-file'.split(
    ' ',
  ),
);

/** The pip installs of a RUN. */
export const pipInstalls = perRun((file, instruction) => pipCommands(file, instruction, isInstall));

/** What resolves and takes the same packages and yet is no `pip install`: `pip wheel`, `pip download`, `uv pip sync`. */
export const pipFetches = perRun((file, instruction) => pipCommands(file, instruction, isFetch));

const isInstall = (_: PipInstall['tool'], verb: string): boolean => verb === 'install';
const isFetch = (tool: PipInstall['tool'], verb: string): boolean =>
  tool === 'uv' ? verb === 'sync' : verb === 'wheel' || verb === 'download';

type Wanted = (tool: PipInstall['tool'], verb: string) => boolean;

function pipCommands(file: Dockerfile, instruction: Instruction, wanted: Wanted): readonly PipInstall[] {
  const commands = allCommandsOf(file, instruction);
  return commands.flatMap((command, at) => pipCommand(command, commands[at - 1], commands, instruction, wanted) ?? []);
}

function pipCommand(
  command: Command,
  before: Command | undefined,
  commands: readonly Command[],
  instruction: Instruction,
  wanted: Wanted,
): PipInstall | undefined {
  const { words, lines } = fed(command, before) ?? { words: [], lines: [] };
  const head = baseName(words[0]?.value ?? '');
  let rest: readonly ShellWord[];
  let tool: PipInstall['tool'] = 'pip';
  if (/^pip(?:\d+(?:\.\d+)?)?$/.test(head)) rest = words.slice(1);
  else if (
    /^(?:python|pypy)(?:\d+(?:\.\d+)?)?$/.test(head) &&
    words.some((word, at) => word.value === '-m' && words[at + 1]?.value === 'pip')
  )
    rest = words.slice(words.findIndex(({ value }) => value === 'pip') + 1);
  else if (head === 'uv') {
    const pip = words.findIndex(({ value }) => value === 'pip');
    if (pip < 0) return undefined;
    rest = words.slice(pip + 1);
    tool = 'uv';
  } else return undefined;
  const { options, operands } = readOptions(rest, valued);
  const [verb, ...packages] = operands;
  if (!verb || !wanted(tool, verb.value)) return undefined;
  const values = (...names: readonly string[]): readonly Option[] =>
    options.filter(({ name, value }) => names.includes(name) && value !== undefined);
  const packed = verb.value === 'sync' ? [] : packages.map((word) => ({ word, file: substitutedFile(word, commands) }));
  const index = values('-i', '--index-url', '--default-index').at(-1)?.value;
  return {
    tool,
    command,
    instruction,
    verb,
    options,
    operands: packed.flatMap((each) => (each.file ? [] : [each.word])),
    files: [
      ...values('-r', '--requirement', '--requirements').flatMap(({ valueWord, value = '' }) => {
        if (!valueWord) return [];
        const piped = /^(?:-|\/dev\/stdin)$/.test(value) ? inputOf(command, before) : [];
        return piped.length ? piped : [{ ...valueWord, value }];
      }),
      ...packed.flatMap((each) => each.file ?? []),
      ...lines,
      ...(verb.value === 'sync' ? packages : []),
    ],
    ...(index === undefined ? {} : { indexUrl: index }),
    extraIndexUrls: values('--extra-index-url', '--index').map(({ value = '' }) => value),
    span: command.span,
  };
}
