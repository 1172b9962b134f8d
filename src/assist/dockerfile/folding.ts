import type { Dockerfile } from '../../dockerfile/model.ts';
import { lineAt, lineSpan } from '../../text/text.ts';
import type { Fold } from '../model.ts';

/** Runs of comment lines, instructions over several lines, heredocs and stages. */
export function foldsInDockerfile(file: Dockerfile): readonly Fold[] {
  const { source, comments, instructions, stages } = file;
  const folds: Fold[] = [];
  const line = (offset: number): number => lineAt(source, offset);
  let first: number | undefined;
  let last = -1;
  const close = (): void => {
    if (first !== undefined && last > first)
      folds.push({ start: lineSpan(source, first).end, end: lineSpan(source, last).end, kind: 'comment' });
  };
  for (const { span } of comments) {
    if (file.directives.some((directive) => directive.span.start === span.start)) continue;
    const at = line(span.start);
    if (first === undefined || at !== last + 1) {
      close();
      first = at;
    }
    last = at;
  }
  close();
  for (const { span, body, heredocs } of instructions) {
    const end = Math.max(heredocs.length ? (heredocs.at(-1)?.terminator?.end ?? span.end) : 0, span.end);
    const trimmed = source.text.slice(body.span.start, end).trimEnd().length + body.span.start;
    const to = Math.max(span.start, trimmed);
    if (line(to) > line(span.start)) folds.push({ start: lineSpan(source, line(span.start)).end, end: lineSpan(source, line(to)).end });
  }
  if (stages.length > 1)
    for (const { span } of stages) {
      const to = span.start + source.text.slice(span.start, span.end).trimEnd().length;
      if (line(to) > line(span.start))
        folds.push({ start: lineSpan(source, line(span.start)).end, end: lineSpan(source, line(to)).end, kind: 'region' });
    }
  return folds.sort((a, b) => a.start - b.start);
}
