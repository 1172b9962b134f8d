import { get, type ComposeFile, type MapNode, type Node } from '../../compose/model.ts';
import type { Span } from '../../text/text.ts';

/**
 * Where what stands in a part of the file's own (`x-airflow: &airflow`) is used: the path by which `<<` or an alias brings it into a service.
 * Any other path, and one that nothing uses, stays as it is.
 */
export function usedPath(file: ComposeFile, path: readonly string[]): readonly string[] {
  if (path[0]?.startsWith('x-') !== true || !file.anchored) return path;
  for (const root of file.documents) {
    const part = get(root, path[0]);
    if (!part) continue;
    const uses = usesOf(root, part);
    for (let length = path.length; length > 0; length--) {
      const node = get(root, ...path.slice(0, length));
      const used =
        node &&
        (uses.get(node.span.start) ??
          (node.kind === 'map' ? node.entries.map(({ keySpan }) => uses.get(keySpan.start)).find(Boolean) : undefined));
      if (used) return [...used, ...path.slice(length)];
    }
  }
  return path;
}

/** The services that have something of a part of the file's own, or all of it. */
export function usersOfPart({ documents, services }: ComposeFile, name: string): readonly string[] {
  const parts = documents.flatMap((root) => get(root, name)?.span ?? []);
  const isFrom = ({ start }: Span): boolean => parts.some((part) => part.start <= start && start < part.end);
  const takes = (node: Node): boolean =>
    isFrom(node.span) ||
    (node.kind === 'list' && node.items.some(takes)) ||
    (node.kind === 'map' && node.entries.some(({ keySpan, value }) => isFrom(keySpan) || takes(value)));
  return services.filter(({ node }) => takes(node)).map((each) => each.name);
}

/** By the place of a value in a part the path at which the rest of the file has it; by the place of a key the path of the mapping around it. */
function usesOf(root: MapNode, { span: part }: Node): ReadonlyMap<number, readonly string[]> {
  const uses = new Map<number, readonly string[]>();
  const note = (at: number, path: readonly string[]): void => {
    if (part.start <= at && at < part.end && !uses.has(at)) uses.set(at, path);
  };
  const visit = (node: Node, path: readonly string[]): void => {
    note(node.span.start, path);
    if (node.kind === 'list') for (const item of node.items) visit(item, [...path, '[]']);
    if (node.kind !== 'map') return;
    for (const { key, keySpan, value } of node.entries) {
      note(keySpan.start, path);
      visit(value, [...path, key]);
    }
  };
  for (const { key, value } of root.entries) if (!key.startsWith('x-')) visit(value, [key]);
  return uses;
}
