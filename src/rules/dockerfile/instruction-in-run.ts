import { runCommands } from '../../dockerfile/shell/commands.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineAt, lineSpan } from '../../text/text.ts';

const keywords = 'ADD ARG CMD COPY ENTRYPOINT ENV EXPOSE FROM HEALTHCHECK LABEL RUN SHELL STOPSIGNAL USER VOLUME WORKDIR'.split(' ');

export default dockerfileRule({
  id: 'instruction-in-run',
  severity: 'error',
  title: 'End a RUN before the next instruction',
  why: 'A line that ends with `\\` goes on in the next one: an instruction that follows becomes a command of the shell, which knows no program of that name. Take the last `\\` away, and the `&&` before it.',
  looksAt: keywords.map((keyword) => `RUN ${keyword}`),
  examples: [
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy==2.1.0 && \\\n«CMD» ["python"]\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir numpy==2.1.0\nCMD ["python"]\n',
    },
    {
      bad: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir \\\n    numpy==2.1.0 \\\n\n«COPY» . /app\n',
      good: 'FROM python:3.12-slim\nRUN pip install --no-cache-dir \\\n    numpy==2.1.0\n\nCOPY . /app\n',
    },
    { title: 'within a line', good: 'FROM python:3.12-slim\nRUN echo "\\\nCMD a" && echo RUN CMD\nRUN <<EOF\necho FROM\nEOF\n' },
  ],
  *check(file) {
    const { source, escape } = file;
    let last: unknown;
    for (const { command, instruction } of runCommands(file)) {
      if (instruction === last || instruction.heredocs.length || instruction.json) continue;
      for (const word of command.words) {
        if (!keywords.includes(word.text)) continue;
        const line = lineSpan(source, lineAt(source, word.span.start));
        if (
          source.text.slice(line.start, word.span.start).trim() !== '' ||
          lineAt(source, word.span.start) === lineAt(source, instruction.span.start)
        )
          continue;
        const before = source.text.slice(instruction.span.start, line.start);
        const [joint = ''] =
          (escape === '`' ? /[ \t]*(?:&&|;)?[ \t]*`[ \t]*(?=\r?\n\s*$)/ : /[ \t]*(?:&&|;)?[ \t]*\\[ \t]*(?=\r?\n\s*$)/).exec(before) ?? [];
        const start = joint ? instruction.span.start + before.lastIndexOf(joint) : 0;
        yield {
          span: word.span,
          // A command may take it for one more file.
          ...(word === command.words[0] ? {} : { severity: 'warning' as const }),
          message: `${word.text} stands in the RUN above, because the line before it ends with «${escape}»: the shell takes it for a program or an argument. End the RUN there.`,
          fixes: joint
            ? [{ title: 'End the RUN before it', safe: false, edits: [{ span: { start, end: start + joint.length }, text: '' }] }]
            : [],
        };
        last = instruction;
        break;
      }
    }
  },
});
