import type { Dockerfile } from '../../dockerfile/model.ts';
import { lineageOf } from '../../dockerfile/sections.ts';
import type { RunCommand } from '../../dockerfile/shell/commands.ts';
import { commandsOf } from '../../dockerfile/shell/scripts.ts';
import type { ShellWord } from '../../dockerfile/shell/model.ts';

/** What a variable without a known value is taken for: something that has one when the command runs. */
const something = '0';

/** A word of a RUN with the ARGs of the whole file and the ENVs of its stage put in. Undefined when it hangs on something that the file does not say. */
export function knownText(file: Dockerfile, { section, instruction }: RunCommand, word: ShellWord): string | undefined {
  if (!word.dynamic) return word.value;
  const values = new Map<string, string>();
  for (const { keyword, pairs = [] } of file.instructions)
    if (keyword === 'ARG') for (const { name, value } of pairs) values.set(name.value, value?.value ?? something);
  for (const { instructions } of lineageOf(section))
    for (const { keyword, pairs = [] } of instructions)
      if (keyword === 'ENV') for (const { name, value } of pairs) values.set(name.value, value?.value ?? '');
  for (const { assignments, name, words } of commandsOf(file, instruction))
    for (const { value } of name === 'export' || name === 'read' ? [...assignments, ...words] : assignments)
      values.set(/^\w+/.exec(value)?.[0] ?? '', something);
  const open: string[] = [];
  const text = word.value.replace(
    /\$(?:\{([A-Za-z_]\w*)[^}]*\}|([A-Za-z_]\w*)|\(.*\))|`[^`]*`/gs,
    (whole: string, braced?: string, plain?: string) => {
      const name = braced ?? plain;
      const value = name === undefined ? undefined : values.get(name);
      if (name === undefined || (value === undefined && whole === word.value)) open.push(whole);
      return name === undefined ? something : (value ?? '');
    },
  );
  return open.length ? undefined : text;
}
