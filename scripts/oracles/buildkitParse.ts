import { isDeepStrictEqual } from 'node:util';
import { dump } from '../../src/dockerfile/dump.ts';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { lineAt } from '../../src/text/text.ts';
import { score, type Oracle } from '../oracle.ts';

interface Row {
  readonly name: string;
  readonly dockerfile: string;
  readonly shouldFail: boolean;
  readonly error?: string;
  readonly errorLines?: readonly number[];
  readonly ast?: readonly Record<string, unknown>[];
  readonly escape?: string;
}

// BuildKit's tests for its labs frontend before 1.14 refuse `--device`, which the current one takes.
const needsOldFrontend = (row: Row): boolean => row.error?.includes('1.14.0-labs') ?? false;

/** BuildKit's parser tests: the same instructions, and a fault where a build fails. */
export const oracle: Oracle = {
  file: 'buildkit-parse.jsonl',
  measure: (rows) => {
    const all = rows as readonly Row[];
    return [
      score(
        'same instructions',
        1,
        all.filter(({ ast }) => ast),
        ({ dockerfile, ast = [], name }) => {
          const found = dump(parseDockerfile('Dockerfile', dockerfile)).ast;
          const plain = JSON.parse(JSON.stringify(found)) as typeof ast;
          const wanted = ast.map(({ comments: _, ...row }) => row);
          const at = wanted.findIndex((row, index) => !isDeepStrictEqual(row, plain[index]));
          if (at < 0 && plain.length === wanted.length) return undefined;
          return `${name}: ${JSON.stringify(wanted[at])} ≠ ${JSON.stringify(plain[at])}`;
        },
      ),
      score(
        'refused at the right line',
        1,
        all.filter((row) => row.shouldFail && !needsOldFrontend(row)),
        ({ dockerfile, errorLines, error }) => {
          const { faults, source } = parseDockerfile('Dockerfile', dockerfile);
          const lines = faults.map(({ span }) => lineAt(source, span.start) + 1);
          if (faults.length && (!errorLines?.some(Boolean) || lines.some((line) => errorLines.includes(line)))) return undefined;
          return `${JSON.stringify(dockerfile)}: «${error ?? ''}» on ${String(errorLines)}, ours on ${String(lines)}`;
        },
      ),
      score(
        'accepted',
        1,
        all.filter((row) => !row.shouldFail && !row.error),
        ({ dockerfile }) => {
          const [fault] = parseDockerfile('Dockerfile', dockerfile).faults;
          return fault && `${JSON.stringify(dockerfile)}: ${fault.message}`;
        },
      ),
    ];
  },
};
