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
    else variables.set(name, fill(raw.replace(/(?:^|\s)#.*$/, '').trim()));
  }
  return variables;
}
