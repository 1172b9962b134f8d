import { expand } from '../../src/dockerfile/expand.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly input: string;
  readonly env: Readonly<Record<string, string>> | readonly string[];
  readonly expected?: string | readonly string[];
  readonly error?: string | boolean;
}

/** BuildKit's word expansion tests. */
export const oracle: Oracle = {
  file: 'buildkit-words.jsonl',
  measure: (rows) => [
    score('same expansion', 1, rows as readonly Row[], (row) => {
      const env = new Map(
        Array.isArray(row.env)
          ? row.env.map((pair: string) => [pair.slice(0, pair.indexOf('=')), pair.slice(pair.indexOf('=') + 1)] as const)
          : Object.entries(row.env),
      );
      const result = expand(row.input, (name) => env.get(name));
      const wanted = row.error ? undefined : row.expected;
      const found = result.ok ? (Array.isArray(wanted) ? result.words : result.text) : undefined;
      return JSON.stringify(found) === JSON.stringify(wanted) ? undefined : `${JSON.stringify(row)} ≠ ${JSON.stringify(result)}`;
    }),
  ],
};
