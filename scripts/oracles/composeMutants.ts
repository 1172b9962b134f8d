import { refusals, type ComposeCase } from '../composeCase.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row extends ComposeCase {
  readonly kind: string;
  /** From zero; absent where the fault has no line of its own. */
  readonly line?: number;
  readonly valid: boolean;
  readonly error?: string;
}

/** Files with one fault each. */
export const oracle: Oracle = {
  file: 'compose-mutants.jsonl',
  measure: (rows) => {
    const all = rows as readonly Row[];
    return [
      score(
        'refused on the line',
        0.99,
        all.filter(({ valid }) => !valid),
        (row) => {
          const lines = refusals(row).map(({ line }) => line);
          if (typeof row.line === 'number' ? lines.includes(row.line + 1) : lines.length) return undefined;
          return `${row.name} (${String(row.line)}): ${row.error ?? ''}; ours on ${lines.join(', ')}`;
        },
      ),
      score(
        'not refused',
        0.99,
        all.filter(({ valid }) => valid),
        (row) => {
          const [found] = refusals(row);
          return found && `${row.name}: ${String(found.line)}: ${found.message}`;
        },
      ),
    ];
  },
};
