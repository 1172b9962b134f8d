import { allCommandsOf } from '../../../dockerfile/packages/nested.ts';
import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import type { Card } from '../../model.ts';
import { known, optionsIn, toolCall } from './call.ts';

/** What an option of a program does, and why that matters in an image; of a verb, what it asks for. */
export function toolCard(file: Dockerfile, instruction: Instruction, offset: number): Card | undefined {
  const command = allCommandsOf(file, instruction).findLast(({ span }) => span.start <= offset && offset <= span.end);
  const word = command?.words.find(({ span }) => span.start <= offset && offset <= span.end);
  if (!command || !word) return undefined;
  const before = command.words.filter(({ span }) => span.end <= word.span.start);
  const call = toolCall(before);
  if (!call || call.open) return undefined;
  const { tool, verb, operands, ended } = call;
  if (word.value.startsWith('-')) {
    const end = word.value.startsWith('--') && !word.quoted ? word.text.indexOf('=') : -1;
    const span = end < 0 ? word.span : { start: word.span.start, end: word.span.start + end };
    if (ended || offset > span.end) return undefined;
    const about = optionsIn(word.value, known(tool, verb)).map(
      ({ names, value, summary }) => `**${names.join('**, **')}**${value === undefined ? '' : ` ${value}`}\n\n${summary}`,
    );
    return about.length ? { span, markdown: about.join('\n\n') } : undefined;
  }
  if (verb) return undefined;
  const asked = tool.verbs.find(({ name }) => name === [...operands, word.value].join(' '));
  return asked && { span: word.span, markdown: `**${tool.names[0] ?? ''} ${asked.name}**\n\n${asked.summary}` };
}
