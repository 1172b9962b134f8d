import { stageAround } from '../../dockerfile/scope.ts';
import { shellAt } from '../../dockerfile/stageShell.ts';
import { dockerfileRule } from '../../lint/rule.ts';
import { brokenList } from '../shared/brokenList.ts';
import { jsonForm } from '../shared/jsonForm.ts';

export default dockerfileRule({
  id: 'shell-form-cmd',
  severity: 'info',
  title: 'Write CMD and ENTRYPOINT as JSON',
  why: 'In shell form the program is a child of `sh`, which passes no signal on: `docker stop` waits ten seconds and kills it, a training run gets no chance to save a checkpoint. In JSON form the program is the first process and is asked to end.',
  also: ['buildkit:JSONArgsRecommended', 'hadolint:DL3025'],
  looksAt: ['CMD', 'ENTRYPOINT'],
  examples: [
    { bad: 'FROM python:3.12-slim\nCMD «python app.py»\n', good: 'FROM python:3.12-slim\nCMD ["python", "app.py"]\n' },
    { title: 'what needs a shell has no quick fix', bad: 'FROM python:3.12-slim\nENTRYPOINT «uvicorn app:app --port $PORT»\n' },
    {
      title: 'exec gives the place of the shell to the program: a hint only',
      bad: 'FROM python:3.12-slim\nCMD «exec uvicorn app:app --port $PORT»\n',
    },
    { title: 'no command at all', bad: 'FROM python:3.12-slim\n«CMD»\n', good: 'FROM python:3.12-slim\nCMD []\n' },
    { title: 'a shell chosen on purpose', good: 'FROM python:3.12-slim\nSHELL ["/bin/bash", "-c"]\nCMD exec python app.py\n' },
    {
      title: 'in an image of Windows it is cmd',
      bad: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD «app.exe»\n',
      good: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nCMD ["app.exe"]\n',
    },
    { good: 'FROM python:3.12-slim\nENTRYPOINT ["python"]\nCMD []\n' },
  ],
  *check(file) {
    for (const instruction of file.instructions) {
      const { keyword, json, args, body } = instruction;
      const [command] = args;
      const stage = stageAround(file, instruction);
      if ((keyword !== 'CMD' && keyword !== 'ENTRYPOINT') || json) continue;
      const [shell = 'sh', ...options] = stage ? shellAt(file, stage, instruction) : ['/bin/sh', '-c'];
      if (!/^(?:\/bin\/sh -c|cmd \/S \/C)$/.test([shell, ...options].join(' '))) continue;
      if (brokenList(instruction)) continue;
      // `exec` puts the program in the place of the shell; BuildKit speaks of it all the same.
      const handsOver = /^exec\s/.test(body.text) && !/&&|\|\||[;|]/.test(body.text);
      if (!command) {
        yield {
          span: instruction.keywordSpan,
          message: `${keyword} without a command starts a shell that ends at once. Write ${keyword} [] to set none, or the command as JSON.`,
          fixes: [{ title: `Write ${keyword} []`, safe: false, edits: [{ span: instruction.keywordSpan, text: `${keyword} []` }] }],
        };
        continue;
      }
      yield {
        span: body.span,
        ...(handsOver ? { severity: 'hint' as const } : {}),
        message: handsOver
          ? `In shell form, ${keyword} starts sh first; exec then gives its place to the program, which gets the signals. In JSON form no shell is needed, unless for its variables.`
          : `In shell form, ${keyword} runs under ${shell === 'cmd' ? 'cmd' : 'sh'}, and the program gets no signals.${/^exec\s/.test(command.value) ? '' : ' Write it as JSON.'}`,
        fixes: jsonForm(body.span, command.text),
      };
    }
  },
});
