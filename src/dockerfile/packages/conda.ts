import type { ShellWord } from '../shell/model.ts';
import { programOf } from '../shell/scripts.ts';
import { allCommandsOf } from './nested.ts';
import { readOptions } from './options.ts';
import { perRun } from './perRun.ts';
import { baseName } from '../../text/paths.ts';

const valued = new Set(
  '-n --name -p --prefix -c --channel --solver --platform --subdir -f --file -r --root-prefix --repodata-fn --clone'.split(' '),
);

const pixiValued = new Set('-c --channel -p --platform -f --feature --manifest-path'.split(' '));

/**
 * What each call in RUN asks conda for, in its own way of writing versions: `conda install pytorch=2.5 torchvision -c pytorch`; mamba and
 * micromamba too, and `pixi add`.
 */
export const condaInstalls = perRun((file, instruction) =>
  allCommandsOf(file, instruction).flatMap((command): (readonly ShellWord[])[] => {
    const [program, ...rest] = programOf(command);
    const name = baseName(program?.value ?? '');
    if (name === 'pixi') {
      const { options, operands } = readOptions(rest, pixiValued);
      const [verb, ...specs] = operands;
      const fromPypi = options.some((option) => /^--(?:pypi|git|path)$/.test(option.name));
      return verb?.value === 'add' && !fromPypi && specs.length ? [specs] : [];
    }
    if (!/^(?:conda|mamba|micromamba)$/.test(name)) return [];
    const [verb, ...specs] = readOptions(rest, valued).operands;
    return verb && /^(?:install|create|update)$/.test(verb.value) && specs.length ? [specs] : [];
  }),
);
