import { substitute } from './interpolate.ts';

/** The variables of a `.env` or env_file text: `NAME=value`, quotes, comments, `export`, and earlier variables filled in. */
export function readEnv(text: string, outside: (name: string) => string | undefined): Map<string, string> {
  const variables = new Map<string, string>();
  const lookup = (name: string): string | undefined => variables.get(name) ?? outside(name);
  const fill = (value: string): string => {
    const result = substitute(value, lookup);
    return result.ok ? result.text : value;
  };
  const line = /^[ \t]*(?:export[ \t]+)?([A-Za-z_][\w.-]*)[ \t]*(?:[=:][ \t]*('[^']*'|"(?:[^"\\]|\\[^])*"|[^\r\n]*))?[^\r\n]*$/gm;
  for (const [, name = '', raw] of text.matchAll(line)) {
    if (raw === undefined) {
      const value = outside(name);
      if (value !== undefined) variables.set(name, value);
    } else if (raw.startsWith("'") && raw.endsWith("'") && raw.length > 1) variables.set(name, raw.slice(1, -1));
    else if (raw.startsWith('"') && raw.endsWith('"') && raw.length > 1)
      variables.set(name, fill(raw.slice(1, -1).replace(/\\([nrt"\\])/g, (_, c: string) => ({ n: '\n', r: '\r', t: '\t' })[c] ?? c)));
    else variables.set(name, fill(raw.replace(/\s#.*$/, '').trim()));
  }
  return variables;
}

/** Why Compose cannot read an env file, in a sentence with the line; undefined when it can. */
export function envFault(text: string): string | undefined {
  const lineOf = (at: number): number => text.slice(0, at).split('\n').length;
  let at = text.startsWith('\uFEFF') ? 1 : 0;
  while (at < text.length) {
    const [all, start = '', name = '', separator] = /^(\s*(?:#[^\n]*|(?:export[^\S\n]+)?))([^\s#=:\n][^=:\n]*)?([=:])?/.exec(
      text.slice(at),
    ) ?? [''];
    const here = at + start.length;
    at += all.length;
    const strange = /[^\p{L}\p{N}_.[\]\s-]/u.exec(name)?.[0];
    if (strange !== undefined) return `in line ${lineOf(here)} the name «${name.trim()}» has the character «${strange}».`;
    if (/\S\s+\S/.test(name)) return `in line ${lineOf(here)} the name «${name.trim()}» has a space.`;
    if (separator === undefined) {
      if (!all) at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1;
      continue;
    }
    at += /^[^\S\n]*/.exec(text.slice(at))?.[0].length ?? 0;
    const quote = text[at];
    if (quote === '"' || quote === "'") {
      let end = at + 1;
      while (end < text.length && text[end] !== quote) end += text[end] === '\\' ? 2 : 1;
      if (end >= text.length) return `the quote in line ${lineOf(at)} has no end.`;
      at = end + 1;
    } else at = text.indexOf('\n', at) < 0 ? text.length : text.indexOf('\n', at) + 1;
  }
  return undefined;
}

/** Whether an example lies where a file is missing: everyone writes their own from it. */
export function hasExample(path: string, read: (path: string) => string | undefined): boolean {
  const base = path.slice(path.lastIndexOf('/') + 1);
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
