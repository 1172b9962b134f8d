import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import { systemInstalls, systemPackages } from '../../dockerfile/packages/system.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { literal } from '../../text/literal.ts';
import { textOf } from './stageText.ts';

/** Whether a stage has one of some Debian packages, or may have it: what cannot be read counts as yes. */
export function systemBrings(file: Dockerfile, stage: Stage, asked: readonly string[]): boolean {
  const installed = systemPackages(file, stage);
  const packages = asked.filter((name) => !isPurged(stage, name));
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

/** Whether a package is taken out again, and all that came along with it: `apt-get purge --auto-remove gcc`. */
const isPurged = (stage: Stage, name: string): boolean =>
  allInstructions(stage).some((instruction) => {
    const text = instruction.keyword === 'RUN' ? textOf(instruction) : '';
    return (
      /\bauto-?remove\b/.test(text) && new RegExp(`\\b(?:purge|(?:auto-?)?remove)\\s(?:[^&|;]*\\s)?${literal(name)}(?![\\w+.-])`).test(text)
    );
  });
