import { findingsOf } from '../oracleWorld.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly rule: string;
  readonly name: string;
  readonly bad: boolean;
  readonly dockerfile: string;
  readonly engineAgrees: boolean;
}

/** The examples of BuildKit's own pages: the bad ones report the rule, the good ones do not. */
export const oracle: Oracle = {
  file: 'buildkit-docs-examples.jsonl',
  measure: (rows) => [
    score(
      'same verdict',
      1,
      (rows as readonly Row[]).filter(({ engineAgrees }) => engineAgrees),
      ({ rule, name, bad, dockerfile }) => {
        const found = findingsOf(dockerfile).some(({ also }) => also.includes(`buildkit:${rule}`));
        return found === bad ? undefined : `${name} (${bad ? 'bad' : 'good'}): ${JSON.stringify(dockerfile)}`;
      },
    ),
  ],
};
