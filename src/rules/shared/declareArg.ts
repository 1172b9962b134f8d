import type { Dockerfile, Stage } from '../../dockerfile/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan } from '../../text/text.ts';

/** Lets a stage see an ARG that is declared before FROM, or that a build sets by itself. */
export function declareArg(file: Dockerfile, { from }: Stage, name: string): Fix {
  const end = lineSpan(file.source, lineAt(file.source, Math.max(from.span.start, from.span.end - 1))).end;
  return {
    title: `Declare ARG ${name} in this stage`,
    safe: true,
    edits: [{ span: { start: end, end }, text: `${lineBreak(file.source)}ARG ${name}` }],
  };
}
