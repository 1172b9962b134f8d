import type { Finding } from '../../src/lint/rule.ts';

/** One file of several: their stages one after the other, or the services of all. */
export const combined = (language: 'dockerfile' | 'compose', texts: readonly string[]): string =>
  language === 'dockerfile' ? texts.map(ends).join('') : services(texts);

/** One file with the services of all, and of each other section what comes first. */
function services(texts: readonly string[]): string {
  const sections = new Map<string, string[]>();
  for (const [index, text] of texts.entries())
    for (const block of text.split(/^(?=[a-z][\w-]*:)/m)) {
      const [header = '', name = ''] = /^([a-z][\w-]*):[ ]*\n(?= {2}\S)/.exec(block) ?? [];
      const entries = name === 'services' ? block.slice(header.length).replace(/^( {2}[\w.-]+)(?=:)/gm, `$1${index || ''}`) : block;
      if (name === 'services') sections.set(name, [...(sections.get(name) ?? [header]), ends(entries)]);
      else if (!sections.has(name || block)) sections.set(name || block, [ends(entries)]);
    }
  return [...sections.values()].flat().join('');
}

const ends = (text: string): string => (text.endsWith('\n') ? text : `${text}\n`);

/** The rules whose findings differ between two looks at one text. */
export function differing(one: readonly Finding[], other: readonly Finding[]): readonly string[] {
  const said = (findings: readonly Finding[], rule: string): string =>
    JSON.stringify(findings.filter((each) => each.rule === rule).map(({ span, message, fixes }) => ({ span, message, fixes })));
  const ids = new Set([...one, ...other].map(({ rule }) => rule));
  return [...ids].filter((rule) => said(one, rule) !== said(other, rule));
}
