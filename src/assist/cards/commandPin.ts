import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import type { World } from '../../lint/rule.ts';
import { commandPins } from '../../rules/shared/pins.ts';
import type { Card } from '../model.ts';
import { pinCard } from './pinCard.ts';

/** What is known about the requirement of a `pip install` in a RUN at a place. */
export function commandPinCard(
  file: Dockerfile,
  instruction: Instruction,
  offset: number,
  { knowledge, options }: World,
): Card | undefined {
  const pin = commandPins(file, instruction, options)
    .flatMap(({ pins }) => pins)
    .find(({ span }) => span.start <= offset && offset <= span.end);
  const markdown = pin && pinCard(pin.requirement, knowledge);
  return pin && markdown !== undefined ? { span: pin.span, markdown } : undefined;
}
