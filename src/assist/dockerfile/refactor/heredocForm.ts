import type { Dockerfile } from '../../../dockerfile/model.ts';
import { lineBreak, slice, type Span } from '../../../text/text.ts';
import type { Refactoring } from '../../model.ts';
import { chainOf, hidesFailures, stopsOnFailure, type Step } from './chain.ts';
import { commentsIn, touchedInside } from './layout.ts';

/** Writes a `&&` chain as a script in a heredoc that ends at the first failure, as the chain does. */
export function heredocForm(file: Dockerfile, selection: Span): readonly Refactoring[] {
  const [run, other] = touchedInside(file, selection);
  const chain = run && chainOf(file, run);
  if (!chain || other || chain.steps.length < 2 || !knowsHeredocs(file)) return [];
  const [first] = chain.steps;
  if (chain.steps.some((step, index) => !same(file, step, index))) return [];
  const newline = lineBreak(file.source);
  const lines = first && stopsOnFailure(first) ? [] : ['set -e'];
  let at = run.flags.at(-1)?.span.end ?? run.keywordSpan.end;
  const { end } = chain.span;
  const gap = at;
  for (const step of chain.steps) {
    lines.push(...commentsIn(file, { start: at, end: step.span.start }), scriptText(file, step));
    at = step.span.end;
  }
  lines.push(...commentsIn(file, { start: end, end: run.span.end }));
  const name = ['EOF', 'END', 'SCRIPT', 'RUN_SCRIPT'].find((each) => !lines.some((line) => line.includes(each)));
  if (name === undefined) return [];
  const text = ` <<${name}${newline}${lines.join(newline)}${newline}${name}`;
  return [{ title: 'Write it as a heredoc', kind: 'rewrite', edits: [{ span: { start: gap, end: Math.max(end, run.span.end) }, text }] }];
}

/** Frontends before 1.4 have no heredocs. */
const knowsHeredocs = ({ directives }: Dockerfile): boolean =>
  !directives.some(({ name, value }) => name === 'syntax' && /^docker\/dockerfile:(?:experimental|1\.[0-3](?!\d))/.test(value));

/** Whether a step does the same in a chain and on a line after `set -e`. */
function same({ comments, source }: Dockerfile, step: Step, index: number): boolean {
  const { span, joint, text, commands } = step;
  if ((index && joint !== '&&') || /^!\s|^\w+\s*\(\)/.test(text)) return false;
  // In single quotes a build takes a continuation away, and a shell does not.
  if (commands.some(({ words }) => words.some((word) => word.text.includes("'") && slice(source, word.span).includes('\n')))) return false;
  // Comments between the lines of one command have no place in a script.
  return !hidesFailures(step) && !comments.some((comment) => span.start < comment.span.start && comment.span.start < span.end);
}

/** A step for a shell: lines go on with a backslash, whatever the Dockerfile's escape is. */
function scriptText(file: Dockerfile, { span }: Step): string {
  const written = slice(file.source, span);
  return file.escape === '\\' ? written : written.replace(/`([ \t]*\r?\n)/g, '\\$1');
}
