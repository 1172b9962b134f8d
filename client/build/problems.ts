import type { Dockerfile } from '../../src/dockerfile/model.ts';
import { lineSpan, type Span } from '../../src/text/text.ts';
import type { BuildFailure } from './failure.ts';
import type { BuildWarning } from './progress.ts';

/** Something a build found, at its place in the Dockerfile. */
export interface BuildProblem {
  readonly severity: 'error' | 'warning';
  readonly span: Span;
  readonly message: string;
  /** BuildKit's rule and the page that explains it. */
  readonly code?: { readonly value: string; readonly url?: string };
}

/** Where what builds find is shown. */
export interface BuildProblems {
  /** Replaces what earlier builds of the file found. */
  set(path: string, problems: readonly BuildProblem[]): void;
}

export function problemsOf(dockerfile: Dockerfile, warnings: readonly BuildWarning[], failure?: BuildFailure): readonly BuildProblem[] {
  const { source } = dockerfile;
  const found = warnings.flatMap(({ rule, message, url, line, endLine = line }): BuildProblem[] => {
    if (line === undefined || endLine === undefined || endLine > source.lineStarts.length) return [];
    const span = { start: lineSpan(source, line - 1).start, end: lineSpan(source, endLine - 1).end };
    return [
      { severity: 'warning', span, message, ...(rule !== undefined && { code: { value: rule, ...(url !== undefined && { url }) } }) },
    ];
  });
  if (!failure) return found;
  // A failure without a place in the file is told all the same, where the file begins.
  const span = failure.span ?? lineSpan(source, 0);
  return [{ severity: 'error', span, message: failureText(failure) }, ...found];
}

/** What a person reads at the line that failed: what it said at last, why that is, and what to do. */
function failureText({ message, output, explanation }: BuildFailure): string {
  const parts = [message];
  if (explanation) parts.push([explanation.cause, ...explanation.fixes.map((fix) => `• ${fix}`)].join('\n'));
  if (output.length) parts.push(['It printed at last:', ...output.slice(-12)].join('\n'));
  return parts.join('\n\n');
}
