import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { systemInstalls, systemPackages } from '../../dockerfile/packages/system.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { textOf } from './stageText.ts';

/** Whether a stage has one of some Debian packages, or may have it: what cannot be read counts as yes. */
export function systemBrings(file: Dockerfile, stage: Stage, packages: readonly string[]): boolean {
  const installed = systemPackages(file, stage);
  if (packages.some((name) => installed.has(name) || installed.has(`${name}t64`))) return true;
  return allInstructions(stage).some((instruction) => {
    if (instruction.keyword !== 'RUN') return false;
    const text = textOf(instruction);
    return (
      systemInstalls(file, instruction).some((install) => install.packages.some(({ dynamic }) => dynamic)) ||
      /\bxargs\b|\.sh\b|\b(?:conda|mamba|micromamba|nix|brew|pixi|aptitude|dpkg)\b|playwright install|\bR -e\b/.test(text) ||
      packages.some((name) => text.includes(name))
    );
  });
}
