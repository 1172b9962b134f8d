import { get, text, type ComposeFile, type Entry } from '../../compose/model.ts';
import { sections } from '../../compose/sections.ts';
import type { Symbol } from '../model.ts';

const kinds: Readonly<Record<string, Symbol['kind']>> = sections;

const spanOf = ({ keySpan, value }: Entry): Symbol['span'] => ({ start: keySpan.start, end: Math.max(keySpan.end, value.span.end) });

/** The outline of a Compose file: its sections and what each declares. */
export function symbolsInCompose({ documents }: ComposeFile): readonly Symbol[] {
  return documents
    .flatMap(({ entries }) => entries)
    .flatMap((section): Symbol[] => {
      const { key, keySpan, value } = section;
      const base = { name: key, kind: 'section' as const, span: spanOf(section), nameSpan: keySpan };
      const kind = kinds[key];
      if (key === 'include' && value.kind === 'list') {
        const children = value.items.flatMap((item): Symbol[] => {
          const node = item.kind === 'map' ? get(item, 'path') : item;
          const path = text(node);
          return node && path !== undefined ? [{ name: path, kind: 'file', span: item.span, nameSpan: node.span, children: [] }] : [];
        });
        return [{ ...base, children }];
      }
      if (!kind || value.kind !== 'map') return [];
      const children = value.entries
        .filter(({ merged }) => !merged)
        .map((entry): Symbol => {
          const detail = text(get(entry.value, 'image')) ?? (get(entry.value, 'build') ? 'built here' : undefined);
          return {
            name: entry.key,
            kind,
            span: spanOf(entry),
            nameSpan: entry.keySpan,
            children: [],
            ...(detail !== undefined && { detail }),
          };
        });
      return [{ ...base, children }];
    });
}
