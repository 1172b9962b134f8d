import type { Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule, type Fix } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'json-single-quotes',
  severity: 'warning',
  title: 'Put the strings of a JSON form in double quotes',
  why: "JSON knows double quotes only. `CMD ['python', 'app.py']` is no JSON, so it is run as a shell command called `[python,`: the container ends with «not found». In COPY the brackets become part of the file names.",
  looksAt: ['ADD [', 'CMD [', 'COPY [', 'ENTRYPOINT [', 'HEALTHCHECK [', 'RUN [', 'VOLUME [', 'SHELL ['],
  examples: [
    {
      bad: "FROM python:3.12-slim\nCMD «['python', 'app.py']»\n",
      good: 'FROM python:3.12-slim\nCMD ["python", "app.py"]\n',
    },
    { bad: "FROM python:3.12-slim\nCOPY «['a b', '/srv/']»\n", good: 'FROM python:3.12-slim\nCOPY ["a b", "/srv/"]\n' },
    { title: 'a test of the shell', good: "FROM alpine:3.22\nRUN [ 'a' = 'a' ]\nCMD [ -d '/data' ] && exec app\n" },
  ],
  *check({ instructions }) {
    for (const host of instructions) {
      const instruction = host.trigger ?? host;
      if (!takesJson.has(instruction.keyword) || instruction.json) continue;
      const first = /^\s*(?:CMD\s+)?/i.exec(instruction.keyword === 'HEALTHCHECK' ? instruction.body.text : '')?.[0].length ?? 0;
      const text = instruction.body.text.slice(first).trimEnd();
      if (!/^\[\s*'[^']*'\s*(?:,\s*'[^']*'\s*)*,?\s*\]$/.test(text)) continue;
      const { body } = instruction;
      yield {
        span: { start: body.offsetAt(first), end: body.offsetAt(first + text.length - 1) + 1 },
        message: `${instruction.keyword}’s list is in single quotes, so it is no JSON: it is read as plain text, brackets included. Use double quotes.`,
        fixes: fixes(instruction, first, text),
      };
    }
  },
});

const takesJson = new Set(['ADD', 'CMD', 'COPY', 'ENTRYPOINT', 'HEALTHCHECK', 'RUN', 'SHELL', 'VOLUME']);

function fixes({ body }: Instruction, first: number, text: string): readonly Fix[] {
  if (/["\\]|,\s*\]$/.test(text)) return [];
  const edits = [...text.matchAll(/'/g)].map(({ index }) => {
    const start = body.offsetAt(first + index);
    return { span: { start, end: start + 1 }, text: '"' };
  });
  return [{ title: 'Use double quotes', safe: false, edits }];
}
