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
/** What comes out otherwise on purpose. */
const differences: readonly { readonly reason: string; readonly applies: (fault: Expected, dockerfile: string) => boolean }[] = [
  {
    reason: 'where FROM is missing altogether, the end of the file is marked, not its first character',
    applies: ({ name }) => name === 'NO_SOURCE_IMAGE',
  },
  {
    reason: 'blank lines are reported where BuildKit reports them: at the line that the instruction ends with',
    applies: ({ name }) => name === 'EMPTY_CONTINUATION_LINE',
  },
  {
    reason: 'a build refuses MAINTAINER behind ONBUILD: that error is said, and not the warning as well',
    applies: ({ name }, dockerfile) => name === 'DEPRECATED_MAINTAINER' && /^\s*ONBUILD\s+MAINTAINER/im.test(dockerfile),
  },
  {
    reason: 'the base image may set a variable that nothing in the file sets',
    applies: ({ name }, dockerfile) =>
      name === 'INVALID_SIGNAL' && /^STOPSIGNAL \$\w+$/m.test(dockerfile) && !/^(?:ENV|ARG)/m.test(dockerfile),
  },
  {
    reason: 'an escape at the end of the file continues its last line and is no part of the value',
    applies: (_, dockerfile) => /\\[ \t]*$/.test(dockerfile),
  },
];
const deliberate = ({ fault, dockerfile }: { readonly fault: Expected; readonly dockerfile: string }): string | undefined =>
  differences.find(({ applies }) => applies(fault, dockerfile))?.reason;

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
        1,
        faulty,
        compare(({ range }, start, end) => start.line <= range.start.line && range.start.line <= end.line),
        deliberate,
      ),
      score(
        'same fault, same range',
        1,
        faulty,
        compare(
          ({ range }, start, end) =>
            start.line === range.start.line &&
            start.character === range.start.character &&
            end.line === range.end.line &&
            end.character === range.end.character,
        ),
        deliberate,
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
