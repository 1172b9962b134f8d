import { literal } from '../../text/literal.ts';

/** Where each `$name` and `${name…}` of some names stands in a text of Compose; `$$` is no variable there. */
export function variableUses(text: string, names: readonly string[]): readonly number[] {
  const pattern = new RegExp(
    `\\$\\$|\\$(?:(?:${names.map(literal).join('|')})(?![A-Za-z0-9_])|\\{(?:${names.map(literal).join('|')})(?![A-Za-z0-9_])[^}]*\\}?)`,
    'g',
  );
  return [...text.matchAll(pattern)].flatMap((match) => (match[0] === '$$' ? [] : [match.index]));
}

/** Where `$name` or `${name…}` stands in a text; undefined when it does not. A special parameter (`$*`) is a name too. */
export function variableUse(text: string, name: string): { readonly index: number; readonly length: number } | undefined {
  const word = `${literal(name)}${/\w$/.test(name) ? '(?![A-Za-z0-9_])' : ''}`;
  const match = new RegExp(`\\$(?:${word}|\\{${word}[^}]*\\}?)`).exec(text);
  return match ? { index: match.index, length: match[0].length } : undefined;
}
