import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hover } from '../../../src/assist/hover.ts';
import { open } from '../../../src/core.ts';
import type { Language } from '../../../src/document.ts';
import { worldOf } from '../world.ts';

const world = worldOf({});

const at = (path: string, language: Language, text: string): string | undefined => {
  const offset = text.indexOf('|');
  return hover(open(path, text.replace('|', ''), language), offset, world)?.markdown;
};

test('the card is where the pointer rests', () => {
  assert.match(at('Dockerfile', 'dockerfile', 'FROM pyt|hon:3.12-slim\n') ?? '', /Python \| 3\.12/);
  assert.match(at('Dockerfile', 'dockerfile', 'FROM python:3.12\nRUN pip install tor|ch==2.5.1\n') ?? '', /torchvision \| 0\.20\.1/);
  assert.match(at('requirements.txt', 'requirements', 'numpy\nto|rch==2.5.1\n') ?? '', /torchaudio \| 2\.5\.1/);
  assert.match(at('compose.yaml', 'compose', 'services:\n  db:\n    image: post|gres:17\n') ?? '', /5432/);
  assert.equal(at('requirements.txt', 'requirements', 'left-|pad==1\n'), undefined);
});

test('an image that no table knows leads to its page; a bare name nobody has does not', () => {
  const page = '**grafana/loki** `grafana/loki:3.4.1`\n\n[hub.docker.com/r/grafana/loki](https://hub.docker.com/r/grafana/loki)';
  assert.equal(at('Dockerfile', 'dockerfile', 'FROM graf|ana/loki:3.4.1\n'), page);
  assert.equal(at('Dockerfile', 'dockerfile', 'FROM a\nCOPY --from=graf|ana/loki:3.4.1 /a /a\n'), page);
  assert.equal(at('Dockerfile', 'dockerfile', 'FROM no|pe\n'), undefined);
});

test('a directive that has no value yet', () => {
  assert.match(at('Dockerfile', 'dockerfile', '#esc|ape=\nFROM a\n') ?? '', /continues a line/);
  assert.equal(at('Dockerfile', 'dockerfile', 'FROM a\n#esc|ape=\n'), undefined);
});

test('a part of the file’s own, where it is used, and the variables that an image reads', () => {
  const text =
    'x-own: &own\n  image: postgres:17\n  environment: &env\n    POSTGRES_PASSWORD: x\nservices:\n  a:\n    <<: *own\n  b:\n    environment:\n      <<: *env\n      HF_HOME: /m\n  c:\n    environment:\n      - HF_HOME=/m\n---\nservices:\n  a:\n    restart: always\n';
  const card = (place: string): string | undefined =>
    hover(open('compose.yaml', text, 'compose'), text.indexOf(place) + 1, worldOf({}))?.markdown;
  assert.equal(card('x-own'), '**x-own**\n\nUsed by `a`, `b`.');
  assert.match(card('image:') ?? '', /compose-file\/services\/#image\)/);
  assert.match(card('postgres:17') ?? '', /PostgreSQL/);
  assert.match(card('POSTGRES_PASSWORD') ?? '', /^\*\*POSTGRES_PASSWORD\*\*: /);
  assert.match(card('HF_HOME: ') ?? '', /^\*\*HF_HOME\*\*: /);
  assert.match(card('HF_HOME=') ?? '', /^\*\*HF_HOME\*\*: /);
  assert.equal(card('=/m'), undefined);
  assert.match(card('restart: always') ?? '', /services\/#restart\)/);
});

test('what variables make of a service of a Compose file, and who uses its resources', () => {
  const compose = (marked: string): string | undefined => at('compose.yaml', 'compose', marked);
  const api = 'services:\n  a|pi:\n    image: own:${TAG:-2}\n    build: .\n    ports: ["${PORT:-8080}:80"]\n    volumes: ["data:/d"]\n';
  assert.match(compose(api) ?? '', /built here as `own:2`[^]*\[`8080:80`\]\(http:\/\/localhost:8080\/\)/);
  assert.equal(compose('services:\n  api:\n    image: own:${T|AG:-2}\n'), 'Comes to `own:2` here.');
  assert.match(
    compose('services:\n  api:\n    environment: {A: "${A_K|EY:?set it}"}\n') ?? '',
    /^Compose stops here until .* sets `A_KEY`\.$/,
  );
  assert.match(compose('services:\n  api:\n    environment: {A: "${A|_URL}/v1"}\n') ?? '', /^Neither .* sets `A_URL`/);
  assert.match(compose('services:\n  db:\n    image: postgres:${T|AG:-17}\n') ?? '', /^Comes to `postgres:17` here\.[^]*5432/);
  assert.equal(compose(`${api.replace('|', '')}volumes:\n  da|ta:\n  other:\n`), '**data**\n\nUsed by `api`.');
  assert.match(compose(`${api.replace('|', '')}volumes:\n  data:\n  ot|her:\n`) ?? '', /No service/);
});
