import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { pipInstalls, type PipInstall } from '../../dockerfile/packages/pip.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';

/** Where a stage first upgrades pip to the newest (`pip install -U pip`): the installation, and its word for pip. */
export function upgradedPip(file: Dockerfile, stage: Stage): { readonly install: PipInstall; readonly word: ShellWord } | undefined {
  for (const instruction of allInstructions(stage))
    for (const install of pipInstalls(file, instruction)) {
      if (install.tool !== 'pip' || !install.options.some(({ name }) => name === '-U' || name === '--upgrade')) continue;
      const word = install.operands.find(({ text }) => text === 'pip');
      if (word) return { install, word };
    }
  return undefined;
}
