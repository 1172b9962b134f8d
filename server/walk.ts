import { readFile, readdir } from 'node:fs/promises';
import ignore, { type Ignore } from 'ignore';

/** Folders that hold thousands of files and none of ours. */
const skipped = new Set(['.git', 'node_modules', '.venv', 'venv', '__pycache__', '.tox', '.mypy_cache', 'site-packages', '.cache']);
const mostFolders = 20_000;

/** The files below a folder whose path is wanted, relative to it and sorted; what `.gitignore` excludes is left out. */
export async function walk(root: string, wanted: (path: string) => boolean, signal: AbortSignal): Promise<readonly string[]> {
  const found: string[] = [];
  const queue: { readonly path: string; readonly rules: readonly Rules[] }[] = [{ path: '', rules: [] }];
  for (let visited = 0; queue.length && visited < mostFolders && !signal.aborted; visited++) {
    const { path, rules } = queue.shift() ?? { path: '', rules: [] };
    const entries = await readdir(`${root}/${path}`, { withFileTypes: true }).catch(() => []);
    const own = entries.some(({ name }) => name === '.gitignore') ? await gitignore(`${root}/${path}/.gitignore`, path) : undefined;
    const active = own ? [...rules, own] : rules;
    for (const entry of entries) {
      const below = path ? `${path}/${entry.name}` : entry.name;
      const folder = entry.isDirectory();
      if (folder && skipped.has(entry.name)) continue;
      if (active.some(({ at, rules: one }) => one.ignores(below.slice(at.length) + (folder ? '/' : '')))) continue;
      if (folder) queue.push({ path: below, rules: active });
      else if (wanted(below)) found.push(below);
    }
  }
  return found.sort();
}

interface Rules {
  /** The folder of the `.gitignore` with its slash; empty at the top. */
  readonly at: string;
  readonly rules: Ignore;
}

const gitignore = (file: string, folder: string): Promise<Rules | undefined> =>
  readFile(file, 'utf8').then(
    (text) => ({ at: folder ? `${folder}/` : '', rules: ignore().add(text) }),
    () => undefined,
  );
