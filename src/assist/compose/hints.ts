import { get, text, type ComposeFile, type MapNode } from '../../compose/model.ts';
import type { Hint } from '../model.ts';

/** The value that a service would have from the one it extends, beside the value that takes its place. */
export function hintsInCompose({ root, services }: ComposeFile): readonly Hint[] {
  const byName = new Map(services.map(({ name, node }) => [name, node]));
  const parentOf = (node: MapNode): MapNode | undefined => {
    const parent = get(node, 'extends');
    if (get(parent, 'file')) return undefined;
    return byName.get(text(parent) ?? text(get(parent, 'service')) ?? '');
  };
  return root
    ? services.flatMap(({ node }) =>
        node.entries.flatMap(({ key, value, merged }): Hint[] => {
          if (merged || key === 'extends' || value.kind !== 'scalar') return [];
          const seen = new Set([node]);
          for (let at = parentOf(node); at && !seen.has(at); at = parentOf(at)) {
            seen.add(at);
            const above = text(get(at, key));
            if (above === value.text) return [];
            if (above !== undefined) return [{ offset: value.span.end, label: `(parent value: ${above})` }];
          }
          return [];
        }),
      )
    : [];
}
