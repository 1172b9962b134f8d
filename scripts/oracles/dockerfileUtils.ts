import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { lint } from '../../src/lint/lint.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { positionAt, type Position } from '../../src/text/text.ts';
import { bareWorld, score, type Oracle } from '../oracle.ts';

interface Expected {
  readonly name: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity: number;
}
interface Row {
  readonly dockerfile: string;
  readonly expected: readonly Expected[];
  readonly disagrees?: boolean;
}

/** Which rule says the same. All other faults of dockerfile-utils are errors of a build: `syntax`. */
const ruleOf: Readonly<Record<string, string>> = {
  CASING_INSTRUCTION: 'instruction-uppercase',
  CASING_DIRECTIVE: 'directive-casing',
  DEPRECATED_MAINTAINER: 'maintainer-deprecated',
  EMPTY_CONTINUATION_LINE: 'empty-continuation-line',
  JSON_IN_SINGLE_QUOTES: 'json-single-quotes',
  MULTIPLE_INSTRUCTIONS: 'multiple-cmd',
  WORKDIR_IS_NOT_ABSOLUTE: 'workdir-relative',
};
const ids = new Set(['syntax', ...Object.values(ruleOf)]);
const asked = rules.filter(({ id, language }) => language === 'dockerfile' && ids.has(id));
function findings(text: string): readonly (Finding & { readonly start: Position; readonly end: Position })[] {
  const file = parseDockerfile('Dockerfile', text);
  const found = lint(file, asked, bareWorld(), { all: true, severities: {} }, (rule, error) => {
    throw new Error(rule, { cause: error });
  });
  return found.map((finding) => ({
    ...finding,
    start: positionAt(file.source, finding.span.start),
    end: positionAt(file.source, finding.span.end),
  }));
}

/** The validator of the Dockerfile language server most editors use. Rows that contradict BuildKit are left out. */
export const oracle: Oracle = {
  file: 'dockerfile-utils.jsonl',
  measure: (rows) => {
    const agreed = (rows as readonly Row[]).filter(({ disagrees }) => disagrees !== true);
    const faulty = agreed.flatMap(({ dockerfile, expected }) => expected.map((fault) => ({ dockerfile, fault })));
    const compare = (same: (fault: Expected, start: Position, end: Position) => boolean) => (row: (typeof faulty)[number]) => {
      const rule = ruleOf[row.fault.name] ?? 'syntax';
      const found = findings(row.dockerfile);
      if (found.some((each) => each.rule === rule && same(row.fault, each.start, each.end))) return undefined;
      const { start, end } = row.fault.range;
      const ours = found.map((each) => `${each.rule} ${each.start.line}:${each.start.character}-${each.end.line}:${each.end.character}`);
      return `${row.fault.name} ${start.line}:${start.character}-${end.line}:${end.character} ${JSON.stringify(row.dockerfile)}, ours ${ours.join(', ')}`;
    };
    return [
      score(
        'same fault, same line',
        0.98,
        faulty,
        compare(({ range }, start, end) => start.line <= range.start.line && range.start.line <= end.line),
      ),
      score(
        'same fault, same range',
        0.92,
        faulty,
        compare(
          ({ range }, start, end) =>
            start.line === range.start.line &&
            start.character === range.start.character &&
            end.line === range.end.line &&
            end.character === range.end.character,
        ),
      ),
      score(
        'quiet',
        1,
        agreed.filter(({ expected }) => !expected.some(({ severity }) => severity === 1)),
        ({ dockerfile }) => {
          const wrong = findings(dockerfile).find(({ rule }) => rule === 'syntax');
          return wrong && `${JSON.stringify(dockerfile)}: ${wrong.message}`;
        },
      ),
    ];
  },
};
