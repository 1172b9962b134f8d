import { asRead } from '../../dockerfile/move.ts';
import type { Instruction, Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';
import { stageWords } from './looksAt.ts';

/** What an instruction says, its heredocs included. */
export function textOf(instruction: Instruction): string {
  const { body, heredocs } = asRead(instruction);
  return heredocs.length ? [body.text, ...heredocs.map(({ text }) => text)].join('\n') : body.text;
}

/** What a stage and the stages below it do and set, for a quick look whether something is mentioned at all. */
export const stageText = (stage: Stage): string =>
  allInstructions(stage)
    .filter(({ keyword }) => stageWords.includes(keyword))
    .map(textOf)
    .join('\n');
