import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import { readComments } from '../../src/dockerfile/shell/shellcheck.ts';
import { shellScripts, type ShellScript } from '../../src/dockerfile/shell/shellScript.ts';

const scripts = (text: string): readonly ShellScript[] => shellScripts(parseDockerfile('Dockerfile', text));

/** Every character of every line of a script is the one at its place in the file. */
function agrees(text: string, script: ShellScript | undefined): void {
  assert.ok(script);
  let compared = 0;
  for (const [at, line] of script.text.split('\n').entries())
    for (const [column, char] of Array.from(line).entries()) {
      const offset = script.offsetAt(at + 1, column + 1);
      if (offset === undefined || (char === '#' && text.startsWith('#!', offset))) continue;
      assert.equal(String.fromCodePoint(text.codePointAt(offset) ?? 0), char, `line ${at + 1}, column ${column + 1} of ${script.text}`);
      compared++;
    }
  assert.ok(compared > 5);
}

test('a continued RUN is one line, and every place leads back', () => {
  const text = 'FROM debian:12\nARG a=1\nENV B=2\nRUN echo "é😀" && \\\n  # a comment\n\n   rm -rf $a\n';
  const [script] = scripts(text);
  assert.equal(script?.text, 'export a=1 B=1\necho "é😀" &&    rm -rf $a\n');
  assert.equal(script.dialect, 'dash');
  agrees(text, script);
});

test('a heredoc is the script, or the input of one', () => {
  const text =
    'FROM debian:12\nRUN <<EOF\n#!/bin/bash\n# shellcheck disable=SC2086\necho $x\r\nls\nEOF\nRUN cat <<A <<-"B" > /x\na b\nA\n\tc d\n\tB\n';
  const [one, two] = scripts(text);
  assert.equal(one?.text, '#\n# shellcheck disable=SC2086\n:\necho $x\nls\n');
  assert.equal(one.dialect, 'bash');
  agrees(text, one);
  assert.equal(two?.text, ':\ncat <<A <<-"B" > /x\na b\nA\n\tc d\nB\n');
});

test('SHELL says which shell, and whether it ends at a failure', () => {
  const [one] = scripts('FROM debian:12\nSHELL ["/bin/bash", "-euo", "pipefail", "-c"]\nRUN a | b\n');
  assert.equal(one?.dialect, 'bash');
  assert.match(one.text, /^set -e; :\n/);
  assert.deepEqual(scripts('FROM x:1\nSHELL ["powershell", "-Command"]\nRUN Get-Item x\n'), []);
  assert.deepEqual(scripts('FROM x:1\nRUN <<EOF\n#!/usr/bin/env python3\nprint(1)\nEOF\nRUN ["a", "b"]\n'), []);
  assert.equal(scripts('FROM x:1\nONBUILD RUN rm $x\n').length, 1);
});

test('what ShellCheck prints is read, and nothing else', () => {
  const comment = { line: 2, endLine: 2, column: 1, endColumn: 3, level: 'style', code: 2006, message: 'm', fix: null };
  const read = { line: 2, endLine: 2, column: 1, endColumn: 3, level: 'style', code: 2006, message: 'm', replacements: [] };
  const said = readComments(JSON.stringify({ comments: [comment, { ...comment, file: 'a' }, { code: 'x' }, 7] }));
  assert.deepEqual(
    [...(said ?? [])],
    [
      ['-', [read]],
      ['a', [read]],
    ],
  );
  assert.equal(readComments('In - line 1:'), undefined);
  assert.equal(readComments('{}'), undefined);
});
