import { instructionSpec } from '../../dockerfile/instructions.ts';
import type { Dockerfile, Heredoc, Instruction } from '../../dockerfile/model.ts';
import type { Fix } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan, slice, type Span } from '../../text/text.ts';

/** What would end the heredoc that is opened at a place and never closed. */
export function closeHeredoc(file: Dockerfile, opener: Span): readonly Fix[] {
  for (const instruction of file.instructions)
    for (const heredoc of instruction.heredocs)
      if (heredoc.opener.start === opener.start && !heredoc.terminator) return closings(file, instruction, heredoc);
  return [];
}

function closings({ source }: Dockerfile, { keywordSpan }: Instruction, { name, content }: Heredoc): readonly Fix[] {
  const eol = lineBreak(source);
  const first = lineAt(source, content.start);
  const lines = source.lineStarts.slice(first).flatMap((start, at) => (start < content.start ? [] : [lineSpan(source, first + at)]));
  const meant = lines.find(
    (span) =>
      slice(source, span)
        .replace(/[;\s]+$/, '')
        .trimStart() === name,
  );
  if (meant)
    return [{ title: `Write ${name} alone in line ${lineAt(source, meant.start) + 1}`, safe: false, edits: [{ span: meant, text: name }] }];
  const fixes: Fix[] = [];
  const keyword = slice(source, keywordSpan);
  const next = lines.findIndex((span) => beginsInstruction(slice(source, span), keyword));
  if (next >= 0) {
    let at = next;
    // Comments and blank lines above an instruction belong to it.
    while (at > 0 && /^(?:\s*|#.*)$/.test(slice(source, lines[at - 1] ?? content))) at--;
    const start = lines[at]?.start ?? content.start;
    const line = lineAt(source, start);
    fixes.push({
      title: `Close ${name} after line ${line}`,
      safe: false,
      edits: [{ span: { start, end: start }, text: name + eol }],
    });
  }
  const end = source.text.length;
  const open = end > 0 && !/[\r\n]$/.test(source.text);
  fixes.push({
    title: `Close ${name} at the end of the file`,
    safe: false,
    edits: [{ span: { start: end, end }, text: open ? eol + name : name + eol }],
  });
  return fixes;
}

/** Whether a line looks like an instruction, written in capitals or not as the file's others. */
function beginsInstruction(line: string, like: string): boolean {
  const keyword = /^([A-Za-z]+)[ \t]+\S/.exec(line)?.[1];
  return (
    keyword !== undefined &&
    (keyword === keyword.toUpperCase()) === (like === like.toUpperCase()) &&
    instructionSpec(keyword.toUpperCase()) !== undefined
  );
}
