import type { Dockerignore } from '../../dockerignore/model.ts';
import { excludedBy, matchedBy } from '../../dockerignore/match.ts';
import type { World } from '../../lint/rule.ts';
import { bytesOf, contextTree, sizeText } from '../../rules/shared/contextTree.ts';
import { folderOf } from '../../text/paths.ts';
import type { Card } from '../model.ts';

const most = 20_000;
const shown = 8;

/** What the pattern at a place matches: files, bytes, the first names. */
export function hoverDockerignore({ patterns, source }: Dockerignore, offset: number, { files }: World): Card | undefined {
  const at = patterns.findIndex(({ span }) => span.start <= offset && offset <= span.end);
  const pattern = patterns[at];
  if (!pattern || pattern.fault !== undefined) return undefined;
  const top = folderOf(source.path);
  const { entries, complete } = contextTree(top, files, most);
  const matches = matchedBy(pattern);
  const before = excludedBy(patterns.slice(0, at));
  const found = entries.filter(({ path }) => matches(path));
  const news = found.filter(({ path, folder }) => !folder && before(path) === pattern.exception);
  const count = found.filter(({ folder }) => !folder).length;
  const roots = found.filter(({ path }) => !matches(folderOf(path)));
  const least = complete ? '' : 'at least ';
  const verb = pattern.exception ? 'Lets in' : 'Leaves out';
  const lines = found.length
    ? [
        `${verb} ${least}**${count} ${count === 1 ? 'file' : 'files'}, ${sizeText(bytesOf(top, found, files))}**`,
        ...(news.length < count
          ? [
              `${pattern.exception ? 'Left out before' : 'Not left out already'}: ${news.length} of them, ${sizeText(bytesOf(top, news, files))}`,
            ]
          : []),
        ...roots.slice(0, shown).map(({ path, folder }) => `- \`${path}${folder ? '/' : ''}\``),
        ...(roots.length > shown ? [`- … ${roots.length - shown} more`] : []),
      ]
    : [complete ? 'Matches nothing here.' : `Matches nothing among the first ${most} files.`];
  return { span: pattern.span, markdown: [lines[0], '', ...lines.slice(1)].join('\n') };
}
