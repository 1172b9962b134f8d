import { refusals, type ComposeCase } from '../composeCase.ts';
import { score, type Oracle } from '../oracle.ts';

/** Files that Compose takes: nothing is refused. */
export const oracle: Oracle = {
  file: 'compose-valid.jsonl',
  measure: (rows) => [
    score('nothing refused', 1, rows as readonly ComposeCase[], (row) => {
      const found = refusals(row);
      return found.length ? `${row.name}: ${found.map(({ line, message }) => `${String(line)}: ${message}`).join(' | ')}` : undefined;
    }),
  ],
};
