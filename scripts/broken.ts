import { languageOf, open } from '../src/core.ts';
import type { Dockerfile, Instruction } from '../src/dockerfile/model.ts';
import { variablesAt } from '../src/dockerfile/scope.ts';
import { commandsOf } from '../src/dockerfile/shell/scripts.ts';
import { defaultLintConfig, lint } from '../src/lint/lint.ts';
import { rules } from '../src/rules/index.ts';
import { bareWorld } from './oracle.ts';
import type { Span } from '../src/text/text.ts';

const world = bareWorld();

const longest = 100;

/**
 * Opens a text (and runs every rule on it, when `all`): the milliseconds that reading it took, or a sentence on what is broken:
 * it throws, takes more than 100 ms three times over, or a span lies outside the text.
 */
export function broken(path: string, text: string, all: boolean): number | string {
  const language = languageOf(path);
  if (!language) return `«${path}» is in none of our languages`;
  try {
    let took = timed(() => open(path, text, language));
    // The first reading compiles, and memory may be swept: only what is slow every time is slow.
    for (let again = 0; took > longest && again < 2; again++)
      took = Math.min(
        took,
        timed(() => open(path, text, language)),
      );
    if (took > longest) return `reading takes ${took.toFixed(0)} ms`;
    const document = open(path, text, language);
    if (document.language === 'dockerfile') {
      const wrong = outside(document);
      if (wrong) return wrong;
    }
    if (all) {
      let failed: string | undefined;
      const findings = lint(document, rules, world, { ...defaultLintConfig, all: true }, (rule, error) => {
        failed ??= `the rule ${rule} fails: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
      });
      if (failed !== undefined) return failed;
      for (const { rule, span, fixes = [] } of findings)
        for (const place of [span, ...fixes.flatMap(({ edits }) => edits.map((edit) => edit.span))])
          if (!inside(place, 0, text.length)) return `the rule ${rule} points outside the text: ${JSON.stringify(place)}`;
    }
    return took;
  } catch (error) {
    return `throws ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`;
  }
}

/** Milliseconds of processor time: what other programs do meanwhile does not count. */
function timed(work: () => unknown): number {
  const start = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const inside = ({ start, end }: Span, from: number, to: number): boolean => from <= start && start <= end && end <= to;

/** What a Dockerfile's model says about places, put to the test. */
function outside(file: Dockerfile): string | undefined {
  const { text } = file.source;
  const wrong = (what: string, span: Span): string => `${what} lies outside its surroundings: ${JSON.stringify(span)}`;
  let last = 0;
  for (const instruction of file.instructions) {
    const { span } = instruction;
    if (!inside(span, last, text.length)) return wrong('an instruction', span);
    last = span.end;
    const bad = partsOf(file, instruction).find(([, part]) => !inside(part, span.start, span.end));
    if (bad) return wrong(`${bad[0]} of ${instruction.keyword}`, bad[1]);
  }
  // Blank lines behind a last continuation stand after their instruction.
  const blank = file.instructions.flatMap(({ blankLines }) => blankLines.map((span) => ({ span })));
  for (const { span } of [...file.comments, ...file.directives, ...file.faults, ...file.stages, ...blank])
    if (!inside(span, 0, text.length)) return wrong('a comment, directive, fault or stage', span);
  for (const stage of file.stages) variablesAt(file, stage);
  return undefined;
}

function partsOf(file: Dockerfile, instruction: Instruction): (readonly [string, Span])[] {
  const { keywordSpan, args, flags, body, heredocs, pairs = [], json = [], trigger } = instruction;
  return [
    ['the keyword', keywordSpan],
    ['the body', body.span],
    ...[...args, ...json].map((word) => ['an argument', word.span] as const),
    ...flags.flatMap(({ span, value }) => [['a flag', span] as const, ...(value ? [['a flag’s value', value.span] as const] : [])]),
    ...pairs.flatMap(({ span, name, value }) => [span, name.span, ...(value ? [value.span] : [])].map((part) => ['a pair', part] as const)),
    ...heredocs.flatMap(({ opener, content }) => [['a heredoc’s opener', opener] as const, ['a heredoc’s content', content] as const]),
    ...commandsOf(file, instruction).flatMap(({ span, words }) =>
      [span, ...words.map((word) => word.span)].map((part) => ['a command', part] as const),
    ),
    ...(trigger ? partsOf(file, trigger) : []),
  ];
}
