import type { Command, ShellWord } from '../shell/model.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions, type Option } from './options.ts';
import { perRun } from './perRun.ts';
import { withoutRunner } from './runner.ts';
import { baseName } from '../../text/paths.ts';

/** `pipx install …` or `uv tool install …` in a RUN: programs written in Python, each in an environment of its own. */
export interface ToolInstall {
  readonly tool: 'pipx' | 'uv';
  readonly command: Command;
  readonly options: readonly Option[];
  /** Requirement specifiers, paths and URLs of what is installed. */
  readonly operands: readonly ShellWord[];
}

const valued = new Set(
  '--python -p --suffix --index-url -i --default-index --index --pip-args --preinstall --backend --with --with-requirements --with-executables-from --constraints -c --overrides --spec --cache-dir --project --directory --link-mode --exclude-newer --resolution --prerelease --python-preference'.split(
    ' ',
  ),
);

/** The tools that a RUN installs. */
export const toolInstalls = perRun((file, instruction) =>
  allCommandsOf(file, instruction).flatMap((command): readonly ToolInstall[] => {
    const [program, ...rest] = withoutRunner(command);
    const name = baseName(program?.value ?? '');
    const asModule = /^python[\d.]*$/.test(name) && rest[0]?.value === '-m' && rest[1]?.value === 'pipx';
    const tool = name === 'pipx' || asModule ? 'pipx' : name === 'uv' ? 'uv' : undefined;
    if (!tool) return [];
    const { options, operands } = readOptions(asModule ? rest.slice(2) : rest, valued);
    const named = behindVerb(tool, operands);
    return named ? [{ tool, command, options, operands: named }] : [];
  }),
);

function behindVerb(tool: ToolInstall['tool'], operands: readonly ShellWord[]): readonly ShellWord[] | undefined {
  const [first, second] = operands.map(({ value }) => value);
  if (tool === 'uv') return first === 'tool' && second === 'install' ? operands.slice(2) : undefined;
  // What `pipx inject` names first is the program that the packages go beside.
  if (first === 'inject') return operands.slice(2);
  return first === 'install' ? operands.slice(1) : undefined;
}
