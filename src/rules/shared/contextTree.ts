import type { Files } from '../../lint/rule.ts';
import { join } from '../../text/paths.ts';

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

/** The bytes of a file, or of the files in a folder, so many folders deep; what `skip` names is not looked into, and files count as `counts` says. */
export function bytesAt(
  top: string,
  path: string,
  files: Files,
  depth: number,
  { skip = never, counts = always }: { readonly skip?: (path: string) => boolean; readonly counts?: (path: string) => boolean } = {},
): number {
  if (path !== '' && skip(path)) return 0;
  const at = join(top, path);
  const inside = files.list(at);
  if (!inside) return counts(path) ? (files.size(at) ?? 0) : 0;
  if (depth === 0) return 0;
  return inside.reduce(
    (sum, name) => (aside.test(name) ? sum : sum + bytesAt(top, join(path, name), files, depth - 1, { skip, counts })),
    0,
  );
}

const never = (): boolean => false;
const always = (): boolean => true;
/** Folders that tools keep beside what people wrote. */
const aside = /^(?:\.git|\.venv|node_modules)\/$/;

/** `48 MB`, `1.2 GB`. */
export function sizeText(bytes: number): string {
  const units = ['bytes', 'kB', 'MB', 'GB', 'TB'];
  let value = bytes;
  let unit = 0;
  for (; value >= 1000 && unit < units.length - 1; unit++) value /= 1000;
  return `${unit > 1 && value < 10 ? value.toFixed(1) : Math.round(value)} ${units[unit] ?? ''}`;
}
