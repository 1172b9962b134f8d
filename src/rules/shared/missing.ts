import type { Files } from '../../lint/rule.ts';
import { folderOf, join, upwards } from '../../text/paths.ts';
import { literal } from '../../text/literal.ts';

/** Whether nothing is where a path from a folder leads, and nobody is to bring it: no example lies there, no `.gitignore` names it. */
export function isAbsent(folder: string, path: string, files: Files): boolean {
  const full = join(folder, path);
  if (files.exists(full) || files.list(full) !== undefined || hasExample(full, files)) return false;
  return !foundAbove(folder, path, files) && !expectedLater(full, files);
}

/** Whether a path that is missing from a folder is there from one above: Compose is then called with `--project-directory`. */
export function foundAbove(folder: string, path: string, files: Files): boolean {
  if (path.startsWith('/') || path.startsWith('..')) return false;
  return upwards(folder).some((each) => each !== folder && files.exists(join(each, path)));
}

/** Whether a `.gitignore` names a missing path or a folder of it: a script or a person brings it, and it is not kept with the sources. */
export function expectedLater(path: string, files: Files): boolean {
  return upwards(folderOf(path)).some((folder) =>
    (files.read(join(folder, '.gitignore')) ?? '').split(/\r?\n/).some((line) => {
      const wanted = line
        .trim()
        .replace(/^\*\*\//, '')
        .replace(/\/\**$/, '');
      if (wanted === '' || wanted.startsWith('#') || wanted.startsWith('!')) return false;
      const from = folder === '' ? path : path.slice(folder.length + 1);
      const bare = wanted.replace(/^\//, '');
      if (bare.includes('/') || wanted.startsWith('/')) return from === bare || from.startsWith(`${bare}/`);
      return from.split('/').some((part) => part === bare || (bare.includes('*') && matches(bare, part)));
    }),
  );
}

const matches = (pattern: string, name: string): boolean => new RegExp(`^${pattern.split(/\*+/).map(literal).join('.*')}$`).test(name);

const examples = ['example', 'sample', 'template', 'tmpl', 'tpl', 'dist', 'default', 'j2', 'in'];

/** Whether an example lies where a file is missing: everyone writes their own from it. */
function hasExample(path: string, files: Files): boolean {
  const folder = folderOf(path);
  const name = path.slice(folder.length).replace(/^\//, '');
  const [, stem = name, ending = ''] = /^(.+?)(\.[^.]+)$/.exec(name) ?? [];
  const bare = name.replace(/^\./, '');
  return examples.some((word) =>
    [
      `${name}.${word}`,
      `${name}-${word}`,
      `${bare}.${word}`,
      `${word}.${bare}`,
      `${stem}.${word}${ending}`,
      `${stem}-${word}${ending}`,
    ].some((each) => files.exists(join(folder, each))),
  );
}
