import { readEnv } from '../../compose/envFile.ts';
import type { ComposeFile } from '../../compose/model.ts';
import type { World } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';
import type { Completion } from '../model.ts';
import type { Place } from './place.ts';

/** The variables that `.env` and its examples have, each with what is known of it. */
export function setVariables({ source }: ComposeFile, { files }: World): readonly { readonly name: string; readonly detail: string }[] {
  const folder = folderOf(source.path);
  const values = new Map<string, string>();
  for (const name of ['.env', '.env.example', '.env.sample', '.env.template'])
    for (const [variable, value] of readEnv(files.read(join(folder, name)) ?? '', () => undefined))
      if (!values.has(variable))
        values.set(variable, value === '' ? `in ${name}` : `${/secret|password|token|key/i.test(variable) ? '…' : value} in ${name}`);
  return [...values].map(([name, detail]) => ({ name, detail }));
}

/** Behind a `$`: the variables of `.env` and its examples, those the file uses elsewhere, and those of the shell by name. Undefined elsewhere. */
export function interpolated(file: ComposeFile, offset: number, { prefix, span }: Place, world: World): readonly Completion[] | undefined {
  const { source } = file;
  // What stands for a variable that is not set is anybody's.
  if (/(?<!\$)(?:\$\$)*\$\{\w+[:?+-][^}]*$/.test(prefix)) return [];
  const begun = /(?<!\$)(?:\$\$)*(\$(?:\{\w*|[A-Za-z_]\w*)?)$/.exec(prefix)?.[1];
  if (begun === undefined) return undefined;
  const values = new Map(setVariables(file, world).map(({ name, detail }) => [name, detail]));
  const start = offset - begun.length;
  // What is being typed here is no variable yet.
  for (const { index, 1: name = '' } of source.text.matchAll(/(?<!\$)\$\{(\w+)[^}]*\}?/g))
    if (index !== start && name && !values.has(name)) values.set(name, 'used in this file');
  const behind = /^\w*\}?/.exec(source.text.slice(offset))?.[0] ?? '';
  return [...values].map(([name, detail]) => ({
    label: `\${${name}}`,
    kind: 'variable',
    span: { start, end: Math.min(offset + behind.length, Math.max(span.end, offset)) },
    text: `\${${name}}`,
    // Without the brace, so that one that is typed ends the list: `${DB}` has its letters in `${DB_HOST}` too.
    filter: `\${${name}$${name}`,
    detail,
  }));
}
