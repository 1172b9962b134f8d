import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stepOf } from '../../src/compose/step.ts';
import { source } from '../../src/text/text.ts';

const step = (text: string): number => stepOf(source('compose.yaml', text));

test('a file moves in as its services do, whatever stands beside them', () => {
  assert.equal(step('services:\n    a:\n        image: b\n'), 4);
  assert.equal(step('x-a:\n  b: c\nservices:\n    a:\n      image: b\nvolumes:\n  d:\n'), 4);
  assert.equal(step('volumes:\n    d:\nservices: # all\r\n\r\n  # one\r\n  a:\r\n'), 2);
  assert.equal(step('x-a:\n  b: c\nservices: &all\n   a:\n'), 3);
});

test('without services to go by, as the first of its keys does, and by two', () => {
  assert.equal(step('volumes:\n    d:\n'), 4);
  assert.equal(step('x-a:\n    b: c\nservices: {a: {image: b}}\n'), 4);
  assert.equal(step('x-a:\n    b: c\nservices:\n'), 4);
  assert.equal(step(''), 2);
  assert.equal(step('services:\n            a:\n'), 2);
});
