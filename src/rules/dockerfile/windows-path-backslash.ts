import { stageAround } from '../../dockerfile/scope.ts';
import type { Instruction, Word } from '../../dockerfile/model.ts';
import { isWindows } from '../../dockerfile/stageShell.ts';
import { unquote } from '../../dockerfile/words.ts';
import { dockerfileRule } from '../../lint/rule.ts';

export default dockerfileRule({
  id: 'windows-path-backslash',
  severity: 'warning',
  title: 'Write paths of Windows with slashes',
  why: 'Unless the file begins with `` # escape=` ``, a backslash takes away the meaning of the character behind it and is gone: `WORKDIR C:\\app` works in `C:app`, and `COPY a.ps1 C:\\app\\` copies to `C:app`. In JSON form, `"C:\\\\app"` is `C:\\app` first and then `C:app` as well. Windows takes `C:/app` everywhere in a Dockerfile; only RUN and CMD hand backslashes on as they are.',
  looksAt: ['WORKDIR \\', 'COPY \\', 'ADD \\', 'VOLUME \\', 'ENV \\', 'ARG \\'],
  examples: [
    {
      bad: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR «C:\\app»\nCOPY a.exe «bin\\a.exe»\n',
      good: 'FROM mcr.microsoft.com/windows/nanoserver:ltsc2022\nWORKDIR C:/app\nCOPY a.exe bin/a.exe\n',
    },
    {
      title: 'in the JSON form too',
      bad: 'FROM a:1\nCOPY ["a.exe", «"C:\\\\Program Files\\\\a.exe"»]\n',
      good: 'FROM a:1\nCOPY ["a.exe", "C:/Program Files/a.exe"]\n',
    },
    {
      title: 'in a variable, where slashes may not do',
      bad: 'FROM a:1\nENV TOOLS=«C:\\tools»\n',
      good: 'FROM a:1\nENV TOOLS=C:\\\\tools\n',
    },
    {
      title: 'in quotes, written twice, escapes that are meant, what RUN does',
      good: 'FROM mcr.microsoft.com/windows/servercore:ltsc2022\nENV A="C:\\tools" B=C:\\\\tools C=a\\ b D=\\$A\nWORKDIR C:\\\\app\nRUN dir C:\\app\n',
    },
    { title: 'with another escape character', good: '# escape=`\nFROM a:1\nWORKDIR C:\\app\n' },
    { title: 'in an image of Linux', good: 'FROM debian:12\nCOPY a\\[1\\].txt /b\nENV A=x\\ty\n' },
  ],
  *check(file) {
    if (file.escape !== '\\') return;
    for (const outer of file.instructions) {
      const instruction = outer.trigger ?? outer;
      if (!takers.has(instruction.keyword)) continue;
      const stage = stageAround(file, outer);
      for (const word of wordsOf(instruction)) {
        // JSON is read first, and what comes out of it once more.
        const written = instruction.json ? word.value : word.text;
        const bare = written.replace(/"(?:\\.|[^"\\])*"|'[^']*'/g, (quoted) => '"'.repeat(quoted.length));
        if (!dropped.test(bare) || !(drive.test(bare) || (stage && isWindows(file, stage)))) continue;
        const path = !instruction.pairs;
        const right = path ? word.text.replace(/\\+/g, '/') : word.text.replace(/\\(\\?)/g, '\\\\');
        const exact =
          word.text.length === word.span.end - word.span.start && (instruction.json ? bare === written : !/["']/.test(word.text));
        yield {
          span: word.span,
          message: `A build drops this backslash and reads «${unquote(written, '\\')}». ${path ? 'Write slashes' : 'Write it twice'}, or begin the file with «# escape=\`».`,
          fixes: exact ? [{ title: `Write ${right}`, safe: false, edits: [{ span: word.span, text: right }] }] : [],
        };
      }
    }
  },
});

const takers = new Set(['WORKDIR', 'COPY', 'ADD', 'VOLUME', 'ENV', 'ARG']);

/** A backslash before a character that needs none. */
const dropped = /(?<!\\)(?:\\\\)*\\[^\\"'$\s]/;
/** A path with a drive, its first backslash single. */
const drive = /(?:^|[^A-Za-z\d])[A-Za-z]:\\(?!\\)[^"'$\s]/;

const wordsOf = ({ json, args, pairs }: Instruction): readonly Word[] =>
  pairs ? pairs.flatMap(({ value }) => value ?? []) : (json ?? args);
