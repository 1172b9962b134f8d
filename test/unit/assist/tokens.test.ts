import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokensInDockerfile } from '../../../src/assist/dockerfile/tokens.ts';
import { parseDockerfile } from '../../../src/dockerfile/parse.ts';

/** The coloured parts of a text behind `FROM a`, each with what it is. */
function colours(text: string): readonly string[] {
  const whole = `FROM a\n${text}`;
  return tokensInDockerfile(parseDockerfile('Dockerfile', whole))
    .slice(2)
    .map(({ start, end, type }) => `${whole.slice(start, end)} ${type}`);
}

test('a shell’s programs, operators, reserved words, assignments and redirections', () => {
  assert.deepEqual(colours('RUN A=1 sudo apt-get update && if [ -f x ]; then cat <x >y 2>&1; fi\n'), [
    'RUN keyword',
    'A variable',
    '=1 parameter',
    'sudo function',
    'apt-get function',
    'update parameter',
    '&& operator',
    'if keyword',
    '[ function',
    '-f parameter',
    'x parameter',
    '] parameter',
    '; operator',
    'then keyword',
    'cat function',
    '< operator',
    'x parameter',
    '> operator',
    'y parameter',
    '2>&1 operator',
    '; operator',
    'fi keyword',
  ]);
  assert.deepEqual(colours('CMD exec python "$X"\n').slice(1), ['exec function', 'python function', '" string', '$X variable', '" string']);
});

test('JSON stays JSON', () => {
  assert.deepEqual(
    colours('CMD ["sh", "-c", "a && b"]\n').filter((each) => / (?:function|operator)$/.test(each)),
    [],
  );
});

test('heredocs by their language', () => {
  const inside = (text: string): readonly string[] => colours(text).filter((each) => !/^(?:RUN|COPY|EOF|<<) | parameter$/.test(each));
  assert.deepEqual(inside('RUN <<EOF\n# note\nset -e\nfor i in a; do echo "$i"; done\nEOF\n'), [
    '# note comment',
    'set function',
    'for keyword',
    'in keyword',
    '; operator',
    'do keyword',
    'echo function',
    '"$i" string',
    '; operator',
    'done keyword',
  ]);
  assert.deepEqual(inside('RUN python3 <<EOF\nimport os  # x\nprint(f"a", 12)\nEOF\n'), [
    'python3 function',
    'import keyword',
    '# x comment',
    'print function',
    'f"a" string',
    '12 number',
  ]);
  assert.deepEqual(inside('COPY <<EOF /etc/daemon.json\n{"a": [1, true, "b"]}\nEOF\n'), [
    '"a" property',
    '1 number',
    'true keyword',
    '"b" string',
  ]);
  assert.deepEqual(inside('COPY <<EOF /x/app.toml\n[tool]\nkey = "v"\nEOF\n'), ['[tool] namespace', 'key property', '"v" string']);
  assert.deepEqual(inside('RUN cat <<EOF > /x/conf.yaml\na: 1\n# b\nEOF\n').slice(2), ['a property', '1 number', '# b comment']);
});

test('a script that COPY writes is coloured as one that RUN runs', () => {
  assert.deepEqual(colours('COPY <<EOF /x.sh\nif true; then echo "$A" # c\nfi\nEOF\n').slice(3), [
    'if keyword',
    'true function',
    '; operator',
    'then keyword',
    'echo function',
    '"$A" string',
    '# c comment',
    'fi keyword',
    'EOF macro',
  ]);
});

test('PowerShell, chosen by SHELL, a first line or the name of the file', () => {
  const script = ['Get-Item function', '$env:X variable', '; operator', 'if keyword', '( operator', '$a variable', ') operator'];
  assert.deepEqual(colours('SHELL ["pwsh", "-Command"]\nRUN Get-Item $env:X; if ($a) { "y" } # c\n').slice(7), [
    ...script,
    '{ operator',
    '"y" string',
    '} operator',
    '# c comment',
  ]);
  assert.deepEqual(colours('RUN <<EOF\n#!/usr/bin/env pwsh\nGet-Item $env:X; if ($a)\nEOF\n').slice(3, -1), script);
  assert.deepEqual(colours('COPY <<EOF /x.ps1\nGet-Item $env:X; if ($a)\nEOF\n').slice(3, -1), script);
});

test('an image, its tag or digest; a name behind a line end; the word of a substitution', () => {
  assert.deepEqual(colours('FROM localhost:5000/x/y:1.2 AS z\n').slice(1), [
    'localhost:5000/x/y class',
    '1.2 property',
    'AS keyword',
    'z namespace',
  ]);
  assert.deepEqual(colours('FROM x@sha256:0a\n').slice(1), ['x class', 'sha256:0a property']);
  assert.deepEqual(colours('FROM ${R:-a:b}/x:${T}-slim\n').slice(-2), ['${T} variable', '-slim property']);
  assert.deepEqual(colours('WORKDIR $A\\\nB\n').slice(1), ['$A variable', '\\ macro', 'B variable']);
  assert.deepEqual(colours('WORKDIR ${A:-b}\n').slice(1), ['${A variable', ': operator', '- modifier', 'b} variable']);
  assert.deepEqual(colours('WORKDIR ${A:-"b"}\n').slice(1), ['${A variable', ': operator', '- modifier', '"b" string', '} variable']);
});
