import type { Files } from '../../lint/rule.ts';
import { join } from './paths.ts';

/** A file or folder of a build context. */
export interface ContextEntry {
  /** From the top of the context, without a slash at either end. */
  readonly path: string;
  readonly folder: boolean;
}

/** The entries of a context, those near the top first; at most so many. Folders that `enter` refuses are given, but not what is in them. */
export function contextTree(
  top: string,
  files: Files,
  most: number,
  enter: (path: string) => boolean = () => true,
): { readonly entries: readonly ContextEntry[]; readonly complete: boolean } {
  const entries: ContextEntry[] = [];
  const queue = [''];
  for (let next = queue.shift(); next !== undefined; next = queue.shift())
    for (const name of files.list(join(top, next)) ?? []) {
      if (entries.length >= most) return { entries, complete: false };
      const folder = name.endsWith('/');
      const path = join(next, folder ? name.slice(0, -1) : name);
      entries.push({ path, folder });
      if (folder && enter(path)) queue.push(path);
    }
  return { entries, complete: true };
}

/** The bytes of the files among entries. */
export const bytesOf = (top: string, entries: readonly ContextEntry[], files: Files): number =>
  entries.reduce((sum, { path, folder }) => (folder ? sum : sum + (files.size(join(top, path)) ?? 0)), 0);

/** `48 MB`, `1.2 GB`. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit > 1 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
