import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { asRead } from '../../dockerfile/move.ts';
import { pythonInstalls as installsOf, type PythonInstall } from '../../dockerfile/packages/project.ts';
import { installsAt } from '../../dockerfile/packages/resolved.ts';
import { runsShell } from '../../dockerfile/shell/scripts.ts';
import type { Aspect, Needs } from '../../lint/rule.ts';
import { installedRequirements, projectWords } from './installedRequirements.ts';
import { installing, programs } from './looksAt.ts';
import { textOf } from './stageText.ts';
import { uvSettings } from './torchSource.ts';
import { Attached } from '../../text/attached.ts';

/** What a file installs of Python packages, for rules that find nothing unless one of some words is in its name. */
export const pythonInstalls = (...words: readonly string[]): Needs => ({ of: aspect, words: () => words });

/** The same, where the tables have the words. */
export const pythonInstallsOf = (words: Needs['words']): Needs => ({ of: aspect, words });

/** The words of the RUNs that install, and the names and addresses in the files that they read. */
const aspect: Aspect = {
  looksAt: [...installing, 'RUN requirements', 'COPY', 'ADD', 'WORKDIR'],
  read(file, stage, { files, options }) {
    const words = new Set<string>();
    const from: string[] = [];
    for (const instruction of stage.instructions) {
      if (instruction.keyword !== 'RUN') continue;
      const text = textOf(instruction);
      if (!programs.some((name) => text.includes(name))) continue;
      words.add(text);
      if (saysAll(file, instruction)) continue;
      for (const install of installsAt(file, stage, instruction, options.buildArgs)) {
        for (const { value } of install.operands) words.add(value);
        const { installed, paths } = installedRequirements(file, stage, install, files);
        for (const { requirement, path } of installed) if (path !== undefined) words.add(requirement.name).add(requirement.url ?? '');
        from.push(paths.join(), uvSettings(file, stage, install, files) ?? '');
      }
    }
    return { words: [...words].join('\n').toLowerCase().replaceAll('_', '-'), from: from.join('\n') };
  },
};

const whole = new Attached<Instruction, true>();

/** Whether all that a RUN installs stands in its own words, which is so wherever it stands. */
function saysAll(file: Dockerfile, instruction: Instruction): boolean {
  const origin = asRead(instruction);
  if (whole.get(origin)) return true;
  const all = installsOf(file, instruction).every(isWhole);
  if (all && runsShell(file, instruction)) whole.set(origin, true);
  return all;
}

/** Whether an installation reads no file, of its own or of its tool, and its words are what is written: no variable, no quote within. */
const isWhole = (install: PythonInstall): boolean =>
  install.tool === 'pip' &&
  !install.files.length &&
  !projectWords(install).length &&
  install.operands.every(({ text, value, dynamic }) => !dynamic && text.includes(value)) &&
  !install.options.some(({ name }) => name === '-c' || name === '--constraint');
