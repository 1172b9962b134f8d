import { literal } from '../../text/literal.ts';

/** Where `$name` or `${name…}` stands in a text; undefined when it does not. A special parameter (`$*`) is a name too. */
export function variableUse(text: string, name: string): { readonly index: number; readonly length: number } | undefined {
  const word = literal(name);
  const match = new RegExp(`\\$(?:${word}(?![A-Za-z0-9_])|\\{${word}(?![A-Za-z0-9_])[^}]*\\}?)`).exec(text);
  return match ? { index: match.index, length: match[0].length } : undefined;
}
