import { spawnSync } from 'node:child_process';
import { basename, resolve } from 'node:path';
import type { Severity } from '../src/lint/rule.ts';

/** What the checker printed about one file. */
export interface CheckedFile {
  readonly path: string;
  readonly language: string;
  readonly findings: readonly { readonly rule: string; readonly severity: Severity; readonly message: string; readonly line: number }[];
}

/** How many findings there are of each severity, and of warnings (with errors, where asked for) by rule. */
export interface Tally {
  readonly files: number;
  readonly count: Readonly<Record<Severity, number>>;
  readonly kinds: ReadonlyMap<string, number>;
}

/** `owner+name` as `owner/name`. */
export const nameOf = (folder: string): string => basename(folder).replace('+', '/');

/** The checker's report on a checkout, as a user gets it by default. Paths count from the folder. */
export function checkFolder(folder: string): readonly CheckedFile[] {
  const cli = resolve('out', 'cli', 'main.js');
  const { stdout, stderr } = spawnSync(process.execPath, [cli, 'check', '--format=json', '--fail-on=never', '--rule=shellcheck=off', '.'], {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 1 << 30,
  });
  if (stderr) console.error(stderr);
  return (JSON.parse(stdout) as { readonly files: readonly CheckedFile[] }).files;
}

export function tally(files: readonly CheckedFile[], kinds: readonly Severity[] = ['warning']): Tally {
  const count = { error: 0, warning: 0, info: 0, hint: 0 };
  const rules = new Map<string, number>();
  for (const { findings } of files)
    for (const { severity, rule } of findings) {
      count[severity]++;
      if (kinds.includes(severity)) rules.set(rule, (rules.get(rule) ?? 0) + 1);
    }
  return { files: files.length, count, kinds: rules };
}

/** Where the part of docs/real-repositories.md begins that counts very many repositories. */
export const wideHeading = '## Many repositories, by rule';

/** The page in two: what `real.ts` writes, and what `realWide.ts` writes behind it. Either keeps the other’s. */
export function parts(page: string): readonly [narrow: string, wide: string] {
  const at = page.indexOf(wideHeading);
  return at < 0 ? [page, ''] : [page.slice(0, at), page.slice(at)];
}

/** A row of a Markdown table. */
export const cell = (...cells: readonly (string | number)[]): string => `| ${cells.join(' | ')} |`;

export const share = (part: number, whole: number): string => (whole ? part / whole : 0).toFixed(2);
