import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { wrongRefactorings } from '../../scripts/refactoringsHold.ts';
import { languageOf } from '../../src/core.ts';
import type { Example } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { marked } from './examples.ts';
import { worldOf } from './world.ts';

// Every refactoring of a Compose file leaves a file that Compose takes and that means the same, with its comments, anchors and line ends.

const none: Example = {};
const forms = `x-env: &env
  A: "1"
services:
  api: # the server
    image: api:1 # pinned
    ports:
      # public
      - "127.0.0.1:8080:80/tcp" # web
      - 9000-9001:9000-9001
      - target: 443
        published: "8443"
        host_ip: 127.0.0.1
    volumes:
      - data:/data:ro # kept
      - ./conf:/etc/app
      - type: tmpfs
        target: /tmp
    environment:
      <<: *env
      B: 'two # words'
      TOKEN: s3cr3t-value
    labels: [a=b, "c=d e"]
    depends_on: [db]
  db:
    image: postgres:17
    environment: [POSTGRES_PASSWORD=s3cr3t-value, EMPTY=, FROM_SHELL]
    volumes: ["db:/var/lib/postgresql/data"]
    healthcheck: {test: [CMD, pg_isready]}
  train:
    image: train:1
    # for the GPU
    gpus: all
    shm_size: 8gb
    depends_on:
      db: {condition: service_started}
volumes:
  db:
  data: {}
`;
const cases = [
  { name: 'forms', text: forms, example: none },
  ...rules.flatMap((rule) =>
    rule.language === 'compose'
      ? rule.examples.flatMap((example) =>
          [example.bad, example.good].flatMap((text) => (text === undefined ? [] : [{ name: rule.id, text: marked(text).text, example }])),
        )
      : [],
  ),
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' }).flatMap((path) =>
    languageOf(path) === 'compose' ? [{ name: path, text: readFileSync(join('examples', path), 'utf8'), example: none }] : [],
  ),
];

for (const [variant, change] of Object.entries({
  'as written': (text: string) => text,
  'with CRLF': (text: string) => text.replaceAll('\n', '\r\n'),
  'without a last line end': (text: string) => text.trimEnd(),
}))
  test(`refactorings hold: ${variant}`, () => {
    const wrong = cases.flatMap(({ name, text, example }) =>
      [...wrongRefactorings('compose.yaml', change(text), worldOf(example))].map((each) => `${name}: ${each}`),
    );
    assert.deepEqual(wrong, []);
  });
