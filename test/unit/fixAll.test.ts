import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../src/core.ts';
import { fixAll } from '../../src/lint/fixAll.ts';
import { Kept } from '../../src/lint/kept.ts';
import { lint } from '../../src/lint/lint.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits, lineBreak } from '../../src/text/text.ts';
import { worldOf } from './world.ts';

const check = (text: string, kept?: Kept): readonly Finding[] =>
  lint(open('Dockerfile', text, 'dockerfile'), rules, worldOf({}), { all: true, severities: {} }, () => undefined, kept);

test('lines that one rule puts in at one place come all at once', () => {
  const text = 'ARG A=1\nARG B=2\nARG C=3\nFROM debian:12.12\nRUN echo "$A $B" && echo "$C"\n';
  const findings = check(text).filter(({ rule }) => rule === 'arg-before-from-scope');
  assert.equal(
    applyEdits(text, fixAll(findings)),
    'ARG A=1\nARG B=2\nARG C=3\nFROM debian:12.12\nARG A\nARG B\nARG C\nRUN echo "$A $B" && echo "$C"\n',
  );
});

test('one line that two findings ask for comes once, and what overlaps waits', () => {
  const finding = (rule: string, start: number, end: number, text: string): Finding => ({
    rule,
    severity: 'info',
    message: '',
    also: [],
    span: { start, end },
    fixes: [{ title: '', safe: true, edits: [{ span: { start, end }, text }] }],
  });
  const taken = (...findings: readonly Finding[]): readonly string[] => fixAll(findings).map(({ text }) => text);
  assert.deepEqual(taken(finding('a', 3, 3, 'x\n'), finding('a', 3, 3, 'x\n')), ['x\n']);
  assert.deepEqual(taken(finding('a', 3, 3, 'x\n'), finding('b', 3, 3, 'y\n')), ['x\n']);
  assert.deepEqual(taken(finding('a', 3, 3, 'x '), finding('a', 3, 3, 'y ')), ['x ']);
  assert.deepEqual(taken(finding('a', 3, 5, 'x'), finding('a', 4, 6, 'y')), ['x']);
});

test('a lone carriage return is no line break of a file that has others, and fixes follow the line break that the file has now', () => {
  assert.equal(lineBreak({ text: 'a\rb\nc' }), '\n');
  assert.equal(lineBreak({ text: 'a\r\nb\n' }), '\r\n');
  assert.equal(lineBreak({ text: 'a\rb' }), '\r');
  const kept = new Kept();
  const before = 'FROM a:1 AS a\nRUN x\nFROM b:1 AS b\nRUN x\nFROM c:1\nCOPY d e\n';
  for (const text of [before, before.replace('FROM a:1', 'FROM a:\r\n1')]) assert.deepEqual(check(text, kept), check(text));
});
