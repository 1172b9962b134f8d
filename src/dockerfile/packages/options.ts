import type { ShellWord } from '../shell/model.ts';

/** One option of a command, with its value when it takes one. */
export interface Option {
  /** As written, without the value: `-r`, `--index-url`. */
  readonly name: string;
  readonly value?: string;
  readonly word: ShellWord;
  /** The word of the value; the option's own word in `--name=value`. */
  readonly valueWord?: ShellWord;
}

/** Splits a command's words into options and operands. `takesValue` names the options followed by a value. */
export function readOptions(
  words: readonly ShellWord[],
  takesValue: ReadonlySet<string>,
): { readonly options: readonly Option[]; readonly operands: readonly ShellWord[] } {
  const options: Option[] = [];
  const operands: ShellWord[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at];
    if (!word) break;
    const { value } = word;
    if (value === '--') {
      operands.push(...words.slice(at + 1));
      break;
    }
    if (!value.startsWith('-') || value === '-') {
      operands.push(word);
      continue;
    }
    const equals = value.startsWith('--') ? value.indexOf('=') : -1;
    if (equals > 0) options.push({ name: value.slice(0, equals), value: value.slice(equals + 1), word, valueWord: word });
    else if (takesValue.has(value)) {
      const next = words[++at];
      options.push({ name: value, ...(next ? { value: next.value, valueWord: next } : {}), word });
    } else if (!value.startsWith('--') && value.length > 2 && takesValue.has(value.slice(0, 2)))
      options.push({ name: value.slice(0, 2), value: value.slice(2), word, valueWord: word });
    else options.push({ name: value, word });
  }
  return { options, operands };
}
