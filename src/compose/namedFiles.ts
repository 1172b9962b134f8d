import { get, items, text, type ComposeFile, type Node } from './model.ts';
import { folderOf, join } from '../text/paths.ts';

/** A file of ours that a Compose file names, whatever its own name is. */
export interface NamedFile {
  readonly path: string;
  readonly language: 'compose' | 'dockerfile';
}

/** The Compose files that a file includes or extends, and the Dockerfiles that it builds; those at an address or with a variable left out. */
export function namedFiles(file: ComposeFile): readonly NamedFile[] {
  const folder = folderOf(file.source.path);
  const named = (node: Node | undefined, inside: string, language: NamedFile['language']): readonly NamedFile[] => {
    const path = text(node);
    return path === undefined || path === '' || /[$~]|^\w+:|^git@|\.git(?:#|$)/.test(path) ? [] : [{ path: join(inside, path), language }];
  };
  return [
    ...file.documents.flatMap((document) =>
      items(get(document, 'include')).flatMap((item) =>
        item.kind === 'map' ? items(get(item, 'path')).flatMap((each) => named(each, folder, 'compose')) : named(item, folder, 'compose'),
      ),
    ),
    ...file.services.flatMap(({ node }) => {
      const build = get(node, 'build');
      const context = build?.kind === 'map' ? (text(get(build, 'context')) ?? '.') : '.';
      const local = !/[$~]|^\w+:|^git@|\.git(?:#|$)/.test(context);
      return [
        ...named(get(node, 'extends', 'file'), folder, 'compose'),
        ...(local ? named(get(build, 'dockerfile'), join(folder, context), 'dockerfile') : []),
      ];
    }),
  ];
}

/** Whether a text may name other files. Quick: most name none. */
export const mayNameFiles = (text: string): boolean => /\b(?:include|extends|dockerfile)\b/.test(text);

/** The Compose files that others of these name, and what those name in turn, though their own name does not tell what they are. */
export function unusuallyNamed(
  paths: readonly string[],
  read: (path: string) => ComposeFile | undefined,
  isOurs: (path: string) => boolean,
): ReadonlySet<string> {
  const found = new Set<string>();
  const seen = new Set(paths);
  // What is added is looked at in turn.
  for (const path of seen) {
    const file = read(path);
    if (!file) continue;
    if (!isOurs(path)) found.add(path);
    if (file.template) continue;
    for (const named of namedFiles(file)) if (named.language === 'compose') seen.add(named.path);
  }
  return found;
}
