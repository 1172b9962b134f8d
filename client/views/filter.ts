import type { ViewNode } from './node.ts';

/** The rows in which every word of a filter is found; a project stays with those of its containers that match, or with all when it does itself. */
export function filtered(nodes: readonly ViewNode[], filter: string): readonly ViewNode[] {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  if (!words.length) return nodes;
  return nodes.flatMap((node): readonly ViewNode[] => {
    if (words.every((word) => textOf(node).includes(word))) return [node];
    if (node.subject?.kind !== 'project') return [];
    const children = (node.children ?? []).filter((child) => words.every((word) => `${textOf(node)} ${textOf(child)}`.includes(word)));
    return children.length ? [{ ...node, children }] : [];
  });
}

function textOf({ label, description = '', subject }: ViewNode): string {
  const name = subject && 'name' in subject ? subject.name : '';
  return `${label} ${description} ${name} ${subject?.id ?? ''}`.toLowerCase();
}
