import { excludedBy } from '../../dockerignore/match.ts';
import { parseDockerignore } from '../../dockerignore/parse.ts';
import type { Files } from '../../lint/rule.ts';
import { folderOf, join } from '../../text/paths.ts';

/**
 * Says which paths of the build context the ignore file of a Dockerfile leaves out: `NAME.dockerignore` beside it, else `.dockerignore` of
 * the context.
 */
export function ignored(dockerfile: string, files: Files, context = folderOf(dockerfile)): (path: string) => boolean {
  const path = `${dockerfile}.dockerignore`;
  const text = files.read(path) ?? files.read(join(context, '.dockerignore')) ?? '';
  const excluded = excludedBy(parseDockerignore(path, text).patterns);
  return (each) => excluded(join('', each.replace(/^\/+/, '')));
}
