import { commandsOf, programOf } from '../../dockerfile/shell/scripts.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { runsOn } from '../shared/serverPrograms.ts';
import { baseName } from '../../text/paths.ts';

export default dockerfileRule({
  id: 'shell-chain-server',
  severity: 'info',
  title: 'Let exec put the server in the place of the shell',
  why: 'After `a && server` the shell stays and waits. `docker stop` signals the shell, which passes nothing on: after ten seconds the server is killed, requests and checkpoints are lost. `exec server` puts the server in the shell’s place.',
  looksAt: ['CMD', 'ENTRYPOINT'],
  examples: [
    {
      bad: 'FROM python:3.12-slim\nCMD sqlite3 db .databases && «mlflow» server --host 0.0.0.0\n',
      good: 'FROM python:3.12-slim\nCMD sqlite3 db .databases && exec mlflow server --host 0.0.0.0\n',
    },
    {
      bad: 'FROM python:3.12-slim\nENTRYPOINT ["sh", "-c", "alembic upgrade head && «uvicorn» app:app"]\n',
      good: 'FROM python:3.12-slim\nENTRYPOINT ["sh", "-c", "alembic upgrade head && exec uvicorn app:app"]\n',
    },
    {
      good: 'FROM python:3.12-slim\nCMD ["sh", "-c", "a && exec python app.py"]\nCMD uvicorn app:app\nCMD python a.py & python b.py\nCMD python a.py | tee log\nCMD python train.py && touch done\n',
    },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      if (instruction.keyword !== 'CMD' && instruction.keyword !== 'ENTRYPOINT') continue;
      const commands = commandsOf(file, instruction);
      const last = commands.at(-1);
      const [program] = last?.words ?? [];
      if (!last || !program || commands.length < 2 || last.depth > 0 || last.next !== undefined || !/^(?:&&|;|newline)$/.test(last.joint))
        continue;
      if (commands.some(({ joint }) => joint === '&') || !runsOn(baseName(programOf(last)[0]?.value ?? '')) || last.name === 'exec')
        continue;
      const head = last.assignments.length ? undefined : program.span;
      yield {
        span: program.span,
        message: `The shell stays in front of «${last.name}» and passes no signals on: docker stop waits ten seconds and kills it. Write exec ${last.name}.`,
        fixes: head
          ? [{ title: `Write exec ${last.name}`, safe: true, edits: [{ span: { start: head.start, end: head.start }, text: 'exec ' }] }]
          : [],
      };
    }
  },
});
