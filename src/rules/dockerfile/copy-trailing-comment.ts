import type { Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineAt, lineBreak, lineSpan, slice } from '../../text/text.ts';

export default dockerfileRule({
  id: 'copy-trailing-comment',
  severity: 'error',
  title: 'Put a comment on a line of its own',
  why: 'In a Dockerfile, `#` begins a comment only at the start of a line. After the arguments of COPY it is one more source, after WORKDIR part of the folder’s name, after USER part of the user’s, and it turns a JSON `CMD` into a shell command. In RUN it is harmless: the shell reads it.',
  looksAt: ['* #'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCOPY requirements.txt . «# first, for the cache»\n',
      good: 'FROM python:3.12-slim\n# first, for the cache\nCOPY requirements.txt .\n',
    },
    { bad: 'FROM python:3.12-slim\nWORKDIR /app «# the code»\n', good: 'FROM python:3.12-slim\n# the code\nWORKDIR /app\n' },
    {
      bad: 'FROM python:3.12-slim\nCMD ["python", "app.py"] «# start»\n',
      good: 'FROM python:3.12-slim\n# start\nCMD ["python", "app.py"]\n',
    },
    { title: 'the shell reads the comment of a RUN', good: 'FROM python:3.12-slim\nRUN python --version # only to see it\n' },
    {
      title: 'a colour is no comment',
      good: 'FROM python:3.12-slim\nENV ACCENT="#00ff00" NAME=a#b\nLABEL org.opencontainers.image.description "issue #3"\n',
    },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      const at = commentIndex(instruction);
      if (at === undefined) continue;
      const { body, span: whole } = instruction;
      const span = { start: body.offsetAt(at), end: body.span.end };
      const comment = slice(file.source, span);
      const before = trimmedEnd(file.source.text, span.start);
      const indent = slice(file.source, { start: lineSpan(file.source, lineAt(file.source, whole.start)).start, end: whole.start });
      const oneLine = lineAt(file.source, span.start) === lineAt(file.source, span.end);
      const effect = effects[instruction.keyword] ?? 'the line is read as a shell command instead of JSON';
      yield {
        span,
        // A build accepts arguments with such names.
        ...(instruction.keyword === 'ARG' ? { severity: 'info' as const } : {}),
        message: `«${comment}» is no comment here: ${effect}. Put it on a line of its own.`,
        fixes: oneLine
          ? [
              {
                title: 'Move the comment above the instruction',
                safe: true,
                edits: [
                  { span: { start: whole.start, end: whole.start }, text: `${comment}${lineBreak(file.source)}${indent}` },
                  { span: { start: before, end: span.end }, text: '' },
                ],
              },
            ]
          : [],
      };
    }
  },
});

const effects: Readonly<Record<string, string>> = {
  ADD: 'it is read as more sources and another destination',
  COPY: 'it is read as more sources and another destination',
  ENV: 'it is read as part of a value',
  LABEL: 'it is read as part of a value',
  ARG: 'it is read as more arguments, called «#» and so on',
  EXPOSE: 'it is read as more ports',
  FROM: 'FROM takes nothing more',
  VOLUME: 'it is read as more volumes',
  WORKDIR: 'it becomes part of the folder’s name',
  USER: 'it becomes part of the user’s name',
};

/** Where in the body a would-be comment begins. */
function commentIndex({ keyword, body, json, pairs }: Instruction): number | undefined {
  const { text } = body;
  if (keyword === 'CMD' || keyword === 'ENTRYPOINT') {
    const match = json ? null : /^\[[^#]*\](\s+)#/.exec(text);
    return match ? match[0].length - 1 : undefined;
  }
  if (!(keyword in effects) || json) return undefined;
  // The old form `ENV NAME value` takes in everything, so only a lone `#` is surely meant as a comment.
  const pattern = pairs?.some(({ legacy }) => legacy) ? / #(?= )/ : /\s#/;
  const quotes = /(["'])(?:\\.|(?!\1).)*\1/gs;
  const masked = text.replace(quotes, (quoted) => 'x'.repeat(quoted.length));
  const match = pattern.exec(masked);
  return match ? match.index + 1 : undefined;
}

function trimmedEnd(text: string, end: number): number {
  while (end > 0 && /[ \t]/.test(text[end - 1] ?? '')) end--;
  return end;
}
