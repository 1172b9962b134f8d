import type { ShellWord } from '../../dockerfile/shell/model.ts';
import type { Requirement } from '../../python/model.ts';
import { bareWheel, parseRequirement } from '../../python/requirements.ts';
import { remembered } from '../../text/remembered.ts';

/** Whether a word's value stands in the file as it is, quotes around it apart: no variable, no escape. */
export const isWritten = ({ text, value, quoted }: ShellWord): boolean => (quoted ? text.slice(1, -1) : text) === value;

/** The requirement that a word of a `pip install` is. Where it is not written as it is, its version has no place of its own. */
export const wordRequirement = remembered((word: ShellWord): Requirement | undefined => {
  if (word.dynamic) return undefined;
  const wheel = bareWheel(word.value, word.span);
  if (wheel) return wheel;
  if (/^[./]/.test(word.value) || /^\w+:\/\//.test(word.value)) return undefined;
  const start = word.span.start + (word.quoted ? 1 : 0);
  const requirement = parseRequirement(word.value, (index) => start + index);
  if (!requirement || isWritten(word)) return requirement;
  const { specifierSpan: _, ...rest } = requirement;
  const named = word.text.slice(word.quoted ? 1 : 0).startsWith(word.value.slice(0, rest.nameSpan.end - start));
  return { ...rest, nameSpan: named ? rest.nameSpan : word.span, span: word.span };
});
