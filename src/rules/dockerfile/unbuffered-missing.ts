import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { allInstructions, variablesAt } from '../../dockerfile/scope.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { lineBreak } from '../../text/text.ts';
import { rootImage } from '../../dockerfile/scope.ts';

export default dockerfileRule({
  id: 'unbuffered-missing',
  severity: 'hint',
  quiet: 'Programs that log through their own handlers flush at every line, and nothing breaks without it.',
  title: 'Let Python write its log at once',
  why: 'Without a terminal, Python collects 8 KB of output before it writes: `docker logs` shows nothing for minutes, and the last lines of a killed training run are lost. `PYTHONUNBUFFERED=1` or `python -u` writes at once.',
  reach: 'file',
  looksAt: ['CMD', 'ENTRYPOINT', '* PYTHONUNBUFFERED'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCMD [«"python"», "train.py"]\n',
      good: 'FROM python:3.12-slim\nENV PYTHONUNBUFFERED=1\nCMD ["python", "train.py"]\n',
    },
    { good: 'FROM python:3.12-slim\nCMD ["python", "-u", "train.py"]\n' },
  ],
  *check(file, { options }) {
    const stage = file.stages.at(-1);
    const root = stage && rootImage(file, stage, options.buildArgs);
    if (!stage || root === undefined || !/^python:/.test(root)) return;
    const last = allInstructions(stage).findLast(({ keyword }) => keyword === 'CMD' || keyword === 'ENTRYPOINT');
    const command = last && commandsOf(file, last).at(-1);
    const [program, next] = command ? programOf(command) : [];
    if (!last || !program || !/^python3?$/.test(program.value) || next?.value === '-u' || next?.value === '-m') return;
    if (variablesAt(file, stage, undefined, options.buildArgs).has('PYTHONUNBUFFERED') || !next?.value.endsWith('.py')) return;
    const at = last.span.start;
    yield {
      span: program.span,
      message:
        'Python keeps up to 8 KB of output back here: docker logs shows nothing for minutes, and a killed run loses its last lines. Set PYTHONUNBUFFERED=1.',
      fixes: [
        {
          title: 'Set PYTHONUNBUFFERED=1',
          safe: true,
          edits: [{ span: { start: at, end: at }, text: `ENV PYTHONUNBUFFERED=1${lineBreak(file.source)}` }],
        },
      ],
    };
  },
});
