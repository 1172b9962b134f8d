import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { commands } from '../../client/commands/index.ts';
import { answers, commandLines, practices, troubles, unknownNames } from '../../scripts/generate/practices.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import { rules } from '../../src/rules/index.ts';

test('every rule, command and message that an answer names is there', () => {
  assert.deepEqual(unknownNames(rules, commands, knowledge), []);
});

test('every practice, trouble and command line has an answer, or says what is absent', () => {
  const empty = answers.filter(
    ({ rules: own = [], commands: does = [], also, absent }) => !own.length && !does.length && also === undefined && absent === undefined,
  );
  assert.deepEqual(
    empty.map(({ about }) => about),
    [],
  );
});

interface Collected {
  readonly practices: readonly { readonly rules: readonly string[] }[];
  readonly troubleshooting: readonly { readonly errors: readonly string[] }[];
  readonly commands: readonly { readonly command: string }[];
  readonly registries: readonly unknown[];
}
const collection = '../shared/knowledge/practices.json';
test('what was collected is answered, one for one', { skip: existsSync(collection) ? false : `${collection} is not here` }, () => {
  const collected = JSON.parse(readFileSync(collection, 'utf8')) as Collected;
  assert.equal(practices.length, collected.practices.length);
  assert.equal(troubles.length, collected.troubleshooting.length);
  assert.equal(commandLines.length, collected.commands.length);
  assert.equal(knowledge.registries.length, collected.registries.length);
  const named: ReadonlySet<string> = new Set(answers.flatMap((answer) => answer.rules ?? []));
  const wanted = collected.practices.flatMap((practice) => practice.rules).filter((id) => rules.some((rule) => rule.id === id));
  assert.deepEqual(
    wanted.filter((id) => !named.has(id)),
    [],
  );
  for (const [at, { errors }] of collected.troubleshooting.entries()) {
    const own = troubles[at]?.errors ?? [];
    assert.deepEqual(
      errors.filter((id) => !own.includes(id)),
      [],
    );
  }
});
