import { findingsOf } from '../oracleWorld.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly name: string;
  readonly dockerfile: string;
  readonly warnings: readonly { readonly rule: string; readonly line: number }[];
  readonly error?: { readonly message: string };
}

const syntax = (dockerfile: string): readonly string[] =>
  findingsOf(dockerfile).flatMap(({ rule, line, message }) => (rule === 'syntax' ? [`${line} ${message}`] : []));

/** The Dockerfiles in BuildKit's other tests: what it refuses is an error, the others have exactly its warnings. */
export const oracle: Oracle = {
  file: 'buildkit-corpus.jsonl',
  measure: (all) => {
    const rows = all as readonly Row[];
    return [
      score(
        'refused',
        1,
        rows.filter(({ error }) => error !== undefined),
        ({ name, dockerfile, error }) =>
          syntax(dockerfile).length ? undefined : `${name}: ${JSON.stringify(dockerfile)}\n      BuildKit: ${error?.message ?? ''}`,
        ({ dockerfile }) =>
          dockerfile.includes('{{')
            ? 'a template that the test fills in: left alone'
            : /SOURCE_DATE_EPOCH/.test(dockerfile)
              ? 'where the build takes SOURCE_DATE_EPOCH from, contexts given on its command line included'
              : undefined,
      ),
      score(
        'accepted, same warnings',
        1,
        rows.filter(({ error }) => error === undefined),
        ({ name, dockerfile, warnings }) => {
          const found = findingsOf(dockerfile)
            .flatMap(({ also, line }) => also.filter((id) => id.startsWith('buildkit:')).map((id) => `${line} ${id.slice(9)}`))
            .filter((each) => !each.endsWith('InvalidDefinitionDescription'));
          const wanted = warnings.map(({ rule, line }) => `${line} ${rule}`);
          const wrong = syntax(dockerfile);
          return !wrong.length && [...found].sort().join() === [...wanted].sort().join()
            ? undefined
            : `${name}: ${JSON.stringify(dockerfile)}\n      wants ${wanted.join(', ')}\n      finds ${[...found, ...wrong].join(', ')}`;
        },
      ),
    ];
  },
};
