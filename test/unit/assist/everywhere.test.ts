import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { everywhere } from '../../../src/assist/everywhere.ts';
import { languageOf, open } from '../../../src/core.ts';
import { hover } from '../../../src/assist/hover.ts';
import { positionAt } from '../../../src/text/text.ts';
import { worldOf } from '../world.ts';

type Files = Readonly<Record<string, string>>;

function at(marked: Files): { readonly args: readonly [ReturnType<typeof open>, number, ReturnType<typeof worldOf>] } {
  const files = Object.fromEntries(Object.entries(marked).map(([path, text]) => [path, text.replace('|', '')]));
  const [path = '', text = ''] = Object.entries(marked).find(([, each]) => each.includes('|')) ?? [];
  return { args: [open(path, files[path] ?? '', languageOf(path) ?? 'compose'), text.indexOf('|'), worldOf({ files })] };
}

/** Every place of the name at `|`, as `path:line`, declarations with `!`. */
function places(marked: Files): readonly string[] {
  const found = everywhere(...at(marked).args);
  return (found?.places ?? [])
    .map(({ document: { source }, span, write }) => `${write ? '!' : ''}${source.path}:${positionAt(source, span.start).line + 1}`)
    .sort();
}

describe('a name across files', () => {
  const db = 'services:\n  db:\n    image: postgres:17\nvolumes:\n  data:\n';
  test('of an included file, from either side', () => {
    const api =
      'include: [infra/db.yaml]\nservices:\n  api:\n    image: a\n    depends_on: [db]\n    network_mode: service:db\n    volumes: [data:/d]\n';
    const all = ['!infra/db.yaml:2', 'compose.yaml:5', 'compose.yaml:6'];
    assert.deepEqual(places({ 'compose.yaml': api.replace('[db]', '[d|b]'), 'infra/db.yaml': db }), all);
    assert.deepEqual(places({ 'compose.yaml': api, 'infra/db.yaml': db.replace('  db:', '  d|b:') }), all);
    assert.deepEqual(places({ 'compose.yaml': api.replace('data:/d', 'da|ta:/d'), 'infra/db.yaml': db }), [
      '!infra/db.yaml:5',
      'compose.yaml:7',
    ]);
  });

  test('of a file two others include: all of them, and not what another project has under the same name', () => {
    const user = 'include: [compose.db.yaml]\nservices:\n  x:\n    image: a\n    depends_on: [db]\n';
    const files = {
      'compose.a.yaml': user.replace('[db]', '[d|b]'),
      'compose.b.yaml': user,
      'compose.db.yaml': db,
      'other/compose.yaml': db,
    };
    assert.deepEqual(places(files), ['!compose.db.yaml:2', 'compose.a.yaml:5', 'compose.b.yaml:5']);
  });

  test('laid over another file', () => {
    const files = { 'compose.yaml': db, 'compose.override.yaml': 'services:\n  d|b:\n    ports: ["5432:5432"]\n' };
    assert.deepEqual(places(files), ['!compose.override.yaml:2', '!compose.yaml:2']);
    const gpu = { 'compose.yaml': db, 'compose.gpu.yaml': 'services:\n  d|b:\n    gpus: all\n', 'compose.alone.yaml': db };
    assert.deepEqual(places(gpu), ['!compose.gpu.yaml:2', '!compose.yaml:2']);
  });

  test('of a service in the file that is extended', () => {
    const api = 'services:\n  db:\n    extends:\n      file: common.yaml\n      service: db\n  x:\n    image: a\n    depends_on: [db]\n';
    assert.deepEqual(places({ 'compose.yaml': api.replace('service: db', 'service: d|b'), 'common.yaml': db }), [
      '!common.yaml:2',
      'compose.yaml:5',
    ]);
    assert.deepEqual(places({ 'compose.yaml': api.replace('[db]', '[d|b]'), 'common.yaml': db }), ['!compose.yaml:2', 'compose.yaml:8']);
  });

  test('that a file names for services of another that extend its own, and the other way round', () => {
    const shared = 'services:\n  api:\n    image: a\n    depends_on: [db]\n    environment:\n      URL: postgres://db:5432/x\n';
    const taking = 'services:\n  api:\n    extends: {file: ../base.yaml, service: api}\n  db:\n    image: postgres:17\n';
    const all = ['!app/compose.yaml:4', 'base.yaml:4', 'base.yaml:6'];
    assert.deepEqual(places({ 'app/compose.yaml': taking.replace('  db:', '  d|b:'), 'base.yaml': shared }), all);
    assert.deepEqual(places({ 'app/compose.yaml': taking, 'base.yaml': shared.replace('//db', '//d|b') }), all);
    // A base with a service of that name means its own, and one that two projects use means neither.
    assert.deepEqual(places({ 'app/compose.yaml': taking.replace('  db:', '  d|b:'), 'base.yaml': `${shared}  db:\n    image: x\n` }), [
      '!app/compose.yaml:4',
    ]);
    const two = { 'app/compose.yaml': taking.replace('  db:', '  d|b:'), 'two/compose.yaml': taking, 'base.yaml': shared };
    assert.deepEqual(places(two), ['!app/compose.yaml:4']);
    const user =
      'services:\n  api:\n    extends:\n      file: base.yaml\n      service: db\n  web:\n    image: w\n    env_file: web.env\n    environment: [URL=http://db:80]\n';
    const files = { 'compose.yaml': user, 'base.yaml': db.replace('  db', '  d|b'), 'web.env': 'PGHOST=db\n' };
    assert.deepEqual(places(files), ['!base.yaml:2', 'compose.yaml:5', 'compose.yaml:9', 'web.env:1']);
    assert.deepEqual(places({ ...files, 'base.yaml': db, 'compose.yaml': user.replace('//db', '//d|b') }), [
      '!base.yaml:2',
      'compose.yaml:5',
      'compose.yaml:9',
      'web.env:1',
    ]);
  });

  test('in what is laid over the file, or includes it, as a host', () => {
    const url = 'services:\n  api:\n    image: a\n    environment: {URL: "postgres://db:5432/x"}\n';
    const all = ['!compose.yaml:2', 'compose.override.yaml:4'];
    assert.deepEqual(places({ 'compose.yaml': db.replace('  db', '  d|b'), 'compose.override.yaml': url }), all);
    assert.deepEqual(places({ 'compose.yaml': db, 'compose.override.yaml': url.replace('//db', '//d|b') }), all);
    const including = `include: [db.yaml]\n${url}`;
    assert.deepEqual(places({ 'compose.yaml': including, 'db.yaml': db.replace('  db', '  d|b') }), ['!db.yaml:2', 'compose.yaml:5']);
    assert.deepEqual(places({ 'compose.yaml': including.replace('//db', '//d|b'), 'db.yaml': db }), ['!db.yaml:2', 'compose.yaml:5']);
  });

  test('that anchors bring into services: once, where it is written', () => {
    const text =
      'x-own: &own\n  depends_on: &needs\n    db:\n      condition: service_started\n  volumes: [data:/d]\nservices:\n  db:\n    image: a\n  b:\n    <<: *own\n  c:\n    depends_on:\n      <<: *needs\n  d:\n    depends_on: *needs\nvolumes:\n  data:\n';
    const all = ['!compose.yaml:7', 'compose.yaml:3'];
    assert.deepEqual(places({ 'compose.yaml': text.replace('  db:\n    image', '  d|b:\n    image') }), all);
    assert.deepEqual(places({ 'compose.yaml': text.replace('    db:\n      cond', '    d|b:\n      cond') }), all);
    assert.deepEqual(places({ 'compose.yaml': text.replace('  data:', '  da|ta:') }), ['!compose.yaml:17', 'compose.yaml:5']);
  });

  test('as the default of a variable', () => {
    const mounts = 'services:\n  a:\n    volumes:\n      - ${data:-data}:/d\n      - "${D:-data}:/e"\nvolumes:\n  data:\n';
    assert.deepEqual(places({ 'compose.yaml': mounts.replace('  data:', '  da|ta:') }), [
      '!compose.yaml:7',
      'compose.yaml:4',
      'compose.yaml:5',
    ]);
    assert.deepEqual(places({ 'compose.yaml': mounts.replace(':-data', ':-da|ta') }), [
      '!compose.yaml:7',
      'compose.yaml:4',
      'compose.yaml:5',
    ]);
    const text =
      'services:\n  db:\n    image: a\n  api:\n    environment:\n      DB_HOST: ${DB_HOST:-db}\n      BROKERS: "${BROKERS-db:9092}"\n      MODE: ${MODE:-db}\n';
    assert.deepEqual(places({ 'compose.yaml': text.replace('  db:', '  d|b:') }), ['!compose.yaml:2', 'compose.yaml:6', 'compose.yaml:7']);
  });

  test('as a host: in addresses, commands and checks, and nowhere that something else is meant', () => {
    const text = [
      'include: [db.yaml]',
      'services:',
      '  api:',
      '    image: ghcr.io/db:5432',
      '    environment:',
      '      DATABASE_URL: postgresql+psycopg://db:db@db:5432/db?options=db',
      '      BOOTSTRAP_SERVERS: "x:9092,db:92"',
      '      CACHE: http://${CACHE_HOST:-db}:80/',
      '      DB_HOST: db',
      '      MODE: db',
      '      DB_IMAGE: db:5432',
      '      NODES: mongodb://m:27017,db:27017/x',
      '      ELSEWHERE: http://db.example.org:80',
      '    command: ["wait-for", "db:5432", "-h", "db", "--", "serve", "db"]',
      '    healthcheck:',
      '      test: pg_isready --host=db -U db',
      '  web:',
      '    image: web:1',
      '    extra_hosts: ["db:10.0.0.5"]',
      '    environment: [URL=http://db:80]',
      '  worker:',
      '    image: w:1',
      '    environment: [URL=http://db:80, PGHOST=db, QUORUM_VOTERS=1@db:9093]',
      '    healthcheck: {test: [CMD, curl, "http://worker:80/db"]}',
      '',
    ].join('\n');
    const all = ['!db.yaml:2', '6', '7', '8', '9', '12', '14', '14', '16', '23', '23', '23'].map((line) =>
      line.startsWith('!') ? line : `compose.yaml:${line}`,
    );
    assert.deepEqual(places({ 'compose.yaml': text.replace('db:db@db', 'db:db@d|b'), 'db.yaml': db }), all.toSorted());
    assert.deepEqual(places({ 'compose.yaml': text, 'db.yaml': db.replace('  db', '  d|b') }), all.toSorted());
    assert.deepEqual(places({ 'compose.yaml': text.replace('//worker:80', '//work|er:80'), 'db.yaml': db }), [
      '!compose.yaml:21',
      'compose.yaml:24',
    ]);
    assert.deepEqual(places({ 'compose.yaml': text.replace('//db.example', '//d|b.example'), 'db.yaml': db }), []);
    assert.deepEqual(places({ 'compose.yaml': text.replace('MODE: db', 'MODE: d|b'), 'db.yaml': db }), []);
  });

  test('of a service in the content of configs, in env files, and in the .env as far as it is used', () => {
    const compose =
      'services:\n  d|b:\n    image: postgres:17\n  api:\n    image: a:1\n    env_file:\n      - api.env\n      - path: ./more.env\n        required: false\n    environment:\n      URL: ${URL}\n' +
      'configs:\n  nginx:\n    content: |\n      # db\n      upstream http://db:8080;\n      server db:5432;\n';
    const files = {
      'compose.yaml': compose,
      'api.env': '# db\nDATABASE_URL=postgres://u:p@db:5432/x # db\r\nexport DB_HOST="db"\nNAME=db\nIMAGE=db:1\nOTHER=http://dbx:1/\n',
      'more.env': 'A=b\nREDIS_HOST = db\n',
      '.env': 'URL=http://db/\nUNUSED=http://db/\n',
      'other.env': 'URL=http://db/\n',
    };
    assert.deepEqual(places(files), [
      '!compose.yaml:2',
      '.env:1',
      'api.env:2',
      'api.env:3',
      'compose.yaml:16',
      'compose.yaml:17',
      'more.env:2',
    ]);
    const { args } = at(files);
    for (const { document, span } of everywhere(...args)?.places ?? [])
      assert.equal(document.source.text.slice(span.start, span.end), 'db');
  });

  test('of a stage and a build argument of the Dockerfile', () => {
    const dockerfile = 'FROM python:3.12 AS base\nARG CUDA=12\nFROM base AS final\n';
    const compose = 'services:\n  api:\n    build:\n      context: .\n      target: base\n      args:\n        CUDA: "13"\n';
    assert.deepEqual(places({ 'compose.yaml': compose.replace('target: base', 'target: ba|se'), Dockerfile: dockerfile }), [
      '!Dockerfile:1',
      'Dockerfile:3',
      'compose.yaml:5',
    ]);
    assert.deepEqual(places({ 'compose.yaml': compose, Dockerfile: dockerfile.replace('AS base', 'AS ba|se') }), [
      '!Dockerfile:1',
      'Dockerfile:3',
      'compose.yaml:5',
    ]);
    assert.deepEqual(places({ 'compose.yaml': compose.replace('CUDA:', 'CU|DA:'), Dockerfile: dockerfile }), [
      '!Dockerfile:2',
      'compose.yaml:7',
    ]);
  });

  test('shown on hover with the file that has it', () => {
    const { args } = at({
      'compose.yaml': 'include: [compose.db.yaml]\nservices:\n  x:\n    image: a\n    depends_on: [d|b]\n',
      'compose.db.yaml': db,
    });
    assert.equal(hover(...args)?.markdown, '```yaml\ndb:\n  image: postgres:17\n```\n\nin `compose.db.yaml`');
  });
});
