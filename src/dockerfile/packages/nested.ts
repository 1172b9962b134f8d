import type { Instruction } from '../model.ts';
import { perInstruction } from '../perInstruction.ts';
import type { Command, ShellWord } from '../shell/model.ts';
import { parseShell } from '../shell/parse.ts';
import { commandsOf } from '../shell/scripts.ts';
import { withoutRunner } from './runner.ts';
import { firstWhere } from '../../text/search.ts';

/**
 * All commands of an instruction, those of `bash -lc "…"` too, behind the shell that runs them and as deep as in brackets. Every one stands
 * in the file as it is read: what is written with escapes is left out.
 */
export const allCommandsOf = perInstruction((file, instruction): readonly Command[] => {
  const own = commandsOf(file, instruction);
  return own.some(isShell) ? own.flatMap((command) => [command, ...inside(command, instruction, 3)]) : own;
});

const shell = /^(?:.*\/)?(?:ba|da|a|z|k|)sh$/;
const isShell = ({ words }: Command): boolean => words.some(({ value }) => shell.test(value));

function inside(command: Command, instruction: Instruction, levels: number): readonly Command[] {
  const word = levels > 0 && isShell(command) ? scriptWord(withoutRunner(command)) : undefined;
  if (!word?.quoted) return [];
  const { value, at, escaped } = unquoted(word.text);
  const place = value === word.value ? placeOf(word, instruction) : undefined;
  if (!place) return [];
  const offsetAt = (index: number): number => place(at[index] ?? word.text.length - 1);
  // The outer shell runs what is substituted between double quotes, and its reader has been there.
  const own = parseShell(value, offsetAt).commands.filter(({ substituted }) => !substituted || word.text.startsWith("'"));
  const breaks = escaped.map(place);
  return own
    .filter(({ span }) => !breaks.some((offset) => offset >= span.start && offset < span.end))
    .map((each, order): Command => ({
      ...each,
      joint: order === 0 ? command.joint : each.joint,
      assignments: each.words.length ? [...command.assignments, ...each.assignments] : each.assignments,
      depth: command.depth + 1 + each.depth,
      under: [...command.under, '(', ...each.under],
      substituted: command.substituted || each.substituted,
    }))
    .flatMap((each) => [each, ...inside(each, instruction, levels - 1)]);
}

/** The word that holds the script in `bash -o pipefail -lc "…"`. */
function scriptWord([program, ...rest]: readonly ShellWord[]): ShellWord | undefined {
  if (!shell.test(program?.value ?? '')) return undefined;
  let reads = false;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at];
    const value = word?.value ?? '';
    if (!/^[-+]./.test(value)) return reads ? word : undefined;
    if (/^-[a-z]*c[a-z]*$/i.test(value)) reads = true;
    if (/^[-+][a-z]*o$/i.test(value) || value === '--rcfile' || value === '--init-file') at++;
  }
  return undefined;
}

/** Takes the quotes off a word: for each character of the value its index in the text, and the indices of those that are escaped. */
function unquoted(text: string): { readonly value: string; readonly at: readonly number[]; readonly escaped: readonly number[] } {
  const at: number[] = [];
  const escaped: number[] = [];
  let value = '';
  let quote = '';
  for (let index = 0; index < text.length; index++) {
    const ch = text[index] ?? '';
    const next = text[index + 1] ?? '';
    if (ch === quote) quote = '';
    else if (!quote && (ch === "'" || ch === '"')) quote = ch;
    else if (ch === '\\' && quote !== "'" && (!quote || '$`"\\\n'.includes(next))) {
      index++;
      if (next === '\n') continue;
      escaped.push(index);
      at.push(index);
      value += next;
    } else {
      at.push(index);
      value += ch;
    }
  }
  return { value, at, escaped };
}

/** From an index in a word's text to the file; undefined when that cannot be told. */
function placeOf({ text, span }: ShellWord, { body }: Instruction): ((index: number) => number) | undefined {
  if (span.end - span.start === text.length) return (index) => span.start + index;
  // A continuation of the Dockerfile stands in the word: its text has none.
  const start = firstWhere(body.text.length, (index) => body.offsetAt(index) >= span.start);
  return body.text.startsWith(text, start) ? (index) => body.offsetAt(start + index) : undefined;
}
