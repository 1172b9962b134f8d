import assert from 'node:assert/strict';
import { test } from 'node:test';
import { baseName, folderOf, join, upwards } from '../../src/text/paths.ts';

test('a path has a folder and a name', () => {
  assert.deepEqual(['a', 'a/b', '/a', '/a/b', '../a'].map(folderOf), ['', 'a', '/', '/a', '..']);
  assert.deepEqual(['a', 'a/b', '/a', 'a/'].map(baseName), ['a', 'b', 'a', '']);
});

test('paths are joined and tidied', () => {
  for (const [folder, path, whole] of [
    ['', 'a', 'a'],
    ['a', './b/../c', 'a/c'],
    ['a', '../../b', '../b'],
    ['a', '/b', '/b'],
    ['/', 'a', '/a'],
    ['a', '.', 'a'],
  ] as const)
    assert.equal(join(folder, path), whole);
});

test('the way upwards ends at the top, wherever it begins', () => {
  assert.deepEqual(upwards('a/b'), ['a/b', 'a', '']);
  assert.deepEqual(upwards('/a/b'), ['/a/b', '/a', '/']);
  assert.deepEqual(upwards('../a'), ['../a', '..']);
  assert.deepEqual(upwards(''), ['']);
  assert.deepEqual(upwards('/a/b/c', 2), ['/a/b/c', '/a/b']);
});
