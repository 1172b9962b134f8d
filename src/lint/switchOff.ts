import { modify, parse } from 'jsonc-parser';
import type { Edit } from '../text/text.ts';

/** The edits that switch a rule off in a `settings.json`, with its comments kept; none where it is off already. */
export function switchOff(settings: string, rule: string): readonly Edit[] {
  const rules = (parse(settings) as { readonly 'mlContainers.lint.rules'?: Readonly<Record<string, unknown>> } | undefined)?.[
    'mlContainers.lint.rules'
  ];
  if (rules?.[rule] === 'off') return [];
  const indent = /^([ \t]+)"/m.exec(settings)?.[1] ?? '  ';
  const eol = settings.includes('\r\n') ? '\r\n' : '\n';
  const formattingOptions = { insertSpaces: !indent.includes('\t'), tabSize: indent.includes('\t') ? 4 : indent.length, eol };
  return modify(settings || `{}${eol}`, ['mlContainers.lint.rules', rule], 'off', { formattingOptions }).map(
    ({ offset, length, content }) => ({
      span: settings ? { start: offset, end: offset + length } : { start: 0, end: 0 },
      text: settings ? content : `{${content}}${eol}`,
    }),
  );
}
