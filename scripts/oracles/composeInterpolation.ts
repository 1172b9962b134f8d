import { isDeepStrictEqual } from 'node:util';
import type { Complaint } from '../../src/compose/complaint.ts';
import { fill } from '../../src/compose/fill.ts';
import { substitute } from '../../src/compose/interpolate.ts';
import { plainOf } from '../../src/compose/nodes.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly template?: string;
  readonly config?: unknown;
  readonly env: Readonly<Record<string, string>>;
  readonly result?: unknown;
  readonly error?: string;
}

/** Texts become numbers and booleans only later, by their key: here all are compared as texts. */
const asTexts = (value: unknown): unknown =>
  Array.isArray(value)
    ? value.map(asTexts)
    : typeof value === 'object' && value !== null
      ? Object.fromEntries(Object.entries(value).map(([key, each]) => [key, asTexts(each)]))
      : String(value);

/** Compose's tests of variables. */
export const oracle: Oracle = {
  file: 'compose-interpolation.jsonl',
  measure: (rows) => [
    score('same result', 1, rows as readonly Row[], (row) => {
      const get = (name: string): string | undefined => (Object.hasOwn(row.env, name) ? row.env[name] : undefined);
      let found: unknown;
      if (row.template !== undefined) {
        const result = substitute(row.template, get);
        found = result.ok ? result.text : undefined;
      } else {
        const complaints: Complaint[] = [];
        const { root } = parseCompose('compose.yaml', JSON.stringify(row.config));
        if (root) found = plainOf(fill(root, { get, expected: () => false }, (complaint) => complaints.push(complaint)));
        if (complaints.length) found = undefined;
      }
      const wanted = row.error === undefined ? row.result : undefined;
      return isDeepStrictEqual(asTexts(found), asTexts(wanted)) ? undefined : `${JSON.stringify(row)} ≠ ${JSON.stringify(found)}`;
    }),
  ],
};
