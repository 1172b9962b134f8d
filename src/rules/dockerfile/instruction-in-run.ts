import { runCommands } from '../../dockerfile/shell/commands.ts';
import type { Dockerfile, Instruction } from '../../dockerfile/model.ts';
import { dockerfileRule, type Problem } from '../../lint/rule.ts';
import { lineAt, lineSpan, type Span } from '../../text/text.ts';

const keywords = 'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' ');

/** What takes the lines after it as its own, besides RUN, and says nothing. */
const others = new Set(['ADD', 'ARG', 'CMD', 'COPY', 'ENTRYPOINT', 'USER', 'VOLUME', 'WORKDIR']);
const pattern = new RegExp(`\\b(?:${keywords.join('|')})\\s`);

export default dockerfileRule({
  id: 'instruction-in-run',
  severity: 'error',
  title: 'End an instruction before the next one',
  why: 'A line that ends with `\\` goes on in the next one: an instruction that follows becomes a command of the shell, which knows no program of that name. Take the last `\\` away, and the `&&` before it.',
  looksAt: keywords.flatMap((keyword) => ['RUN', ...others].map((host) => `${host} ${keyword}`)),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy==2.1.0 && \\\n«CMD» ["python"]\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy==2.1.0\nCMD ["python"]\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir \\\n    numpy==2.1.0 \\\n\n«COPY» . /app\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir \\\n    numpy==2.1.0\n\nCOPY . /app\n',
    },
    {
      title: 'in other instructions',
      bad: 'FROM python:3.12-slim\nCOPY a.txt /app/ \\\n«RUN» pip install --no-cache-dir numpy==2.1.0\nCMD python a.py \\\n  «EXPOSE» 80\n',
      good: 'FROM python:3.12-slim\nCOPY a.txt /app/\nRUN pip install --no-cache-dir numpy==2.1.0\nCMD python a.py\n  EXPOSE 80\n',
    },
    {
      title: 'within a line; CMD of a HEALTHCHECK',
      good: 'FROM python:3.12-slim\nHEALTHCHECK --interval=30s \\\n    CMD python -V\nRUN echo "\\\nCMD a" && echo RUN CMD\nRUN <<EOF\necho FROM\nEOF\n',
    },
  ],
  *check(file) {
    const { source } = file;
    let last: unknown;
    for (const { command, instruction } of runCommands(file)) {
      if (instruction === last || instruction.heredocs.length || instruction.json) continue;
      for (const word of command.words) {
        if (!keywords.includes(word.text)) continue;
        const problem = swallowed(file, instruction, word.span);
        if (!problem) continue;
        // A command may take it for one more file.
        yield word === command.words[0] ? problem : { ...problem, severity: 'warning' };
        last = instruction;
        break;
      }
    }
    for (const instruction of file.instructions) {
      const { keyword, heredocs, span, body } = instruction;
      if (!others.has(keyword) || heredocs.length || !pattern.test(body.text)) continue;
      for (let line = lineAt(source, span.start) + 1; line <= lineAt(source, span.end); line++) {
        const { start, end } = lineSpan(source, line);
        const found = /^(\s*)([A-Z]+)\s+\S/.exec(source.text.slice(start, end));
        const at = start + (found?.[1]?.length ?? 0);
        const problem =
          found?.[2] !== undefined && keywords.includes(found[2])
            ? swallowed(file, instruction, { start: at, end: at + found[2].length })
            : undefined;
        if (!problem) continue;
        yield keyword === 'COPY' || keyword === 'ADD' ? problem : { ...problem, severity: 'warning' };
        break;
      }
    }
  },
});

/** An instruction's keyword at the start of a line that belongs to the instruction above. */
function swallowed({ source, escape }: Dockerfile, instruction: Instruction, span: Span): Problem | undefined {
  const line = lineSpan(source, lineAt(source, span.start));
  if (source.text.slice(line.start, span.start).trim() !== '' || lineAt(source, span.start) === lineAt(source, instruction.span.start))
    return undefined;
  const before = source.text.slice(instruction.span.start, line.start);
  const last = escape === '`' ? /[ \t]*(?:&&|;)?[ \t]*`[ \t]*(?=\r?\n\s*$)/ : /[ \t]*(?:&&|;)?[ \t]*\\[ \t]*(?=\r?\n\s*$)/;
  const [joint = ''] = last.exec(before) ?? [];
  const start = joint ? instruction.span.start + before.lastIndexOf(joint) : 0;
  return {
    span,
    message: `${source.text.slice(span.start, span.end)} stands in the ${instruction.keyword} above, because the line before it ends with «${escape}»: it is taken for a part of that. End the ${instruction.keyword} there.`,
    fixes: joint
      ? [
          {
            title: `End the ${instruction.keyword} before it`,
            safe: false,
            edits: [{ span: { start, end: start + joint.length }, text: '' }],
          },
        ]
      : [],
  };
}
