import type { Command, ShellWord } from '../shell/model.ts';
import { programOf } from '../shell/scripts.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions } from './options.ts';
import { perRun } from './perRun.ts';

/** `conda install pytorch=2.5 torchvision -c pytorch` in a RUN; mamba and micromamba too, and `pixi add`. */
export interface CondaInstall {
  readonly command: Command;
  /** What conda is asked for, in its own way of writing versions. */
  readonly specs: readonly ShellWord[];
}

const valued = new Set(
  '-n --name -p --prefix -c --channel --solver --platform --subdir -f --file -r --root-prefix --repodata-fn --clone'.split(' '),
);

const pixiValued = new Set('-c --channel -p --platform -f --feature --manifest-path'.split(' '));

/** The packages that RUN has conda install by name. */
export const condaInstalls = perRun((file, instruction) =>
  allCommandsOf(file, instruction).flatMap((command): CondaInstall[] => {
    const [program, ...rest] = programOf(command);
    const name = (program?.value ?? '').replace(/^.*\//, '');
    if (name === 'pixi') {
      const { options, operands } = readOptions(rest, pixiValued);
      const [verb, ...specs] = operands;
      const fromPypi = options.some((option) => /^--(?:pypi|git|path)$/.test(option.name));
      return verb?.value === 'add' && !fromPypi && specs.length ? [{ command, specs }] : [];
    }
    if (!/^(?:conda|mamba|micromamba)$/.test(name)) return [];
    const [verb, ...specs] = readOptions(rest, valued).operands;
    return verb && /^(?:install|create|update)$/.test(verb.value) && specs.length ? [{ command, specs }] : [];
  }),
);
