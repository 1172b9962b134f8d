/** The folder of a path; empty for the top. */
export const folderOf = (path: string): string => (path.includes('/') ? path.slice(0, path.lastIndexOf('/')) || '/' : '');

/** Joins and tidies `.` and `..`; an absolute second part replaces the first. */
export function joinPath(folder: string, path: string): string {
  const whole = path.startsWith('/') ? path : folder ? `${folder}/${path}` : path;
  const parts: string[] = [];
  for (const part of whole.split('/')) {
    if (part === '..' && parts.length && parts.at(-1) !== '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return `${whole.startsWith('/') ? '/' : ''}${parts.join('/')}`;
}
