import { isDeepStrictEqual } from 'node:util';
import { config } from '../../src/compose/config.ts';
import type { ComposeFile } from '../../src/compose/model.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly name: string;
  readonly yaml: string;
  readonly overrides: readonly string[];
  readonly want: string;
}

function modelOf(texts: readonly string[]): unknown {
  const paths = texts.map((_, index) => `p/${String(index)}.yaml`);
  const [first, ...rest] = texts.map((text, index): ComposeFile => parseCompose(paths[index] ?? '', text));
  if (!first) return undefined;
  const read = (path: string): string | undefined => texts[paths.indexOf(path)];
  return config([first, ...rest], { read, variable: () => undefined }, '/').model;
}

/** Files laid over each other give what the wanted file gives by itself. */
export const oracle: Oracle = {
  file: 'compose-merge.jsonl',
  measure: (rows) => [
    score('same model', 1, rows as readonly Row[], ({ name, yaml, overrides, want }) => {
      const found = modelOf([yaml, ...overrides]);
      const wanted = modelOf([want]);
      return isDeepStrictEqual(found, wanted) ? undefined : `${name}: ${JSON.stringify(wanted)} ≠ ${JSON.stringify(found)}`;
    }),
  ],
};
