import type { Comment } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';
import { lineAt, lineBreak, type Source } from '../../text/text.ts';

export default dockerfileRule({
  id: 'definition-description',
  severity: 'hint',
  enabled: false,
  title: 'Begin the comment above an ARG or a stage with its name',
  why: '`docker build --call=outline` shows the comment above an ARG or a named stage as its description, when it begins with the name.',
  also: ['buildkit:InvalidDefinitionDescription'],
  examples: [
    {
      bad: '# which Python\n«ARG PYTHON=3.12»\n# the compilers\n«FROM python:3.12 AS build»\n',
      good: '# PYTHON which Python\nARG PYTHON=3.12\n# build the compilers\nFROM python:3.12 AS build\n',
    },
    { good: '# PYTHON is the version of Python\nARG PYTHON=3.12\n\n# free remarks stand apart\n\nFROM python:3.12 AS build\n' },
  ],
  *check({ source, instructions, comments, directives }) {
    for (const { keyword, span, args, pairs = [] } of instructions) {
      const names = keyword === 'ARG' ? pairs.map(({ name }) => name.value) : keyword === 'FROM' && args[2] ? [args[2].value] : [];
      const line = lineAt(source, span.start);
      const comment = comments.find((each) => lineAt(source, each.span.start) === line - 1);
      if (!names.length || !comment || directives.some((directive) => directive.span.start === comment.span.start)) continue;
      const [name = ''] = names;
      if (names.length === 1 && comment.text.startsWith(`${name} `)) continue;
      // A line of signs sets parts of the file apart.
      if (/^[^\w]*$/.test(comment.text) && comment.text !== '') continue;
      const above = comments.some((each) => lineAt(source, each.span.start) === line - 2);
      yield {
        span,
        fixes: [
          ...(names.length === 1 && !above && /^\w/.test(comment.text) ? [begin(source, comment, name)] : []),
          {
            title: 'Set the comment apart',
            safe: false,
            edits: [{ span: { start: comment.span.end, end: comment.span.end }, text: lineBreak(source) }],
          },
        ],
        message:
          names.length === 1
            ? `The comment above does not begin with «${name}», so it is not shown as its description.`
            : 'A comment can describe one ARG: give each its own line.',
      };
    }
  },
});

/** The name in front of what the comment says. */
function begin(source: Source, { span, text }: Comment, name: string): Fix {
  const at = span.start + 1 + source.text.slice(span.start + 1, span.end).indexOf(text);
  return { title: `Begin it with ${name}`, safe: false, edits: [{ span: { start: at, end: at }, text: `${name} ` }] };
}
