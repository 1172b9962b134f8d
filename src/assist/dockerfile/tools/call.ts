import { allCommandsOf } from '../../../dockerfile/packages/nested.ts';
import { withoutRunner } from '../../../dockerfile/packages/runner.ts';
import type { Dockerfile, Instruction } from '../../../dockerfile/model.ts';
import type { Command, ShellWord } from '../../../dockerfile/shell/model.ts';
import type { Tool, ToolOption, Verb } from './tool.ts';
import { toolNamed } from './tools.ts';
import { baseName } from '../../../text/paths.ts';

/** A call of a program that is known, as far as it is read. */
export interface ToolCall {
  readonly tool: Tool;
  readonly verb?: Verb;
  /** The words of the verb, and what stands behind it. */
  readonly operands: readonly string[];
  readonly given: ReadonlySet<ToolOption>;
  /** The option whose value comes next. */
  readonly open?: ToolOption;
  /** Whether `--` has ended the options. */
  readonly ended: boolean;
}

/** Reads the words of a command: `sudo`, `conda run`, `xargs` and `python -m` taken off. */
export function toolCall(words: readonly ShellWord[]): ToolCall | undefined {
  const [program, ...rest] = called(withoutRunner({ words }));
  const tool = program && toolNamed(program.value);
  if (!tool) return undefined;
  const operands: string[] = [];
  const given = new Set<ToolOption>();
  let verb: Verb | undefined;
  let open: ToolOption | undefined;
  let ended = false;
  for (const { value } of rest) {
    if (open) open = undefined;
    else if (value === '--') ended = true;
    else if (!ended && /^-./.test(value)) {
      const options = optionsIn(value, known(tool, verb));
      for (const option of options) given.add(option);
      const last = options.at(-1);
      if (last?.value !== undefined && !value.includes('=') && awaits(value, last)) open = last;
    } else {
      operands.push(value);
      if (operands.length <= 2) verb = tool.verbs.find(({ name }) => name === operands.join(' ')) ?? verb;
    }
  }
  return { tool, ...(verb && { verb }), operands, given, ...(open && { open }), ended };
}

/** What may be given: the verb's own options first. */
export const known = (tool: Tool, verb: Verb | undefined): readonly ToolOption[] => [...(verb?.options ?? []), ...tool.options];

/** The options that a word stands for: one, or those of each letter in `-fsSL`. */
export function optionsIn(word: string, options: readonly ToolOption[]): readonly ToolOption[] {
  const named = (name: string): ToolOption | undefined => options.find(({ names }) => names.includes(name));
  const one = named(word) ?? named(word.replace(/=.*$/s, ''));
  if (one) return [one];
  if (!/^-[A-Za-z]/.test(word)) return [];
  const found: ToolOption[] = [];
  for (const letter of word.slice(1)) {
    const option = named(`-${letter}`);
    if (!option) return found.at(-1)?.value === undefined ? [] : found;
    if (!found.includes(option)) found.push(option);
    // What follows is its value.
    if (option.value !== undefined) break;
  }
  return found;
}

/** Whether the value of a word's last option is still to come: it is there in `-j4`. */
const awaits = (word: string, { names }: ToolOption): boolean =>
  word.startsWith('--') || names.includes(word) || names.includes(`-${word.at(-1) ?? ''}`);

/** The words from the program on that `xargs` or `python -m` calls. */
function called(words: readonly ShellWord[]): readonly ShellWord[] {
  const name = baseName(words[0]?.value ?? '');
  if (name === 'xargs') {
    const at = words.findIndex(({ value }) => toolNamed(value));
    return at < 0 ? [] : called(words.slice(at));
  }
  if (!/^(?:python|pypy)[\d.]*$/.test(name)) return words;
  const module = words.findIndex(({ value }) => value === '-m');
  return module < 0 ? words : words.slice(module + 1);
}

/** The command a place belongs to, also when a word is only begun behind it: of those that stand in others, the innermost. */
export function commandBefore(file: Dockerfile, instruction: Instruction, start: number): Command | undefined {
  const { text } = file.source;
  return allCommandsOf(file, instruction)
    .filter(
      ({ span }) =>
        span.start < start &&
        /^(?:[^\S\n]|[\\`][^\S\n]*\n(?:[^\S\n]*(?:#[^\n]*)?\n)*)*$/.test(text.slice(Math.min(span.end, start), start)),
    )
    .reduce<Command | undefined>((inner, each) => (inner && inner.span.start > each.span.start ? inner : each), undefined);
}
