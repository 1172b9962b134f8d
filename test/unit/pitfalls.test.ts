import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { pitfalls, pitfallStates, unexplained } from '../../scripts/generate/pitfalls.ts';
import { rules } from '../../src/rules/index.ts';

const states = pitfallStates(rules);

test('every pitfall has a rule', () => {
  assert.equal(new Set(pitfalls.map(({ id }) => id)).size, 187);
  assert.deepEqual(
    states.filter(({ state }) => state === 'missing').map(({ pitfall }) => pitfall.id),
    [],
  );
});

test('a pitfall that is off, or reported less loudly than it is bad, says why', () => {
  assert.deepEqual(
    states.filter((state) => state.state !== 'missing' && unexplained(state)).map(({ pitfall }) => pitfall.id),
    [],
  );
});

test('a rule that is off by default says why, or is about style', () => {
  const pitfallIds = new Set(pitfalls.map(({ by, id }) => by ?? id));
  const silent = rules.filter(({ id, enabled, quiet }) => pitfallIds.has(id) && !enabled && quiet === undefined);
  assert.deepEqual(
    silent.map(({ id }) => id),
    [],
  );
});

const collection = '../shared/knowledge/pitfalls.json';
test('the pitfalls are those that were collected', { skip: existsSync(collection) ? false : `${collection} is not here` }, () => {
  const collected = JSON.parse(readFileSync(collection, 'utf8')) as { rules: { id: string; severity: string }[] };
  assert.deepEqual(
    pitfalls.map(({ id, severity }) => `${id} ${severity}`),
    collected.rules.map(({ id, severity }) => `${id} ${severity.split(' ')[0] ?? ''}`),
  );
});
