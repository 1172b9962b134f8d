import { findingsOf } from '../oracleWorld.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly name: string;
  readonly dockerfile: string;
  readonly expected: readonly { readonly rule: string; readonly line: number }[];
  readonly dockerignore?: string;
  readonly buildArgs?: Readonly<Record<string, string>>;
}

/** BuildKit's linter tests: exactly these rules on these lines. */
export const oracle: Oracle = {
  file: 'buildkit-lint.jsonl',
  measure: (rows) => [
    score('same rules and lines', 1, rows as readonly Row[], ({ name, dockerfile, expected, dockerignore, buildArgs = {} }) => {
      // BuildKit's experimental checks run only in their own tests.
      const experimental = /experimental=|Description/.test(dockerfile + name);
      const found = findingsOf(dockerfile, { files: dockerignore === undefined ? {} : { '.dockerignore': dockerignore }, buildArgs })
        .flatMap(({ also, line }) => also.filter((id) => id.startsWith('buildkit:')).map((id) => `${line} ${id.slice(9)}`))
        .filter((each) => experimental || !each.endsWith('InvalidDefinitionDescription'));
      const wanted = expected.map(({ rule, line }) => `${line} ${rule}`);
      return [...found].sort().join() === [...wanted].sort().join()
        ? undefined
        : `${name}: ${JSON.stringify(dockerfile)}\n      wants ${wanted.join(', ')}\n      finds ${found.join(', ')}`;
    }),
  ],
};
