import { substitute } from './interpolate.ts';
import { baseName } from '../text/paths.ts';

type Lookup = (name: string) => string | undefined;

/** What one line of an env file says: a variable and its text, a name alone, or what stops Compose there. */
type Statement =
  | { readonly kind: 'value'; readonly name: string; readonly value: string; readonly quote: string; readonly at: number }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'fault'; readonly at: number; readonly says: string };

/** The lines of an env file as Compose takes them: `NAME=value`, `NAME: value`, quotes over several lines, comments, `export`. */
function* statements(text: string): Generator<Statement> {
  const start = /(?:\s+|#[^\n]*)*(?:export\s+)?/y;
  const head = /([^=:\n]*)([=:\n]?)[^\S\n]*/y;
  const line = /[^\n]*\n?/y;
  const quoted = /"((?:[^"\\]|\\[^])*)"|'((?:[^'\\]|\\[^])*)'/y;
  const next = (pattern: RegExp, from: number): RegExpExecArray | undefined => {
    pattern.lastIndex = from;
    return pattern.exec(text) ?? undefined;
  };
  const after = (pattern: RegExp, from: number): number => from + (next(pattern, from)?.[0].length ?? 0);
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while ((at = after(start, at)) < text.length) {
    const here = at;
    const [all = '', written = '', separator] = next(head, at) ?? [];
    const name = written.trimEnd();
    const strange = /[^\p{L}\p{N}_.[\]\s-]/u.exec(written)?.[0];
    if (strange !== undefined || name.includes(' ')) {
      const says = strange === undefined ? `has a space` : `has the character «${strange}»`;
      yield { kind: 'fault', at: here, says: `the name «${short(name)}» ${says}` };
      at = after(line, here);
      continue;
    }
    at += all.length;
    if (separator === '\n') yield { kind: 'name', name };
    if (separator === '\n' || separator === '') continue;
    const value = next(quoted, at);
    if (value) {
      yield { kind: 'value', name, value: value[1] ?? value[2] ?? '', quote: value[0].slice(0, 1), at: here };
      at += value[0].length;
    } else if (/["']/.test(text[at] ?? '')) {
      yield { kind: 'fault', at, says: 'a quote has no end' };
      at = after(line, at);
    } else {
      const [rest = ''] = next(line, at) ?? [];
      yield { kind: 'value', name, value: rest.replace(/ #[^]*$/, '').trimEnd(), quote: '', at: here };
      at += rest.length;
    }
  }
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 39)}…` : text);

const escapes: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  $: '$$',
  '"': '"',
  '\\': '\\',
};

/** Between double quotes, after the quote itself: `\n`, `\t`, octal numbers; `\$` is no variable. */
const unescaped = (text: string): string =>
  text.replace(/\\(?:([abfnrtv$"\\])|0(\d{0,3}))/g, (all, one?: string, octal?: string) =>
    one !== undefined
      ? (escapes[one] ?? all)
      : octal !== undefined && /^[0-3][0-7]{2}$/.test(octal)
        ? String.fromCharCode(parseInt(octal, 8))
        : all,
  );

/** What a value is before its variables are filled in; nothing is between single quotes. */
function template({ value, quote }: Extract<Statement, { kind: 'value' }>): string {
  if (quote === '') return value;
  const plain = value.replaceAll(`\\${quote}`, quote);
  return quote === '"' ? unescaped(plain) : plain;
}

/** The variables of a `.env` or env_file text, earlier ones filled in. */
export function readEnv(text: string, outside: Lookup): Map<string, string> {
  const variables = new Map<string, string>();
  const lookup = (name: string): string | undefined => outside(name) ?? variables.get(name);
  for (const statement of statements(text)) {
    if (statement.kind === 'fault') continue;
    const { name } = statement;
    const value = statement.kind === 'name' ? outside(name) : template(statement);
    if (value === undefined) continue;
    const result = statement.kind === 'name' || statement.quote === "'" ? undefined : substitute(value, lookup);
    variables.set(name, result?.ok ? result.text : value);
  }
  return variables;
}

/** Why Compose cannot read an env file, in a sentence with the line; undefined when it can. */
export function envFault(text: string, outside: Lookup = () => undefined): string | undefined {
  const lineOf = (at: number): string => `in line ${String(text.slice(0, at).split('\n').length)} `;
  const variables = new Map<string, string>();
  const lookup = (name: string): string | undefined => outside(name) ?? variables.get(name);
  for (const statement of statements(text)) {
    if (statement.kind === 'fault') return `${lineOf(statement.at)}${statement.says}.`;
    if (statement.kind === 'name') continue;
    const { name, quote, at } = statement;
    const value = template(statement);
    const result = quote === "'" || !value.includes('$') ? undefined : substitute(value, lookup);
    if (result?.ok === false)
      return result.reason === 'required'
        ? `${lineOf(at)}«${name}» needs «${result.name}», which is not set.`
        : `${lineOf(at)}«${name}» has a $ that begins no variable. Put the value in single quotes, or write $$ for a plain $.`;
    variables.set(name, result?.text ?? value);
  }
  return undefined;
}

/** The same of an env file with `format: raw`, which has no quotes and no variables. */
export function rawEnvFault(text: string): string | undefined {
  for (const [at, line] of text.split('\n').entries()) {
    const [name = ''] = line.trimStart().split('=', 1);
    if (line.trim() === '' || name.startsWith('#')) continue;
    if (name === '') return `in line ${String(at + 1)} no name stands before the «=».`;
    if (/[ \t]/.test(name)) return `in line ${String(at + 1)} the name «${short(name)}» has a space.`;
  }
  return undefined;
}

/** The variables of an env file with `format: raw`. */
export const readRawEnv = (text: string, outside: Lookup): Map<string, string> =>
  new Map(
    text.split('\n').flatMap((line, at): readonly (readonly [string, string])[] => {
      const statement = (at === 0 ? line.replace(/^\uFEFF/, '') : line).trimStart().replace(/\r$/, '');
      const equals = statement.indexOf('=');
      if (statement === '' || statement.startsWith('#')) return [];
      if (equals >= 0) return [[statement.slice(0, equals), statement.slice(equals + 1)]];
      const value = outside(statement);
      return value === undefined ? [] : [[statement, value]];
    }),
  );

/** Whether an example lies where a file is missing: everyone writes their own from it. */
export function hasExample(path: string, read: (path: string) => string | undefined): boolean {
  const base = baseName(path);
  const beside = path.slice(0, path.length - base.length);
  const plain = base.replace(/^\./, '');
  return [
    `${base}.example`,
    `${base}.sample`,
    `${base}.template`,
    `${base}.dist`,
    `${base}.default`,
    `${plain}.example`,
    `example.${plain}`,
    `sample.${plain}`,
    `${base}-example`,
  ].some((each) => read(beside + each) !== undefined);
}
