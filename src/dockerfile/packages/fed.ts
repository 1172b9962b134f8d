import type { Command, ShellWord } from '../shell/model.ts';
import { programOf } from '../shell/scripts.ts';
import { readOptions } from './options.ts';
import { withoutRunner } from './runner.ts';

/** A command with what others hand to it: `cat requirements.txt | xargs pip install`. */
export interface Fed {
  /** The words from the program on, `xargs` taken off. */
  readonly words: readonly ShellWord[];
  /** Files whose lines are arguments of the command. */
  readonly lines: readonly ShellWord[];
}

const valued = new Set(
  '-n --max-args -L --max-lines -P --max-procs -I --replace -a --arg-file -d --delimiter -s --max-chars -E'.split(' '),
);

/** What runs in the end, with the files that `xargs` reads its arguments from; undefined when they come from elsewhere. */
export function fed(command: Command, before: Command | undefined): Fed | undefined {
  const words = withoutRunner(command);
  const [program, ...rest] = words;
  if (!/^(?:.*\/)?xargs$/.test(program?.value ?? '')) return { words, lines: [] };
  const at = ownWords(rest);
  const { options } = readOptions(rest.slice(0, at), valued);
  const inner = programOf({ words: rest.slice(at) });
  const named = options.flatMap(({ name, value, valueWord }) =>
    (name === '-a' || name === '--arg-file') && valueWord && value !== undefined ? [{ ...valueWord, value }] : [],
  );
  const lines = named.length ? named : inputOf(command, before);
  const mark = options.find(({ name }) => name === '-I')?.value;
  return lines.length ? { words: inner.filter(({ value }) => value !== mark), lines } : undefined;
}

/** How many words before the command are options of `xargs`. */
function ownWords(words: readonly ShellWord[]): number {
  let at = 0;
  while (words[at]?.value.startsWith('-')) at += valued.has(words[at]?.value ?? '') ? 2 : 1;
  return at;
}

/** The files that a command reads at its standard input, as they are: `< requirements.txt`, `cat requirements.txt |`. */
export function inputOf({ redirects, joint }: Command, before: Command | undefined): readonly ShellWord[] {
  const [input, ...more] = redirects.flatMap(({ operator, target }) => (/^0?<$/.test(operator) && target ? [target] : []));
  if (input) return more.length ? [] : [input];
  if (joint !== '|' || !before) return [];
  const [program, ...rest] = before.words;
  const { options, operands } = readOptions(rest, new Set());
  if (program?.value === 'cat' && !options.length) return operands;
  // Comments are no arguments anyway.
  const [pattern, ...files] = operands;
  const onlyComments = /^\^(?:\\s\*|\[\[:space:\]\]\*| \*)?#$/.test(pattern?.value ?? '');
  return program?.value === 'grep' && onlyComments && options.every(({ name }) => /^-[vE]+$/.test(name)) && options.length ? files : [];
}

/** The file that `$(cat requirements.txt)` puts in the place of a word. */
export function substitutedFile({ text, span, quoted }: ShellWord, commands: readonly Command[]): ShellWord | undefined {
  if (quoted || !/^(?:\$\(|`)\s*(?:cat\s|<)[^|;&$`]*[)`]$/.test(text)) return undefined;
  const inner = commands.filter((each) => each.substituted && each.span.start >= span.start && each.span.end <= span.end);
  const [only] = inner;
  if (!only || inner.length > 1) return undefined;
  const files = only.name === 'cat' ? only.words.slice(1) : only.words.length ? [] : inputOf(only, undefined);
  return files.length === 1 && !files[0]?.value.startsWith('-') ? files[0] : undefined;
}
