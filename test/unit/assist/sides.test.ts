import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sidesAt } from '../../../src/assist/compose/sides.ts';
import { parseCompose } from '../../../src/compose/parse.ts';
import { lineAt, slice } from '../../../src/text/text.ts';

const text = `services:
  api:
    image: api:1
    command: ["serve", "--port", "80", "--models", "/models/llama"]
    environment:
      PORT: 80
      MODEL: /models
      PUBLIC_URL: http://localhost:8080
      OTHER: "180"
    ports:
      - "127.0.0.1:8080:80"
      - target: 9000
        published: "9001"
    expose: ["80"]
    volumes:
      - data:/models:ro
      - ./conf:/etc/app
    healthcheck:
      test: curl -f http://localhost:80/health
  web:
    image: web:1
    environment: [API=http://api:80/v1, METRICS=http://api:9000, X=http://localhost:9001]
    ports: ["\${WEB:-3000}:3000"]
    volumes: ["data:/cache", "./conf:/conf"]
volumes:
  data:
`;

/** Lines of what is marked beside the word at the given one of its places; definitions with `!`. */
function marked(word: string, nth = 0): readonly string[] | undefined {
  const file = parseCompose('compose.yaml', text);
  const places = sidesAt(file, [...text.matchAll(new RegExp(word, 'g'))][nth]?.index ?? -1);
  return places?.map(({ span, write }) => `${write ? '!' : ''}${lineAt(file.source, span.start) + 1} ${slice(file.source, span)}`);
}

test('a port is the same on the host, in the container, in checks, options and addresses', () => {
  const all = ['4 80', '6 80', '8 8080', '!11 8080', '!11 80', '14 80', '19 80', '22 80'];
  assert.deepEqual(marked('8080'), all);
  assert.deepEqual(marked('80(?=")', 2), all);
  assert.deepEqual(marked('80(?=/health)'), all);
  assert.deepEqual(marked('9000'), ['!12 9000', '!13 9001', '22 9000', '22 9001']);
  assert.deepEqual(marked('3000(?=\\})'), ['!23 3000', '!23 3000']);
  assert.equal(marked('180'), undefined);
});

test('a mount is the same on the host, in the container, in commands and variables', () => {
  assert.deepEqual(marked('/models(?=:)'), ['4 /models', '7 /models', '!16 data', '!16 /models', '24 data', '26 data']);
  assert.deepEqual(marked('/etc/app'), ['!17 ./conf', '!17 /etc/app', '24 ./conf']);
  assert.equal(marked('serve'), undefined);
});
