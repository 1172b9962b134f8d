import { hoverDockerfile } from '../../../src/assist/dockerfile/hover.ts';
import type { Dockerfile } from '../../../src/dockerfile/model.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';
import { offsetAt } from '../../../src/text/text.ts';
import { completion, exact, named, numbers, rangeOf, same, wanted, world, type Item, type Row } from '../dockerfileLs.ts';

/** What we answer otherwise on purpose. */
const differences: readonly {
  readonly op: string;
  readonly reason: string;
  readonly applies: (row: Row, file: Dockerfile, offset: number) => boolean;
}[] = [
  {
    op: 'computeDefinition',
    reason: 'a variable leads to the declaration nearest above, where it has its value from; that server leads to the first one',
    applies: ({ expected }, file, offset) => {
      const declared = (named(file, offset)?.places ?? []).filter(({ write }) => write).map(({ span }) => rangeOf(file, span));
      return declared.length > 1 && declared.some((range) => same(range, expected));
    },
  },
  {
    op: 'computeFoldingRanges',
    reason: 'the rows have lost how many folds their client takes; the server applies such a limit',
    applies: (row, file) => {
      const [answer, want] = [exact['computeFoldingRanges']?.(file, 0, row), wanted(row)] as [readonly unknown[], readonly unknown[]];
      return want.length < answer.length && same(answer.slice(0, want.length), want);
    },
  },
  {
    op: 'computeSemanticTokens',
    reason: 'what a shell reads, and heredocs, are coloured by their language; without that the case comes out the same',
    applies: ({ expected }, file) => same(numbers(file, false), expected),
  },
  {
    op: 'computeSemanticTokens',
    reason: 'a quote behind an escape begins and ends no string',
    applies: ({ dockerfile = '' }) => /\\["']/.test(dockerfile),
  },
  {
    op: 'computeSemanticTokens',
    reason: 'what looks like a directive but is none is a comment, and ends where its text ends',
    applies: ({ dockerfile = '' }) => /^#[ \t]*(?!syntax|escape|check)\w+[ \t]*=|#.*[ \t]\r?$/m.test(dockerfile),
  },
  {
    op: 'computeCompletionItems',
    reason: 'docker/dockerfile:1 is offered, not the experimental frontend that has been left behind',
    applies: (row, file, offset) => without(row, file, offset, ({ label }) => label === 'syntax=docker/dockerfile:experimental'),
  },
  {
    op: 'computeSemanticTokens',
    reason: 'an ARG declares each of its names, also those behind a line end',
    applies: ({ dockerfile = '' }) => /^ARG[ \t]+\w+[ \t]+\\\n/m.test(dockerfile),
  },
  {
    op: 'computeCompletionItems',
    reason: 'a build refuses a flag that is given twice',
    applies: (row, file, offset) =>
      without(row, file, offset, ({ label }) => (row.dockerfile ?? '').includes(` ${label.replace(/=.*/, '=')}`)),
  },
  {
    op: 'computeCompletionItems',
    reason: 'before the first FROM only ARG and FROM can stand',
    applies: (row, file, offset) => offset === 0 && file.stages.length > 0 && !(row.dockerfile ?? '').startsWith('#'),
  },
  {
    op: 'computeCompletionItems',
    reason: 'a stage cannot copy from itself',
    applies: (row, file, offset) => {
      const own = file.stages.findLast(({ span }) => span.start <= offset)?.name?.value;
      return without(row, file, offset, ({ label }) => label === own);
    },
  },
  {
    op: 'computeCompletionItems',
    reason: 'a keyword in lower case is completed as one in upper case is',
    applies: ({ dockerfile = '', expected }, _file, offset) =>
      (expected as readonly Item[]).length === 0 && /(?:^|\n)[ \t]*[a-z]+$/.test(dockerfile.slice(0, offset)),
  },
  {
    op: 'computeCompletionItems',
    reason: 'a directive without a value is none and ends them; one that is written whole is not offered into itself',
    applies: ({ dockerfile = '' }, { directives }, offset) =>
      /^#[ \t]*(?:escape|syntax|check)=[ \t]*$/m.test(dockerfile.slice(0, offset)) ||
      directives.some(({ span }) => span.start < offset && offset < span.end),
  },
  {
    op: 'computeCompletionItems',
    reason: 'flags that stand behind a lone dash are written already',
    applies: ({ dockerfile = '' }, _file, offset) => /^- .*--\w/.test(dockerfile.slice(offset)),
  },
  {
    op: 'computeHover',
    reason: 'a variable that has no value says so',
    applies: ({ expected }, file, offset) =>
      expected === null && /has no value here/.test(hoverDockerfile(file, offset, world)?.markdown ?? ''),
  },
  {
    op: 'computeHover',
    reason: 'of an ENV and an ARG of one name the later one holds in its stage, as a build has it',
    applies: ({ dockerfile = '' }, file, offset) => {
      const name = named(file, offset)?.name ?? '';
      return new RegExp(`^ENV ${name}=[^]*^ARG ${name}=`, 'm').test(dockerfile);
    },
  },
  {
    op: 'computeSignatureHelp',
    reason: 'an instruction reads the same behind ONBUILD as without it',
    applies: (row, file, offset) => {
      const text = (row.dockerfile ?? '').replace(/^ONBUILD[ \t]+/, '');
      const gone = file.source.text.length - text.length;
      const alone = parseDockerfile('Dockerfile', text);
      return (
        gone > 0 && same(exact['computeSignatureHelp']?.(alone, offset - gone, row), exact['computeSignatureHelp']?.(file, offset, row))
      );
    },
  },
  {
    op: 'computeSemanticTokens',
    reason: 'a substitution ends at its brace, whatever quote stands in it',
    applies: ({ dockerfile = '' }) => /\$\{\w+:[^}'"]*(?:'[^}']*|"[^}"]*)\}/.test(dockerfile),
  },
  {
    op: 'computeSemanticTokens',
    reason: 'a value ends where its text ends, not behind the blank before the escape',
    applies: ({ expected, dockerfile = '' }, file) => {
      const [ours, theirs] = [numbers(file, true), expected as readonly number[]];
      return (
        /[ \t]\\\r?\n/.test(dockerfile) &&
        ours.length === theirs.length &&
        ours.every((each, at) => each === theirs[at] || (at % 5 === 2 && each + 1 === theirs[at]))
      );
    },
  },
  {
    op: 'formatRange',
    reason: 'a line that goes on with a word is not indented: the word would become two',
    applies: ({ dockerfile = '' }) => /[^\s\\`][\\`][ \t]*\r?\n\S/.test(dockerfile),
  },
  {
    op: '',
    reason: 'a lone carriage return ends no line for a build',
    applies: ({ dockerfile = '' }) => /\r(?!\n)/.test(dockerfile),
  },
];

/** Whether a completion is right but for some of the expected items. */
const without = ({ expected }: Row, file: Dockerfile, offset: number, left: (item: Item) => boolean): boolean => {
  const items = expected as readonly Item[];
  const rest = items.filter((item) => !left(item));
  return rest.length < items.length && (!rest.length || completion(file, offset, rest) === undefined);
};

/** Why a row is answered otherwise on purpose; undefined when it is not. */
export function deliberate(row: Row): string | undefined {
  const file = parseDockerfile('Dockerfile', row.dockerfile ?? '');
  const [line = 0, character = 0] = row.position ?? [];
  const offset = offsetAt(file.source, { line, character });
  return differences.find(({ op, applies }) => (op === '' || op === row.op) && applies(row, file, offset))?.reason;
}
