import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Attached } from '../../src/text/attached.ts';
import { remembered } from '../../src/text/remembered.ts';

test('what is attached belongs to one object and to who attached it', () => {
  const one = new Attached<object, readonly number[]>();
  const other = new Attached<object, string>();
  const thing = Object.freeze({ a: 1 });
  assert.equal(one.get(thing), undefined);
  one.set(thing, [1, 2]);
  other.set(thing, 'x');
  one.set(thing, [3]);
  assert.deepEqual([one.get(thing), other.get(thing)], [[3], 'x']);
  // A copy is another object, and nobody sees it from outside.
  assert.equal(one.get({ ...thing }), undefined);
  assert.deepEqual([Object.keys(thing), JSON.stringify(thing)], [['a'], '{"a":1}']);
});

test('an answer is worked out once, also when there is none', () => {
  let asked = 0;
  const first = remembered((list: readonly string[]): string | undefined => {
    asked++;
    return list[0];
  });
  const [empty, full] = [[], ['a']] as const;
  assert.deepEqual([first(empty), first(empty), first(full), first(full)], [undefined, undefined, 'a', 'a']);
  assert.equal(asked, 2);
});
