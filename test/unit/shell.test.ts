import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parseDockerfile } from '../../src/dockerfile/parse.ts';
import type { Command } from '../../src/dockerfile/shell/model.ts';
import { parseShell } from '../../src/dockerfile/shell/parse.ts';
import { commandsOf } from '../../src/dockerfile/shell/scripts.ts';

const same = (index: number): number => index;

/** `joint under: words >redirections`, and `$` in front of what runs in a substitution. */
const line = ({ joint, under, words, redirects, assignments, substituted }: Command): string =>
  [
    substituted ? '$' : '',
    `${joint} ${under.join('/')}:`,
    ...assignments.map(({ text }) => text),
    ...words.map(({ value }) => value),
    ...redirects.map(({ operator, target }) => operator + (target?.value ?? '')),
  ]
    .filter(Boolean)
    .join(' ');
const read = (text: string): readonly string[] => parseShell(text, same).commands.map(line);

const cases: readonly (readonly [text: string, ...commands: string[]])[] = [
  ['a && b || c; d | e & f', 'first : a', '&& : b', '|| : c', '; : d', '| : e', '& : f'],
  ['a "b c" \'d"\' e\\ f "g\\"h"', 'first : a b c d" e f g"h'],
  ['X=1 Y="a b" cmd Z=2', 'first : X=1 Y="a b" cmd Z=2'],
  ['a > b 2>&1 < c >>d &>e', 'first : a >b 2>&1 <c >>d &>e'],
  ['pip install torch>=2.0 "x>1"', 'first : pip install torch x>1 >=2.0'],
  ['echo $((1 + (2))) # no && command', 'first : echo $((1 + (2)))'],
  ['echo "$(b "c d") e" `f g`', '$ first : b c d', '$ first : f g', 'first : echo $(b "c d") e `f g`'],
  [
    'if a; then b; elif c; then d; else e; fi && f',
    'first if: a',
    'first if/then: b',
    'first if/elif: c',
    'first if/then: d',
    'first if/else: e',
    '&& : f',
  ],
  ['a | while read -r l; do b; done < x', 'first : a', '| while: read -r l', 'first while/do: b', '; : <x'],
  ['for f in a $(b); do c "$f" || exit 1; done', '$ first : b', 'first for/do: c $f', '|| for/do: exit 1'],
  ['for ((i=0; i<3; i++)); do a; done', 'first for/do: a'],
  ['case $x in a|b) c ;; (d) e && f ;; esac; g', 'first case/pattern: c', 'first case/pattern: e', '&& case/pattern: f', '; : g'],
  ['[[ $a == b && c ]] && d', 'first : [[ $a == b & & c ]]', '&& : d'],
  ['a() { b; }; function c { d; }; a', 'first {: b', 'first {: d', '; : a'],
  ['(a && b) || ! c', 'first (: a', '&& (: b', '|| !: c'],
  ['a=(1 2 3) b; { c; } > d', 'first : a=(1 2 3) b', '; {: c', '; : >d'],
  ['cat <<EOF > a && b\nnot && this\nEOF\nc', 'first : cat <<EOF >a', '&& : b', 'newline : c'],
  ['cmd <(a | b) >(c)', '$ first : a', '$ | : b', '$ first : c', 'first : cmd <(a | b) >(c)'],
  ['a \\\n  b \\\n  && c', 'first : a b', '&& : c'],
  ['${a:-$(b)} ${c:-"}"} d', '$ first : b', 'first : ${a:-$(b)} ${c:-"}"} d'],
];

for (const [text, ...commands] of cases)
  test(text.replaceAll('\n', '⏎'), () => {
    assert.deepEqual(read(text), commands);
  });

test('every command and word knows its place', () => {
  const text = 'set -e; a "b $(c d)" > e && if f; then g; fi';
  for (const { span, words } of parseShell(text, same).commands) {
    assert.equal(text.slice(span.start, span.end).startsWith(words[0]?.text ?? ''), true);
    for (const word of words) assert.equal(text.slice(word.span.start, word.span.end), word.text);
  }
});

test('what never closes is read as far as it goes', () => {
  for (const text of ['a "b', "a 'b", 'a $(b', 'a `b', '(a', 'if a; then b', 'case x in a) b', '{ a', 'a ${b'])
    assert.equal(parseShell(text, same).complete, false, text);
  for (const text of ['a) b', 'fi; a', 'done', '}']) assert.doesNotThrow(() => parseShell(text, same));
});

test('deep nesting neither throws nor takes long', () => {
  const start = performance.now();
  for (const piece of ['(', '$(', '`', '${', 'if ', '{ ', '! ', 'case x in ', 'a=(', '"$(']) parseShell(piece.repeat(20_000), same);
  assert.ok(performance.now() - start < 3000);
});

/** The first word of every command of the first RUN, CMD or HEALTHCHECK. */
function names(dockerfile: string): readonly string[] {
  const file = parseDockerfile('Dockerfile', dockerfile);
  const instruction = file.instructions.find(({ keyword }) => /^(?:RUN|CMD|HEALTHCHECK)$/.test(keyword));
  assert.ok(instruction);
  return commandsOf(file, instruction).map(({ name }) => name);
}

test('the script of an instruction, in each of its forms', () => {
  assert.deepEqual(names('FROM a\nRUN a && \\\n  # a comment\n  b\n'), ['a', 'b']);
  assert.deepEqual(names('FROM a\nRUN ["a", "b && c"]\n'), ['a']);
  assert.deepEqual(names('FROM a\nRUN ["bash", "-c", "a && b"]\n'), ['a', 'b']);
  assert.deepEqual(names('FROM a\nRUN <<EOF\na\nb | c\nEOF\n'), ['a', 'b', 'c']);
  assert.deepEqual(names('FROM a\nRUN <<EOF\n#!/usr/bin/env python3\nimport a\nEOF\n'), []);
  assert.deepEqual(names('FROM a\nRUN bash -e <<EOF\na\nb\nEOF\n'), ['bash', 'a', 'b']);
  assert.deepEqual(names('FROM a\nRUN python3 <<EOF\nimport a\nEOF\n'), ['python3']);
  assert.deepEqual(names('FROM a\nHEALTHCHECK --interval=5s CMD a || exit 1\n'), ['a', 'exit']);
  assert.deepEqual(names('FROM a\nSHELL ["pwsh", "-c"]\nRUN Get-Item a | b\n'), []);
  assert.deepEqual(names('FROM a AS b\nSHELL ["cmd", "/c"]\nFROM b\nRUN dir\n'), []);
  assert.deepEqual(names('# hadolint shell=powershell\nFROM a\nRUN Get-Item a | b\n'), []);
});

test('a command knows how the next one follows it, also where that stands in brackets or a substitution comes between', () => {
  const next = (text: string): string =>
    parseShell(text, same)
      .commands.filter(({ substituted }) => !substituted)
      .map((command) => `${command.name} ${command.next ?? 'last'}`)
      .join(', ');
  assert.equal(next('a && b; c'), 'a &&, b ;, c last');
  assert.equal(next('a || (b; c) && d'), 'a ||, b ;, c last, d last');
  assert.equal(next('a || x $(b; c)'), 'a ||, x last');
});
