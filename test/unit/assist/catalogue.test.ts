import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../../src/assist/complete.ts';
import { hover } from '../../../src/assist/hover.ts';
import { open } from '../../../src/core.ts';
import { applyEdits } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

const at = (marked: string): { readonly text: string; readonly offset: number } => ({
  text: marked.replace('|', ''),
  offset: marked.indexOf('|'),
});

const items = (marked: string) => {
  const { text, offset } = at(marked);
  return { text, items: complete(open('.ml-containers.yaml', text, 'catalogue'), offset, worldOf({})) };
};
const labels = (marked: string): readonly string[] => items(marked).items.map(({ label }) => label);

test('keys of every table, those that are there left out', () => {
  assert.deepEqual(labels('|'), ['$schema', 'images', 'services', 'indexes', 'gpus']);
  assert.deepEqual(labels('images: []\n|'), ['$schema', 'services', 'indexes', 'gpus']);
  assert.deepEqual(labels('indexes:\n  - |'), ['url', 'of', 'build']);
  assert.deepEqual(labels('indexes:\n  - url: https://a\n    |'), ['of', 'build']);
  assert.deepEqual(labels('services:\n  - id: a\n    images: [a]\n    ports:\n      - port: 80\n        r|'), ['role', 'protocol', 'ui']);
  assert.deepEqual(labels('images:\n  - image: a\n    tools:\n      curl: true\n      |'), ['wget', 'git', 'gcc', 'nc']);
  assert.deepEqual(labels('services:\n  - id: a\n    env:\n      |'), []);
});

test('values that are known', () => {
  assert.deepEqual(labels('indexes:\n  - of: |'), ['pypi', 'pytorch']);
  assert.deepEqual(labels('services:\n  - wantsShm: |'), ['true', 'false']);
  assert.ok(labels('images:\n  - basedOn: |').includes('python:3.12-slim'));
  assert.ok(labels('services:\n  - images:\n      - |').some((label) => label.startsWith('postgres')));
  assert.deepEqual(labels('images:\n  - packages:\n      - |').slice(0, 2), ['apt', 'apk']);
  assert.ok(labels('gpus:\n  - computeCapability: "|"').includes('8.9'));
  assert.ok(labels('indexes:\n  - build: |').includes('cu126'));
});

test('what is taken is sound', () => {
  const taken = (marked: string, label: string): string => {
    const { text, items: offered } = items(marked);
    const item = offered.find((each) => each.label === label);
    assert.ok(item, `${label} is not offered`);
    return applyEdits(text, [{ span: item.span, text: item.text }]);
  };
  assert.equal(taken('images:\n  |', 'image'), 'images:\n  - image: ');
  assert.equal(taken('images:\n  - image: a\n    python: |', '3.12'), 'images:\n  - image: a\n    python: "3.12"');
  assert.equal(taken('images:\n  - image: a\n    python: "3|"', '3.12'), 'images:\n  - image: a\n    python: "3.12"');
  assert.equal(taken('ser|', 'services'), 'services:\n  - ');
});

test('hover says what a key is, and what is known of an image', () => {
  const told = (marked: string): string | undefined => {
    const { text, offset } = at(marked);
    return hover(open('.ml-containers.yaml', text, 'catalogue'), offset, worldOf({}))?.markdown;
  };
  assert.match(told('images:\n  - based|On: python:3.12-slim\n') ?? '', /public image/);
  assert.match(told('images:\n  - basedOn: python:3.12-|slim\n') ?? '', /Python/);
  assert.match(told('index|es:\n  - url: https://a\n') ?? '', /index/);
  assert.match(told('indexes:\n  - o|f: pypi\n') ?? '', /`pypi`, `pytorch`/);
  assert.equal(told('nothing|: 1\n'), undefined);
});
