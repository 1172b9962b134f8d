import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../../src/core.ts';
import type { Dockerfile } from '../../../src/dockerfile/model.ts';
import { variablesAt } from '../../../src/dockerfile/scope.ts';

/** The value of a variable at the last RUN. */
function atRun(name: string, text: string, buildArgs: Readonly<Record<string, string>> = {}): string | undefined {
  const file = open('Dockerfile', text, 'dockerfile') as Dockerfile;
  const run = file.instructions.findLast(({ keyword }) => keyword === 'RUN');
  const stage = run?.stage === undefined ? undefined : file.stages[run.stage];
  assert.ok(run && stage);
  return variablesAt(file, stage, run, buildArgs).get(name)?.value;
}

// As BuildKit dispatches ARG and ENV: both set the variable in the state of the stage, ENV in the image as well.
test('of an ENV and an ARG of one name, the later one holds in the stage', () => {
  assert.equal(atRun('A', 'FROM x\nARG A=arg\nENV A=env\nRUN echo $A\n'), 'env');
  assert.equal(atRun('A', 'FROM x\nENV A=env\nARG A=arg\nRUN echo $A\n'), 'arg');
  assert.equal(atRun('A', 'FROM x\nENV A=env\nARG A\nRUN echo $A\n', { A: 'given' }), 'given');
  assert.equal(atRun('A', 'FROM x\nARG A=arg\nENV A=env\nRUN echo $A\n', { A: 'given' }), 'env');
  assert.equal(atRun('A', 'ARG A=global\nFROM x\nENV A=env\nARG A\nRUN echo $A\n'), 'global');
});

test('an ARG without a value leaves what ENV has set', () => {
  assert.equal(atRun('A', 'FROM x\nENV A=env\nARG A\nRUN echo $A\n'), 'env');
});

test('in a stage built on that one ENV holds again: it is the image’s, the ARG was the stage’s', () => {
  assert.equal(atRun('A', 'FROM x AS a\nENV A=env\nARG A=arg\nFROM a\nRUN echo $A\n'), 'env');
  assert.equal(atRun('B', 'FROM x AS a\nARG B=arg\nFROM a\nRUN echo $B\n'), 'arg');
});
