import assert from 'node:assert/strict';
import { test } from 'node:test';
import { overrideHints, valueHints } from '../../../src/assist/compose/valueHints.ts';
import { hover } from '../../../src/assist/hover.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { worldOf } from '../world.ts';

const text =
  'services:\n  api:\n    image: api:${TAG:-1}\n    ports:\n      - "${PORT}:80"\n    environment:\n      TOKEN: ${API_TOKEN}\n      NONE: ${UNSET:-x}\n      COST: $$5\n    restart: always\n';
const files = {
  'compose.yaml': text,
  '.env': 'TAG=2\nPORT=8080\nAPI_TOKEN=abc\n',
  'compose.override.yaml': 'services:\n  api:\n    restart: "no"\n    image: api:dev\n',
};
const file = parseCompose('compose.yaml', text);
const before = (offset: number): string => text.slice(text.lastIndexOf('\n', offset - 1) + 1, offset).trim();

test('what variables come to stands beside them: no secrets, nothing that only a default says', () => {
  const shown = valueHints(file, worldOf({ files })).map(({ offset, label }) => `${before(offset)} ${label}`);
  assert.deepEqual(shown, ['image: api:${TAG:-1} = api:2', '- "${PORT}:80" = 8080:80']);
});

test('what an override file puts in the place of a value stands beside it', () => {
  const shown = overrideHints(file, worldOf({ files })).map(({ offset, label }) => `${before(offset)} ${label}`);
  assert.deepEqual(shown, ['image: api:${TAG:-1} (compose.override.yaml: api:dev)', 'restart: always (compose.override.yaml: no)']);
  assert.deepEqual(overrideHints(file, worldOf({ files: { 'compose.yaml': text } })), []);
});

test('hover says what a value comes to, and not a secret', () => {
  const at = (what: string): string | undefined => hover(file, text.indexOf(what) + 2, worldOf({ files }))?.markdown;
  assert.equal(at('"${PORT}'), 'Comes to `8080:80` here.');
  assert.ok(!at('${API_TOKEN}')?.includes('abc'));
});
