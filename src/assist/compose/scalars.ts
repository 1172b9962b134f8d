import type { ComposeFile, Node, ScalarNode } from '../../compose/model.ts';
import { isOwn } from './refactor/trail.ts';

/** The scalar values that a file writes itself, each once where it stands: what comes in through anchors is left out. */
export function ownScalars(file: ComposeFile): readonly ScalarNode[] {
  const found: ScalarNode[] = [];
  const visit = (node: Node): void => {
    switch (node.kind) {
      case 'map':
        for (const each of node.entries) if (!each.merged && isOwn(each)) visit(each.value);
        return;
      case 'list':
        for (const item of node.items) if (item.span.start >= node.span.start) visit(item);
        return;
      case 'scalar':
        found.push(node);
    }
  };
  file.documents.forEach(visit);
  return found;
}
