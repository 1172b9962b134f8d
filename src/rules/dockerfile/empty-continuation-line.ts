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
    {
      title: 'BuildKit names the last line of a file that its last escape leaves open',
      bad: 'FROM alpine:3.22\nRUN apk add \\\n\n    curl \\\n«# nothing follows»\n',
    },
    { title: 'a comment may stand there', good: 'FROM alpine:3.22\nRUN apk add \\\n    # for the health check\n    curl\n' },
  ],
  *check({ source, instructions, escape }) {
    for (const { blankLines, body } of instructions) {
      if (!blankLines.length) continue;
      const edits = blankLines.map(({ start }) => ({
        span: { start, end: source.lineStarts[lineAt(source, start) + 1] ?? source.text.length },
        text: '',
      }));
      // Where only blank lines and comments follow its last escape, BuildKit has read to the end of the file.
      const open = /^[ \t]*(\S)/.exec(source.text.slice(body.span.end))?.[1] === escape;
      const end = open ? source.text.length - (source.text.endsWith('\n') ? 1 : 0) : body.span.end;
      yield {
        span: lineSpan(source, lineAt(source, end)),
        message: `${blankLines.length === 1 ? 'A blank line stands' : 'Blank lines stand'} inside this instruction; BuildKit will refuse that.`,
        fixes: [{ title: 'Remove the blank lines', safe: true, edits }],
      };
    }
  },
});
