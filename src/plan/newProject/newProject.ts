import { gitignore } from './ignoreFiles.ts';
import type { NewFile, ProjectKind, Tables, Wanted } from './kind.ts';

/** Everything that a new project writes, and the command line that starts it. */
export interface Project {
  readonly files: readonly NewFile[];
  readonly start: string;
}

/** Plans a project's files. `random` makes the value of a secret from its name. */
export function newProject(kind: ProjectKind, wanted: Wanted, tables: Tables, random: (name: string) => string): Project {
  const { files, secrets = [], settings = {}, start } = kind.make(wanted, tables);
  const lines = (value: (name: string) => string): string =>
    [...secrets.map((name) => `${name}=${value(name)}\n`), ...Object.entries(settings).map(([name, set]) => `${name}=${set}\n`)].join('');
  const env: readonly NewFile[] =
    secrets.length || Object.keys(settings).length
      ? [
          { path: '.env', text: lines(random), lines: true },
          { path: '.env.example', text: `# Copy to .env and set what is empty. Keep .env out of Git.\n${lines(() => '')}`, lines: true },
          gitignore,
        ]
      : [];
  return { files: [...files, ...env], start };
}

/** What a file of the project is to hold when it is there already: the missing lines behind what it has, or the new text. */
export function joined({ text, lines }: NewFile, before: string): string {
  if (!lines) return text;
  const key = (line: string): string => /^\s*(?:export\s+)?(\w+)=/.exec(line)?.[1] ?? line.trim();
  const has = new Set(before.split(/\r?\n/).map(key));
  const missing = text.split('\n').filter((line) => line && !has.has(key(line)));
  // A comment with nothing below it says nothing.
  if (missing.every((line) => line.startsWith('#'))) return before;
  return `${before}${before === '' || before.endsWith('\n') ? '' : '\n'}${missing.join('\n')}\n`;
}

/** The value of a secret from 32 random bytes: Airflow's Fernet key has a form of its own, everything else is hexadecimal. */
export function secretValue(name: string, bytes: Uint8Array): string {
  if (!name.endsWith('FERNET_KEY')) return [...bytes.slice(0, 16)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
  let text = '';
  for (let i = 0; i < 32; i += 3) {
    const [a = 0, b = 0, c = 0] = bytes.slice(i, i + 3);
    const bits = (a << 16) | (b << 8) | c;
    text += [18, 12, 6, 0].map((shift) => alphabet[(bits >> shift) & 63] ?? '').join('');
  }
  return `${text.slice(0, 43)}=`;
}
