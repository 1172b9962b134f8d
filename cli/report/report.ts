import type { Document } from '../../src/document.ts';
import type { AnyRule, Finding, Severity } from '../../src/lint/rule.ts';
import { positionAt } from '../../src/text/text.ts';

export interface Checked {
  readonly document: Document;
  readonly findings: readonly Finding[];
}

/** Turns findings into what is printed. */
export type Report = (checked: readonly Checked[], rules: readonly AnyRule[]) => string;

/** Lines and columns from 1. */
export interface Place {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

export function place({ source }: Document, { span }: Finding): Place {
  const start = positionAt(source, span.start);
  const end = positionAt(source, span.end);
  return { line: start.line + 1, column: start.character + 1, endLine: end.line + 1, endColumn: end.character + 1 };
}

export function count(checked: readonly Checked[]): Record<Severity, number> {
  const counts = { error: 0, warning: 0, info: 0, hint: 0 };
  for (const { findings } of checked) for (const { severity } of findings) counts[severity]++;
  return counts;
}
