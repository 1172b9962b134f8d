import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { duration, bytes } from '../../src/compose/check/values.ts';
import { check } from '../../src/compose/check/check.ts';
import { isGivenLater } from '../../src/compose/complaint.ts';
import { config } from '../../src/compose/config.ts';
import { readEnv } from '../../src/compose/envFile.ts';
import { substitute } from '../../src/compose/interpolate.ts';
import { keyAt, keysAt, valuesAt } from '../../src/compose/keys/lookup.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { layersOf } from '../../src/compose/project.ts';
import { mountOf } from '../../src/compose/short/mount.ts';
import { portsOf } from '../../src/compose/short/port.ts';
import { lineAt } from '../../src/text/text.ts';

const around = (files: Readonly<Record<string, string>> = {}, env: Readonly<Record<string, string>> = {}) => ({
  read: (path: string) => files[path],
  variable: (name: string) => env[name],
});

describe('compose', () => {
  test('variables: every form', () => {
    const env: Readonly<Record<string, string>> = { A: 'a', E: '' };
    const text = (template: string) => {
      const result = substitute(template, (name) => env[name]);
      return result.ok ? result.text : result.reason;
    };
    assert.deepEqual(
      ['$A-${A}', '${U:-d}', '${E:-d}', '${E-d}', '${A:+r}', '${U+r}', '${U:-${A:-x}}', '$$A', '${U:?no}', '${', '$ 5', '${J-{"x":1}}'].map(
        text,
      ),
      ['a-a', 'd', 'd', '', 'r', '', 'a', '$A', 'required', 'invalid', '$ 5', '{"x":1}'],
    );
  });

  test('.env: quotes, comments, export and earlier variables', () => {
    const read = readEnv('# c\nexport A=1\nB="x ${A}" # y\nC=\'$A\'\nD=a b # c\nE=\n', () => undefined);
    assert.deepEqual(Object.fromEntries(read), { A: '1', B: 'x 1', C: '$A', D: 'a b', E: '' });
  });

  test('ports and mounts in the short form', () => {
    const ports = portsOf('127.0.0.1:9000-9001:8000-8001/udp');
    assert.ok(ports.ok);
    assert.deepEqual(
      ports.ports.map(({ hostIp, published, target, protocol }) => `${hostIp} ${published} ${String(target)} ${protocol}`),
      ['127.0.0.1 9000 8000 udp', '127.0.0.1 9001 8001 udp'],
    );
    assert.equal(portsOf('80:80:80').ok, false);
    assert.deepEqual(mountOf('C:\\data:/data:ro'), {
      ok: true,
      mount: { type: 'bind', source: 'C:\\data', target: '/data', readOnly: true, options: ['ro'] },
    });
    assert.equal(mountOf('/a:/b:ro:z').ok, false);
  });

  test('layers: COMPOSE_FILE of the shell and of .env, and the override by name', () => {
    const at = (path: string, files: Readonly<Record<string, string>>, env: Readonly<Record<string, string>> = {}) =>
      layersOf(path, around({ 'a.yml': '', 'b.yml': '', 'c.yml': '', ...files }, env));
    assert.deepEqual(at('b.yml', { '.env': 'COMPOSE_FILE=a.yml:b.yml:c.yml:gone.yml\n' }), { under: ['a.yml'], over: ['c.yml'] });
    assert.deepEqual(at('b.yml', {}, { COMPOSE_FILE: 'b.yml;a.yml' }), { under: [], over: ['a.yml'] });
    assert.deepEqual(at('p/compose.yaml', { 'p/compose.override.yml': '', 'p/compose.yaml': '' }), {
      under: [],
      over: ['p/compose.override.yml'],
    });
    assert.deepEqual(at('b.yml', {}), { under: [], over: [] });
  });

  test('a fragment of COMPOSE_FILE is held against all of its files', () => {
    const files = {
      '.env': 'COMPOSE_FILE=base.yml:gpu.yml\nCOMPOSE_PROFILES=gpu\n',
      'base.yml': 'services:\n  llm:\n    image: llm:1\n',
      'gpu.yml': 'services:\n  llm:\n    gpus: all\n  job:\n    image: job:1\n    profiles: [gpu]\n    depends_on: [lm]\n',
    };
    const found = check(parseCompose('gpu.yml', files['gpu.yml']), around(files), []);
    assert.match(found[0]?.message ?? '', /names the service «lm».*Did you mean «llm»/);
    assert.deepEqual(
      check(parseCompose('gpu.yml', files['gpu.yml']), around({ ...files, '.env': 'COMPOSE_FILE=base.yml:gpu.yml\n' }), []),
      [],
    );
  });

  test('durations and sizes', () => {
    assert.equal(duration('1h30m'), 5400);
    assert.equal(duration('10'), undefined);
    assert.equal(bytes('2gb'), 2 * 1024 ** 3);
    assert.equal(bytes('much'), undefined);
  });

  test('the keys table knows a key by its path', () => {
    assert.match(keyAt(['services', 'api', 'healthcheck', 'start_period'])?.ml ?? '', /weights/);
    assert.ok(Object.hasOwn(keysAt(['services', 'api', 'ports', '[]']).keys, 'target'));
    assert.deepEqual(keysAt(['services']).named, ['service']);
    assert.ok(valuesAt(['services', 'api', 'depends_on', 'db', 'condition']).includes('service_healthy'));
    assert.equal(keyAt(['services', 'api', 'nonsense']), undefined);
  });

  test('what no variable and no file of a machine could make right is wrong now', () => {
    for (const line of ['environment: "A=${A}"', 'env_file: -./a.env', 'env_file: null - .env']) {
      const file = parseCompose('compose.yaml', `services:\n  a:\n    image: x\n    ${line}\n`);
      const [found] = check(file, { read: () => undefined, variable: () => undefined }, []);
      assert.ok(found && !isGivenLater(found), line);
    }
  });

  test('a line that is out of step is found above where YAML falls over it', () => {
    const cases: readonly (readonly [line: number, text: string])[] = [
      [4, 'services:\n  a:\n    image: x\nb:\n    image: y\n    restart: "no"\n  c:\n    image: z\n'],
      [2, 'services:\na:\n    image: x\n\n  c:\n    image: z\n'],
      [4, 'services:\n  a:\n    image: x\n  ports:\n      - "80:80"\n    restart: "no"\n'],
      [4, 'services:\n  a:\n    image: x\n   environment:\n      A: b\n    restart: "no"\n'],
      [3, 'services:\n  a:\n    - build:\n        context: .\n    image: x\n    restart: "no"\n'],
      [2, 'services:\n  - a:\n      image: x\n  b:\n    image: y\n'],
      [1, '- services:\n    a:\n      image: x\nvolumes:\n  v:\n'],
      [2, 'services:\n    image: x\n    restart: "no"\n  b:\n    image: y\n'],
      [6, 'services:\n  a:\n    image: x\n    ports:\n      - target: 80\n      published: 80\n'],
    ];
    for (const [line, text] of cases) {
      const { source, faults } = parseCompose('compose.yaml', text);
      assert.deepEqual(
        faults.map(({ span }) => lineAt(source, span.start) + 1),
        [line],
        text,
      );
    }
  });

  test('what is between brackets or quotes may stand in any column, and none of them may be left open', () => {
    const file = (...lines: readonly string[]) =>
      parseCompose('compose.yaml', `services:\n  api:\n    ${lines.join('\n')}\n    image: a:1\n`);
    for (const lines of [
      ['command: [', '    "a", # one', '    "b ]"', '    ]'],
      ['environment: {', 'A: b', '}'],
      ['command: "a', 'b"'],
      ['command: ["a', '  b",', "'c", "d']"],
      ['healthcheck:', '      test: ["CMD", "curl",', '    "-f", it]', '    ports: [', '    "80:80"]'],
    ]) {
      const { faults, services } = file(...lines);
      assert.deepEqual(faults, []);
      assert.deepEqual(services[0]?.node.entries.at(-1)?.keySpan.start, file(...lines).source.text.lastIndexOf('image'));
    }
    for (const lines of [
      ['command: ["a"', '    ports: ["80:80"]'],
      ['environment: {A: b'],
      ['command: "a', '    ports: ["80:80"]'],
      ['command: ["a", "b"', '    ports: "80:80"]'],
    ])
      assert.equal(file(...lines).faults.length, 1, lines[0]);
  });

  test('a tab in an empty line or before a comment, where Compose refuses it', () => {
    const lines = (...text: readonly string[]): readonly number[] => {
      const { faults, source } = parseCompose('compose.yaml', `services:\n  api:\n    build: .\n${text.join('\n')}\n    image: a:1\n`);
      return faults.map(({ span }) => lineAt(source, span.start) + 1);
    };
    for (const text of ['    restart: always', '    restart: "no"', '    environment:\n      A: b', '    dns: [a]', '    dns:\n    - a'])
      for (const tab of ['\t', '    \t', '\t# c']) assert.deepEqual(lines(text, tab), [3 + `${text}\n`.split('\n').length], text + tab);
    for (const text of [
      ['    restart: always', '     \t'],
      ['    dns: [a,', '\t', '      b]'],
      ['    command: "a', '\t', '      b"'],
      ['    restart: always\t'],
      ['    # c', '\t# d'],
    ])
      assert.deepEqual(lines(...text), [], text.join());
  });

  test('a broken line leaves what is said of the other services', () => {
    const text = 'services:\n  a:\n    image: x\n    command: [\n  b:\n    image: y\n    ports: ["80:99999"]\n';
    const file = parseCompose('compose.yaml', text);
    assert.ok(file.faults.length);
    const other = parseCompose('compose.yaml', 'services:\n  a:\n    image: x\n    ima ge\n  b:\n    image: y\n    ports: ["80:99999"]\n');
    const lines = check(other, around(), []).map(({ span }) => lineAt(other.source, span.start) + 1);
    assert.deepEqual(lines, [7]);
    for (const fallen of ['services:\n  api:\n\timage: a\n', 'services:\n  api:\n\timage: a\n\tports: [8]\nvolumes:\n  d:\n'])
      assert.deepEqual(check(parseCompose('compose.yaml', fallen), around(), []), []);
  });

  test('extends across files, override files and include come together', () => {
    const files = {
      'p/compose.yaml': 'include: [more/db.yaml]\nservices:\n  api:\n    extends: {file: base.yaml, service: base}\n    depends_on: [db]\n',
      'p/compose.override.yaml': 'services:\n  api:\n    ports: !override ["9000:9000"]\n    environment: {A: "2"}\n',
      'p/base.yaml': 'services:\n  base:\n    image: api:${TAG:-1}\n    ports: ["8000:8000"]\n    environment: [A=1, B=1]\n',
      'p/more/db.yaml': 'services:\n  db:\n    image: postgres:${V}\n',
      'p/more/.env': 'V=17\n',
    };
    const open = (path: keyof typeof files) => parseCompose(path, files[path]);
    assert.deepEqual(check(open('p/compose.yaml'), around(files), []), []);
    const { model, refused } = config([open('p/compose.yaml'), open('p/compose.override.yaml')], around(files), '/w');
    assert.deepEqual(refused, []);
    assert.deepEqual(model['services'], {
      api: {
        command: null,
        depends_on: { db: { condition: 'service_started', required: true } },
        entrypoint: null,
        environment: { A: '2', B: '1' },
        image: 'api:1',
        networks: { default: null },
        ports: [{ mode: 'ingress', target: 9000, published: '9000', protocol: 'tcp' }],
      },
      db: { command: null, entrypoint: null, image: 'postgres:17', networks: { default: null } },
    });
  });

  test('a fragment laid over a project is not called incomplete', () => {
    const files = { 'compose.yaml': 'services:\n  api:\n    image: api:1\nvolumes: {models: }\n' };
    const main = parseCompose('compose.yaml', files['compose.yaml']);
    const gpu = parseCompose('compose.gpu.yaml', 'services:\n  api:\n    gpus: all\n    volumes: ["models:/models"]\n');
    assert.deepEqual(check(gpu, around(files), [main]), []);
  });

  test('what Compose refuses across files and in env files is said where this file brings it in', () => {
    const said = (files: Readonly<Record<string, string>>): readonly string[] => {
      const file = parseCompose('compose.yaml', files['compose.yaml'] ?? '');
      return [...file.faults, ...check(file, around(files), [])].map(
        ({ span, message }) => `${String(lineAt(file.source, span.start) + 1)} ${message.replace(/[:.].*$/s, '')}`,
      );
    };
    const api = 'services:\n  api:\n    image: api:1\n';
    const b = 'services:\n  b:\n    image: b:1\n';
    const circle = { 'c.yaml': 'services:\n  x:\n    extends: {file: compose.yaml, service: api}\n' };
    assert.deepEqual(said({ 'compose.yaml': 'services:\n  api:\n    extends: {file: c.yaml, service: x}\n', ...circle }), [
      '3 «x» extends itself in a circle',
    ]);
    const nets = 'networks:\n  n:\n    driver: ';
    assert.deepEqual(said({ 'compose.yaml': `include: [b.yaml]\n${api}${nets}bridge\n`, 'b.yaml': `${b}${nets}overlay\n` }), [
      '1 This file brings a network «n», and there is another one of that name',
    ]);
    assert.deepEqual(said({ 'compose.yaml': `include: [{path: b.yaml, env_file: no.env}]\n${api}`, 'b.yaml': b }), [
      '1 There is no env file «no',
    ]);
    const env = `${api}    env_file: x.env\n`;
    const broken = ["A='x\n", 'A B=1\n', 'A!=1\n', 'echo hi\n'];
    for (const text of broken) assert.equal(said({ 'compose.yaml': env, 'x.env': text }).length, 1, text);
    for (const text of broken) assert.equal(said({ 'compose.yaml': api, '.env': text }).length, 1, text);
    const fine = [
      '\uFEFFA=1\n',
      'A="x\ny"\nB=1 # c\n',
      'export A=1\nB\n  C: x y\n',
      "A=it's\n",
      '# A B\n\n[x]\n',
      'A="x" y\n',
      'é="\\""\n',
    ];
    for (const text of fine) assert.deepEqual(said({ 'compose.yaml': env, 'x.env': text }), [], text);
    const raw = `${api}    env_file:\n      - path: x.env\n        format: `;
    assert.deepEqual(said({ 'compose.yaml': `${raw}raw\n`, 'x.env': "A='x\n" }), []);
    assert.deepEqual(said({ 'compose.yaml': `${raw}plain\n`, 'x.env': '' }).length, 1);
    assert.deepEqual(said({ 'compose.yaml': `${api}---\n` }).length, 1);
    assert.deepEqual(said({ 'compose.yaml': `${api}...\n...\n` }), []);
    assert.deepEqual(said({ 'compose.yaml': `include:\n${api}networks:\n  n: {external: true, driver: bridge}\n` }), []);
    const waits = (more: string): string => `${api}    depends_on:\n      b: {condition: service_started, required: false}\n${more}`;
    assert.deepEqual(said({ 'compose.yaml': waits('') }), ['5 «api» names the service «b» under depends_on, and there is none']);
    assert.deepEqual(said({ 'compose.yaml': waits('  b:\n    image: b:1\n    profiles: [x]\n') }), []);
    const build = `${api}    build:\n      context: .\n      `;
    assert.equal(said({ 'compose.yaml': `${build}additional_contexts: [base=service:no]\n` }).length, 1);
    assert.equal(said({ 'compose.yaml': `${build}dockerfile: D\n      dockerfile_inline: FROM a\n` }).length, 1);
    assert.equal(said({ 'compose.yaml': `${api}    volumes: [{type: bind, source: ./x}]\n` }).length, 1);
    assert.equal(said({ 'compose.yaml': `${api}    scale: -1\n` }).length, 1);
  });
});
