import { refusals, type ComposeCase } from '../composeCase.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row extends ComposeCase {
  readonly error: string;
  readonly newerInHead?: boolean;
}

/** Files that Compose refuses (those that newer versions take aside). */
export const oracle: Oracle = {
  file: 'compose-invalid.jsonl',
  measure: (rows) => [
    score(
      'refused',
      0.99,
      (rows as readonly Row[]).filter(({ newerInHead }) => !newerInHead),
      (row) => (refusals(row).length ? undefined : `${row.name}: ${row.error}`),
    ),
  ],
};
