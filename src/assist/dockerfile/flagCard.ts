import type { Dockerfile, Flag, Instruction, Stage } from '../../dockerfile/model.ts';
import { mountsOf } from '../../dockerfile/mounts.ts';
import { rootImage } from '../../dockerfile/scope.ts';
import type { World } from '../../lint/rule.ts';
import type { Span } from '../../text/text.ts';
import { builtAs } from './built.ts';
import { imageCard, otherImageCard } from '../cards/imageCard.ts';
import type { Card } from '../model.ts';
import { stageOf } from './flags.ts';
import { mountAbout, mountAliases, mountTypes, valueAbout } from './values/flags.ts';

/** What the value of a flag means: a stage or an image, a field of a mount, a word with a meaning of its own. */
export function flagValueCard(file: Dockerfile, instruction: Instruction, flag: Flag, offset: number, world: World): Card | undefined {
  const { name, value } = flag;
  if (!value) return undefined;
  if (name === 'from') return sourceCard(file, instruction, value.value, value.span, world);
  if (name === 'mount') return mountCard(file, instruction, offset, world);
  const about = valueAbout[name]?.[value.value];
  return about === undefined ? undefined : { span: value.span, markdown: `**${value.value}**\n\n${about}` };
}

function mountCard(file: Dockerfile, instruction: Instruction, offset: number, world: World): Card | undefined {
  const field = mountsOf(instruction)
    .flatMap(({ fields }) => fields)
    .find(({ span }) => span.start <= offset && offset <= span.end);
  if (!field) return undefined;
  const { name, value, given, span } = field;
  const onValue = given && offset > span.end - value.length - 1;
  const valueSpan = { start: span.end - value.length, end: span.end };
  if (onValue && name === 'from') return sourceCard(file, instruction, value, valueSpan, world);
  const about = onValue && name === 'type' ? mountTypes[value.toLowerCase()] : mountAbout[mountAliases[name] ?? name];
  if (about === undefined) return undefined;
  return onValue && name === 'type'
    ? { span: valueSpan, markdown: `**type=${value}**\n\n${about}` }
    : { span, markdown: `**${name}**\n\n${about}` };
}

function sourceCard(file: Dockerfile, instruction: Instruction, name: string, span: Span, world: World): Card | undefined {
  const stage = stageOf(file, instruction, name);
  if (stage) return { span, markdown: aboutStage(file, stage, world) };
  const card = name.includes('$') ? undefined : (imageCard(name, world) ?? otherImageCard(name, world.live));
  return card === undefined ? undefined : { span, markdown: card };
}

/** A stage by its number, name and FROM, with the image that it stands on in the end, and what was built of it. */
export function aboutStage(file: Dockerfile, stage: Stage, world: World): string {
  const { index, name, image } = stage;
  const root = rootImage(file, stage, world.options.buildArgs);
  const on = root !== undefined && root !== image?.text ? `, on \`${root}\`` : '';
  return `Stage ${index}${name ? ` (${name.value})` : ''}: \`FROM ${image?.text ?? ''}\`${on}${builtAs(file, stage, world)}`;
}
