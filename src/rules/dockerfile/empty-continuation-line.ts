import { dockerfileRule } from '../../lint/rule.ts';
import { lineAt, lineSpan } from '../../text/text.ts';

export default dockerfileRule({
  id: 'empty-continuation-line',
  severity: 'warning',
  title: 'Leave no blank line inside an instruction',
  why: 'After a `\\`, a blank line is passed over today, and BuildKit has announced that it will be an error. It also looks like the end of the instruction and is not.',
  also: ['buildkit:NoEmptyContinuation'],
  examples: [
    { bad: 'FROM alpine:3.22\nRUN apk add \\\n\n«    curl»\n', good: 'FROM alpine:3.22\nRUN apk add \\\n    curl\n' },
    { title: 'a comment may stand there', good: 'FROM alpine:3.22\nRUN apk add \\\n    # for the health check\n    curl\n' },
  ],
  *check({ source, instructions }) {
    for (const { blankLines, body } of instructions) {
      if (!blankLines.length) continue;
      const edits = blankLines.map(({ start }) => ({
        span: { start, end: source.lineStarts[lineAt(source, start) + 1] ?? source.text.length },
        text: '',
      }));
      // Where the file ends with blank lines, the instruction ends with the last of them.
      const end = Math.max(body.span.end, blankLines.at(-1)?.start ?? 0);
      yield {
        span: lineSpan(source, lineAt(source, end)),
        message: `${blankLines.length === 1 ? 'A blank line stands' : 'Blank lines stand'} inside this instruction; BuildKit will refuse that.`,
        fixes: [{ title: 'Remove the blank lines', safe: true, edits }],
      };
    }
  },
});
