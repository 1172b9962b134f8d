/** The folder of a path; empty for what lies at the top. */
export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '');

/** A folder and those above it, nearest first, as far as they are below the top of what can be seen. */
export function upwards(folder: string, most = Infinity): readonly string[] {
  const folders = [folder];
  for (let at = folder; folders.length < most && at !== '' && at !== '/' && !at.endsWith('..');) folders.push((at = folderOf(at)));
  return folders;
}

/** The name of a file without its folders. */
export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Joins and tidies `.` and `..`; an absolute second part replaces the first. */
export function join(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : folder ? `${folder}/${path}` : path;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${whole.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
