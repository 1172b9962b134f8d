import type { Complaint } from './complaint.ts';
import { substitute } from './interpolate.ts';
import type { MapNode, Node } from './model.ts';
import { mapScalars } from './nodes.ts';
import type { Variables } from './variables.ts';

/** Fills the variables into every text of a file. */
export function fill(root: MapNode, variables: Variables, complain: (complaint: Complaint) => void): MapNode {
  const filled: Node = mapScalars(root, (node) => {
    if (typeof node.value !== 'string' || !node.value.includes('$')) return node;
    const result = substitute(node.value, variables.get);
    if (result.ok) {
      const unknown = result.unset.some(variables.expected) ? { unknown: true as const } : {};
      const unset = result.unset.length ? { unset: result.unset } : {};
      return { ...node, value: result.text, text: result.text, ...unknown, ...unset };
    }
    if (result.reason === 'invalid')
      complain({
        kind: 'variable',
        span: node.span,
        message: `Compose cannot read the variable in «${short(node.value)}»: write \${NAME} or \${NAME:-default}, and $$ for a plain $.`,
      });
    else if (!variables.expected(result.name))
      complain({
        kind: 'required-variable',
        span: node.span,
        message: `«${result.name}» must be set${result.says === '' ? '' : ` («${short(result.says)}»)`}, and neither the shell nor .env sets it: Compose stops here.`,
      });
    return { ...node, unknown: true };
  });
  return filled.kind === 'map' ? filled : root;
}

const short = (text: string): string => (text.length > 60 ? `${text.slice(0, 59)}…` : text);
