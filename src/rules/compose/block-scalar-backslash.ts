import { entry } from '../../compose/model.ts';
import { composeRule } from '../../lint/rule.ts';

export default composeRule({
  id: 'block-scalar-backslash',
  severity: 'error',
  title: 'Do not break a quoted command with backslashes',
  why: 'In a `|` block, Compose splits the command into words itself. Inside double quotes it drops the backslash and keeps the line break: the shell then takes `--host …` for a command of its own, and the server starts without its options.',
  looksAt: ['command', 'entrypoint'],
  examples: [
    {
      bad: 'services:\n  mlflow:\n    image: mlflow:1\n    command: |\n      bash -c "mlflow server «\\»\n        --host 0.0.0.0 «\\»\n        --port 5000"\n',
      good: 'services:\n  mlflow:\n    image: mlflow:1\n    command: |\n      bash -c "mlflow server --host 0.0.0.0 --port 5000"\n',
    },
    {
      title: 'folded, or outside quotes',
      good: 'services:\n  a:\n    image: a:1\n    command: >\n      bash -c "mlflow server\n      --host 0.0.0.0"\n  b:\n    image: b:1\n    command: |\n      mlflow server \\\n        --host 0.0.0.0\n',
    },
  ],
  *check({ source, services }) {
    for (const { node } of services)
      for (const key of ['command', 'entrypoint']) {
        const found = entry(node, key);
        if (!found || found.merged || found.value.kind !== 'scalar' || source.text[found.value.span.start] !== '|') continue;
        const { start, end } = found.value.span;
        let quote = '';
        for (let at = source.text.indexOf('\n', start); at < end; at++) {
          const ch = source.text[at] ?? '';
          if (quote === '' && (ch === '"' || ch === "'")) quote = ch;
          else if (ch === quote) quote = '';
          else if (ch === '\\') {
            const rest = quote === '"' ? /^\\\r?\n[ \t]*/.exec(source.text.slice(at, end)) : null;
            if (rest) {
              const before = /[ \t]$/.test(source.text.slice(0, at));
              yield {
                span: { start: at, end: at + 1 },
                message: 'Compose drops this backslash and keeps the line break: the next line becomes a command of its own.',
                fixes: [
                  {
                    title: 'Join the lines',
                    safe: true,
                    edits: [{ span: { start: at, end: at + rest[0].length }, text: before ? '' : ' ' }],
                  },
                ],
              };
            }
            at++;
          }
        }
      }
  },
});
