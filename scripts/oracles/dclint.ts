import { open } from '../../src/core.ts';
import { lint } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { bareWorld, score, type Oracle } from '../oracle.ts';

interface Row {
  readonly rule: string;
  readonly yaml: string;
  readonly triggers: boolean;
  readonly options?: Readonly<Record<string, unknown>>;
  readonly test: string;
}

const world = bareWorld();

/** dclint's own tests: its rule is named exactly where it reports. */
export const oracle: Oracle = {
  file: 'dclint.jsonl',
  measure: (rows) => [
    // One test sets an option that we do not have; one takes a range of host ports for one container as taken whole.
    score('triggers or not', 0.94, rows as readonly Row[], ({ rule, yaml, triggers, test }) => {
      const document = open('compose.yaml', yaml, 'compose');
      const found = lint(document, rules, world, { all: true, severities: {} }, () => undefined).some(({ also }) =>
        also.includes(`dclint:${rule}`),
      );
      return found === triggers ? undefined : `${rule} ${triggers ? 'missed' : 'reported'}: ${test}`;
    }),
  ],
};
