import type { Instruction, Stage } from '../../dockerfile/model.ts';
import { allInstructions } from '../../dockerfile/scope.ts';

/** What an instruction says, its heredocs included. */
export const textOf = ({ body, heredocs }: Instruction): string =>
  heredocs.length ? [body.text, ...heredocs.map(({ text }) => text)].join('\n') : body.text;

/** What a stage and the stages below it say, for a quick look whether something is mentioned at all. */
export const stageText = (stage: Stage): string => allInstructions(stage).map(textOf).join('\n');
