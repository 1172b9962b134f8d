import dockerignore from '@balena/dockerignore';
import type { Files } from '../../lint/rule.ts';
import { folderOf, join } from './paths.ts';

const nothing = (): boolean => false;

/** Says which paths of the build context the ignore file of a Dockerfile leaves out: `NAME.dockerignore` beside it, else `.dockerignore`. */
export function ignored(dockerfile: string, files: Files): (path: string) => boolean {
  const folder = folderOf(dockerfile);
  const text = files.read(`${dockerfile}.dockerignore`) ?? files.read(join(folder, '.dockerignore'));
  if (!text?.trim()) return nothing;
  const matcher = dockerignore({ ignorecase: false }).add(text.replace(/^\uFEFF/, ''));
  return (path) => {
    const clean = join('', path.replace(/^\/+/, ''));
    return clean !== '' && !clean.startsWith('..') && matcher.ignores(clean);
  };
}
