import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tokensInCompose } from '../../../src/assist/compose/tokens.ts';
import { hintsInCompose } from '../../../src/assist/compose/hints.ts';
import { overrideHints, valueHints } from '../../../src/assist/compose/valueHints.ts';
import { links } from '../../../src/assist/outline.ts';
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

test('what stands in the place of a value of the extended service stands beside it, when it is another', () => {
  const stack = parseCompose(
    'compose.yaml',
    'services:\n  a:\n    image: x\n    restart: always\n  b:\n    extends: a\n    image: x\n    restart: on-failure\n',
  );
  assert.deepEqual(
    hintsInCompose(stack).map(({ label }) => label),
    ['(parent value: always)'],
  );
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

test('a published port leads to its page, where a browser can look', () => {
  const ports = ['8080:80', '127.0.0.1:8443:8443', '5432:5432', '53:53/udp', '80', '8000-8001:80-81', '${P}:80'];
  const stack = parseCompose('compose.yaml', `services:\n  a:\n    ports: ${JSON.stringify(ports)}\n`);
  assert.deepEqual(
    links(stack).map(({ target }) => target),
    ['http://localhost:8080/', 'https://localhost:8443/'].map((url) => ({ kind: 'page', url })),
  );
});

test('what variables make of a port leads to its page, and a folder that is built to its Dockerfile', () => {
  const text =
    'services:\n  a:\n    build: ./app\n    ports: ["${PORT:-8080}:80", "${UI}:80", "${NONE}:80"]\n  b:\n    build: {context: app, dockerfile: Dockerfile.gpu}\n  c:\n    build: ./none\n';
  const { files } = worldOf({
    files: { 'compose.yaml': text, '.env': 'UI=3000\n', 'app/Dockerfile': 'FROM a\n', 'app/Dockerfile.gpu': 'FROM a\n' },
  });
  assert.deepEqual(
    links(parseCompose('compose.yaml', text), files).map(({ target }) => (target.kind === 'page' ? target.url : target.path)),
    ['app/Dockerfile', 'http://localhost:8080/', 'http://localhost:3000/', 'app/Dockerfile.gpu'],
  );
});

test('hover on a service says what it waits for, down to the last one, and ends in a circle', () => {
  const stack =
    'services:\n  a:\n    image: a\n    ports: ["8080:80"]\n    gpus: all\n    depends_on:\n      b: {condition: service_healthy}\n  b:\n    image: b\n    depends_on: [c]\n  c:\n    image: c\n    depends_on: [a]\n';
  assert.equal(
    hover(parseCompose('compose.yaml', stack), stack.indexOf('  a:') + 2, worldOf({}))?.markdown,
    '**a**\n\n- Image: `a`\n- Ports: [`8080:80`](http://localhost:8080/)\n- GPUs: all\n- Health check: none in this file\n- Waits for:\n  - `b` (healthy)\n    - `c`\n      - `a`',
  );
});

test('names that refer to things and variables have colours of their own', () => {
  const stack = 'services:\n  api:\n    image: "a:${TAG:-1}$$x"\n    depends_on: [db]\n    volumes:\n      - data:/d\n';
  const shown = tokensInCompose(parseCompose('compose.yaml', stack)).map(
    ({ start, end, type, declaration }) => `${declaration ? '!' : ''}${type} ${stack.slice(start, end)}`,
  );
  assert.deepEqual(shown, ['!class api', 'variable TAG', 'class db', 'namespace data']);
});
