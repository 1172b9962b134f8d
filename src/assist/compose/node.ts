import type { ComposeFile, Entry, Node } from '../../compose/model.ts';
import type { Span } from '../../text/text.ts';

/** What of a Compose file lies at an offset, read from its structure. */
export interface Found {
  /** The keys above and the key itself; list items are `[]`. */
  readonly path: readonly string[];
  /** Set when the offset is on a key. */
  readonly entry?: Entry;
  /** The innermost value at the offset, or the key's value. */
  readonly node: Node;
  readonly span: Span;
}

const holds = ({ start, end }: Span, offset: number): boolean => start <= offset && offset <= end;

export function nodeAt(file: ComposeFile, offset: number): Found | undefined {
  for (const root of file.documents) {
    const found = below(root, [], offset);
    if (found) return found;
  }
  return undefined;
}

function below(node: Node, path: readonly string[], offset: number): Found | undefined {
  switch (node.kind) {
    case 'map':
      for (const entry of node.entries) {
        if (entry.merged) continue;
        const at = [...path, entry.key];
        if (holds(entry.keySpan, offset)) return { path: at, entry, node: entry.value, span: entry.keySpan };
        if (holds(entry.value.span, offset)) {
          const found = below(entry.value, at, offset);
          if (found) return found;
        }
      }
      return undefined;
    case 'list':
      for (const item of node.items)
        if (holds(item.span, offset)) {
          const found = below(item, [...path, '[]'], offset);
          if (found) return found;
        }
      return undefined;
    case 'scalar':
      return holds(node.span, offset) && node.value !== null ? { path, node, span: node.span } : undefined;
  }
}
