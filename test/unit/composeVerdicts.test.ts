import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { check } from '../../src/compose/check/check.ts';
import { substitute } from '../../src/compose/interpolate.ts';
import { envFault, rawEnvFault, readEnv, readRawEnv } from '../../src/compose/envFile.ts';
import { parseCompose } from '../../src/compose/parse.ts';
import { commandWords } from '../../src/compose/short/words.ts';
import { applyEdits, lineAt } from '../../src/text/text.ts';

/** The lines (from 1) of what Compose would refuse. */
function refusedLines(text: string, env: Readonly<Record<string, string>> = {}): number[] {
  const file = parseCompose('compose.yaml', text);
  const around = { read: () => undefined, variable: (name: string) => env[name] };
  const found = [...file.faults, ...check(file, around, [])];
  return [...new Set(found.map(({ span }) => lineAt(file.source, span.start) + 1))];
}

const service = (...lines: readonly string[]): string =>
  `services:\n  api:\n    image: api:1\n${lines.map((line) => `    ${line}\n`).join('')}`;

describe('what Compose refuses, and where', () => {
  test('ports', () => {
    const verdict = (port: string): boolean => refusedLines(service(`ports: ["${port}"]`)).length === 0;
    const good = ['80/tcp/udp', '80/', '[::1]:80:80', '[]:80:80', '::80', ':80', '0:80', '80-81-82', '1-2:80', '[::1]::80'];
    const bad = ['80:0', '0', '0-2:0-2', '::1:80:80', '[fe80::1%eth0]:80:80', '80/tcp:80', '/tcp', '80 : 80', '+80', '1000-999:80'];
    for (const port of good) assert.ok(verdict(port), port);
    for (const port of bad) assert.ok(!verdict(port), port);
    assert.deepEqual(refusedLines(service('ports:', '  - target: 80', '    host_ip: ""')), [6]);
    for (const number of ['0.5', '1e2']) assert.deepEqual(refusedLines(service(`expose: [${number}]`)), [4], number);
    assert.deepEqual(refusedLines(service('expose: [0x1F, "0.5", 80-82]')), []);
    for (const number of ['0o17', '0x1F', '017', '1_000']) assert.deepEqual(refusedLines(service(`ports: [${number}]`)), [], number);
    for (const number of ['1e2', '8.0', '-1', '"0x1F"']) assert.deepEqual(refusedLines(service(`ports: [${number}]`)), [4], number);
  });

  test('values of the wrong kind, or none', () => {
    for (const line of [
      'pid:',
      'build: {context: ., shm_size: 1.5}',
      'develop: {watch: [{path: "", action: rebuild}]}',
      'storage_opt: ["a=1"]',
    ])
      assert.deepEqual(refusedLines(service(line)), [4], line);
    for (const line of [
      'pid: ""',
      'build: {context: ., shm_size: 1g}',
      'build: {context: ., shm_size: 15}',
      'shm_size: 1.5',
      'storage_opt: {size: 1}',
    ])
      assert.deepEqual(refusedLines(service(line)), [], line);
  });

  test('names that are empty', () => {
    for (const line of ['depends_on: [""]', 'networks: [""]', 'secrets: [""]', 'configs: [{source: ""}]', 'links: [""]', 'models: [""]'])
      assert.deepEqual(refusedLines(service(line)), [4], line);
    assert.deepEqual(refusedLines(service('volumes: [{type: volume, source: "", target: /x}]')), []);
  });

  test('a mount where memory is mounted', () => {
    for (const volumes of ['["./x:/d"]', '[{type: volume, target: /d}]'])
      assert.deepEqual(refusedLines(service('tmpfs: ["/d:size=1"]', `volumes: ${volumes}`)), [5], volumes);
    assert.deepEqual(refusedLines(service('tmpfs: /tmp', 'volumes: ["./x:/d"]')), []);
  });

  test('an image that no service builds', () => {
    const text = (build: string): string =>
      `${service('build: {context: ., additional_contexts: {base: "service:base"}}')}  base:\n    image: base:1\n${build}`;
    assert.deepEqual(refusedLines(text('')), [4]);
    assert.deepEqual(refusedLines(text('    build: .\n')), []);
  });

  test('a file of which nothing is left', () => {
    for (const text of ['include: []\n', 'include:\n', 'include:\n  - project_directory: .\n', 'version: "3"\n'])
      assert.deepEqual(refusedLines(text), [1], text);
    for (const text of ['name: x\n', 'x-a: 1\n', 'include: [https://example.org/a.git]\n']) assert.deepEqual(refusedLines(text), [], text);
  });

  test('a misspelt service is said once where the other name is a usual one', () => {
    assert.deepEqual(refusedLines(`${service('depends_on: [dbb]')}  db:\n    image: postgres:17\n`), [4]);
    assert.deepEqual(refusedLines(`${service('depends_on: [ledger]')}  leger:\n    image: ours/ledger:1\n`), [4, 5]);
    assert.deepEqual(refusedLines(`${service('depends_on: [leger]')}  ledger:\n    image: ours/ledger:1\n`), [4]);
  });

  test('commands that cannot be split into words', () => {
    for (const key of ['command', 'entrypoint']) {
      assert.deepEqual(refusedLines(service(`${key}: echo it's`)), [4]);
      assert.deepEqual(refusedLines(service(`${key}: python -c print(1)`)), [4]);
      assert.deepEqual(refusedLines(service(`${key}: python -c "print(1)"`)), []);
    }
    assert.deepEqual(refusedLines(service('post_start:', '  - command: run "it')), [5]);
  });

  test('limits may have any name', () => {
    assert.deepEqual(refusedLines(service('ulimits: {Nofile: 10}')), []);
  });
});

describe('more that Compose refuses', () => {
  const refusedAt = (line: number, ...lines: readonly string[]): void => {
    assert.deepEqual(refusedLines(service(...lines)), [line], lines.join(' / '));
  };

  test('values that the schema takes and the reading does not', () => {
    refusedAt(4, 'build: {context: ., additional_contexts: {base: 1}}');
    refusedAt(4, 'build: {context: ., ulimits: {nofile: "5"}}');
    refusedAt(4, 'build: {context: ., shm_size: 1.5}');
    refusedAt(4, 'blkio_config: {weight: "5"}');
    refusedAt(4, 'blkio_config: {weight: -5}');
    refusedAt(4, 'storage_opt: {size: 1.5}');
    refusedAt(4, 'pid: null', 'profiles: [debug]');
    refusedAt(4, 'devices: [{source: /dev/fuse}]');
    refusedAt(6, 'develop:', '  watch:', '    - {path: "", action: rebuild}');
    assert.deepEqual(refusedLines(service('ulimits: {nofile: "5"}', 'storage_opt: {size: 5}')), []);
  });

  test('how numbers, sizes and rights are written', () => {
    for (const size of ['16Gi', '8i', '" 8g"', '"8g "', '"-1"', '1.5.2g']) refusedAt(4, `mem_limit: ${size}`);
    for (const size of ['16gib', '8 g', '"1e3g"', '"+8g"', '.5g', '1_000', '-1'])
      assert.deepEqual(refusedLines(service(`mem_limit: ${size}`)), [], size);
    for (const line of ['scale: "1.5"', 'cpu_percent: "${P:-150}"', 'cpu_count: "${P:--1}"', 'pids_limit: "1e3"', 'memswap_limit: "-1"'])
      refusedAt(4, line);
    for (const line of ['cpus: inf', 'pids_limit: 1.5', 'gpus: [{count: ALL}]']) assert.deepEqual(refusedLines(service(line)), [], line);
    refusedAt(4, 'configs: [{source: c, mode: "0o440"}]');
    refusedAt(4, 'devices: ["/dev/a:/dev/b:/dev/c:rwm"]');
  });

  test('what an inactive service may say, and what is as good as nothing', () => {
    refusedAt(4, 'scale: -1');
    refusedAt(4, 'deploy: {replicas: "${N:--1}"}');
    for (const lines of [
      ['profiles: [never]', 'scale: -1'],
      ['network_mode: host', 'networks: []'],
      ['extends: {service: other, since: 2}'],
      ['env_file: [{path: .env, format: ""}]'],
      ['environment: {"A ": b}'],
    ])
      assert.deepEqual(
        check(parseCompose('compose.yaml', `${service(...lines)}  other: {image: x}\n`), { read: () => '', variable: () => undefined }, [])
          .filter(({ ignored }) => !ignored)
          .map(({ message }) => message),
        [],
      );
    assert.deepEqual(refusedLines(service('build: {context: ., args: ["A "]}')), []);
    for (const key of ['build: {context: ., args: ["A =b"]}', 'post_start: [{command: x, environment: ["A =b"]}]']) refusedAt(4, key);
    refusedAt(4, 'environment: {~: 1}');
    assert.deepEqual(refusedLines(`${service('networks: ["my net"]')}networks:\n  my net:\n`), []);
    for (const net of ['5', '[x]', '{driver: [x]}', '{internal: 5}', '{ipam: {config: [abc]}}', '{labels: [5]}'])
      assert.deepEqual(refusedLines(`${service()}networks:\n  my net: ${net}\n`), [5], net);
    for (const net of ['{drver: 5}', '{name: 5}', '{ipam: {config: [{subnt: 5}]}}', '{labels: {a: [b]}}'])
      assert.deepEqual(refusedLines(`${service()}networks:\n  my net: ${net}\n`), [], net);
    assert.deepEqual(refusedLines(`${service()}models:\n  my model: 5\n  your model: {modl: x}\n`), [5]);
  });

  test('dates without quotes', () => {
    refusedAt(4, 'labels: {released: 2026-01-31}');
    refusedAt(4, 'environment: {A: 2026-1-1 10:00:00}');
    assert.deepEqual(refusedLines(service('labels: {a: "2026-01-31", b: 2026-13-01, c: 2026-01}', 'x-since: 2026-01-31')), []);
  });

  test('one path mounted in memory twice', () => {
    refusedAt(4, 'tmpfs: [/tmp, "/tmp:size=1g"]');
    assert.deepEqual(refusedLines(service('tmpfs: ["/tmp:size=2g", "/tmp:size=1g"]')), []);
  });

  test('a secret from a variable without a name, and a project whose name leaves nothing', () => {
    assert.deepEqual(refusedLines(`${service()}secrets:\n  token:\n    environment: ""\n`), [6]);
    assert.deepEqual(refusedLines(`name: ___\n${service()}`), [1]);
    for (const name of ['${PROJECT}', '${PROJECT:-}', '"${PROJECT:-}"']) assert.deepEqual(refusedLines(`name: ${name}\n${service()}`), [1]);
    assert.deepEqual(refusedLines(`name: ""\n${service()}`), []);
    assert.deepEqual(refusedLines(`name: \${PROJECT}\n${service()}`, { PROJECT: 'Chat App' }), []);
  });

  test('an include of the wrong kind', () => {
    assert.deepEqual(refusedLines('include:\n  - path: [[x]]\nservices: {}\n'), [2]);
    assert.deepEqual(refusedLines('include:\n  - path: a.yaml\n    project_directory: 1\nservices: {}\n').includes(3), false);
    assert.deepEqual(refusedLines('include:\n  - path: a.yaml\n    project_directory: true\nservices: {}\n').includes(3), true);
  });

  test('the key of an include that names nothing', () => {
    assert.deepEqual(refusedLines(`include:\n  - project_directory: .\n    path: other.yaml\n${service()}`), [3]);
  });
});

describe('what Compose passes over', () => {
  test('a bind of nothing, a label twice, a reset of an unknown key', () => {
    assert.deepEqual(refusedLines(service('volumes: [{type: bind, source: "", target: /x}]')), []);
    assert.deepEqual(refusedLines(`${service()}networks:\n  net:\n    labels: [a=1, a=1]\n`), []);
    assert.deepEqual(refusedLines(service('volmes: !reset null')), []);
  });

  test('keys of an include, a GPU request and an external secret that it does not know', () => {
    const ignored = (text: string): readonly boolean[] => {
      const file = parseCompose('compose.yaml', text);
      return check(file, { read: () => service(), variable: () => undefined }, []).map((complaint) => complaint.ignored === true);
    };
    assert.deepEqual(ignored(service('gpus: [{divices: 1}]')), [true]);
    assert.deepEqual(ignored('include:\n  - path: other.yaml\n    enf_file: a.env\n'), [true]);
    assert.deepEqual(ignored(`${service()}secrets:\n  token:\n    external: {nam: a}\n`), [true]);
    assert.deepEqual(ignored(`${service()}networks:\n  net:\n    external: {nam: a}\n`), [false]);
  });
});

describe('variables whose braces have no other half', () => {
  const get = (name: string): string | undefined => ({ A: 'a', E: '' })[name];
  const filled = (template: string): string | undefined => {
    const result = substitute(template, get);
    return result.ok ? result.text : undefined;
  };
  test('end with the last brace of the line', () => {
    assert.equal(filled('x${A:-{y}z'), 'xaz');
    assert.equal(filled('${B:-{y}z'), '{yz');
    assert.equal(filled('${B:-{{y}}z'), '{{y}z');
    assert.equal(filled('${A'), undefined);
  });
  test('a default is read also where nobody needs it', () => {
    assert.equal(filled('${A:-${b!}}'), undefined);
    assert.equal(filled('${A:-${B:?must}}'), undefined);
    assert.equal(filled('${E:+${B:?must}}'), undefined);
    assert.equal(filled('${A:-${B:-b}}'), 'a');
  });
});

describe('env files as Compose reads them', () => {
  const read = (text: string): Record<string, string> => Object.fromEntries(readEnv(text, (name) => ({ OUT: 'o' })[name]));

  test('quotes, escapes and variables', () => {
    assert.deepEqual(read(`A='a\\'b'\nB="\\$OUT \\"q\\" \\n"\nC=$OUT/\${A}\nD='$OUT'\n`), {
      A: "a'b",
      B: '$OUT "q" \n',
      C: "o/a'b",
      D: '$OUT',
    });
    assert.deepEqual(read('A="one\ntwo" # said\nB=x # said\nC=x#y\nexport D = 4\r\nE: 5\nOUT\n'), {
      A: 'one\ntwo',
      B: 'x',
      C: 'x#y',
      D: '4',
      E: '5',
      OUT: 'o',
    });
    assert.deepEqual(read('\uFEFF1A=1\nÉ=2\nA[0]=3\n'), { '1A': '1', É: '2', 'A[0]': '3' });
  });
  test('what is set outside comes first', () => {
    assert.deepEqual(read('OUT=mine\nA=$OUT\n'), { OUT: 'mine', A: 'o' });
  });
  test('what it cannot read', () => {
    assert.match(envFault('A=1\nB=pa${ss\n') ?? '', /line 2 «B» has a \$/);
    assert.match(envFault('A=${B:?}\n') ?? '', /line 1 «A» needs «B»/);
    assert.match(envFault('A="x\n') ?? '', /line 1 a quote/);
    assert.match(envFault('A B=x\n') ?? '', /has a space/);
    assert.match(envFault('# one\nA/B=x\n') ?? '', /line 2 .*«\/»/);
    assert.equal(envFault("A='pa${ss'\nB=$2y$10$x\nC=$$\n"), undefined);
    assert.match(rawEnvFault('A=${\nB C=1\n') ?? '', /line 2 .* has a space/);
    assert.deepEqual(
      [...readRawEnv('A="$x"\n  B-C=1\nOUT\n', (name) => name)],
      [
        ['A', '"$x"'],
        ['B-C', '1'],
        ['OUT', 'OUT'],
      ],
    );
  });
});

describe('commands as Compose splits them', () => {
  const cases: readonly (readonly [string, readonly string[] | undefined])[] = [
    ['serve "a b"  c', ['serve', 'a b', 'c']],
    [`a '' b`, ['a', '', 'b']],
    ['a && b', ['a']],
    ['a; b', ['a']],
    ['run 2>log', ['run']],
    ['run >log', ['run']],
    ['echo $(date +1) x', ['echo', '$(date +1)', 'x']],
    ['a `b c` d', ['a', '`b c`', 'd']],
    ['sh -c "a\\rb"', ['sh', '-c', 'arb']],
    [`sh -c 'a\\rb'`, ['sh', '-c', 'a\\rb']],
    ['; a', []],
    [`it's`, undefined],
    ['a)', undefined],
    ['a\\', undefined],
  ];
  for (const [line, words] of cases)
    test(line, () => {
      assert.deepEqual(commandWords(line), words);
    });
});

describe('the line where YAML is broken', () => {
  const block = [
    'services:',
    '  api:',
    '    image: api:1',
    '    healthcheck:',
    '      test: x',
    '      interval: 5s',
    '      timeout: 5s',
    '',
  ];
  const changed = (line: number, by: (text: string) => string): string =>
    block.map((text, at) => (at === line - 1 ? by(text) : text)).join('\n');

  test('a line that begins one column further to the right', () => {
    for (const line of [4, 6, 7]) assert.deepEqual(refusedLines(changed(line, (text) => ` ${text}`)), [line]);
    assert.deepEqual(refusedLines(changed(5, (text) => ` ${text}`)), [5]);
  });

  test('a line that begins one column further to the left', () => {
    for (const line of [5, 6, 7]) assert.deepEqual(refusedLines(changed(line, (text) => text.slice(1))), [line]);
  });

  test('a first line that is indented', () => {
    assert.deepEqual(refusedLines(` name: a\n${service()}`), [1]);
    assert.deepEqual(refusedLines(`# ours\n\n version: "3"\n${service()}`), [3]);
  });

  test('a quote that is not closed', () => {
    assert.ok(refusedLines(changed(3, () => '    image: "api:1')).includes(3));
    assert.ok(refusedLines(changed(6, () => "      interval: '5s")).includes(6));
  });

  test('what follows from one line is not told again', () => {
    const more = `${block.join('\n')}  web:\n    image: web:1\n    ports:\n      - "80:80"\n    restart: always\n`;
    const faults = (text: string): number[] => {
      const file = parseCompose('compose.yaml', text);
      return file.faults.map(({ span }) => lineAt(file.source, span.start) + 1);
    };
    for (const stray of ['}', '    ]', 'x'])
      assert.deepEqual(faults(more.replace('    image: web', `${stray}\n    image: web`)), [9], stray);
    assert.deepEqual(faults(more.replace('    ports', '  \t  ports')), [10]);
    // Of two services each is told.
    assert.deepEqual(faults(more.replace('      timeout', '     timeout').replace('    restart', '     restart')), [7, 12]);
  });

  test('a bracket that is not closed', () => {
    for (const open of ['[a, b', '{a: b', '[a, [b]', '["]"'])
      assert.deepEqual(
        parseCompose('compose.yaml', `${changed(5, () => `      test: ${open}`)}  web:\n    image: web:1\n`).faults.map(
          ({ message }) => message,
        ),
        [`This «${open.charAt(0)}» is closed nowhere: write the «${open.startsWith('{') ? '}' : ']'}».`],
      );
  });

  test('a key of a service that stands elsewhere', () => {
    const text = (...lines: readonly string[]): string => `services:\n  api:\n    image: api:1\n${lines.join('\n')}\n`;
    assert.deepEqual(refusedLines(text('  ports:', '      - "80:80"', '  web:', '    image: web:1')), [4]);
    assert.deepEqual(refusedLines(text('  environment:', '    MODE: a', '    LEVEL: b')), [4]);
    assert.deepEqual(refusedLines(text('  init:', '    image: init:1')), []);
    assert.deepEqual(refusedLines(text('command: serve', '    hostname: api', '    restart: always')), [4]);
  });

  test('a blank that is no space', () => {
    for (const line of [4, 6]) assert.equal(refusedLines(changed(line, (text) => `\u00A0${text.slice(1)}`))[0], line);
  });

  test('a comment right behind a quote or bracket is one', () => {
    assert.deepEqual(refusedLines(service('command: ["a"]#x', 'hostname: "a"#x')), []);
  });

  test('a second document is held against the keys, too', () => {
    assert.deepEqual(refusedLines(`${service()}---\nvolumes: 5\nservices:\n  web:\n    imag: x\n`), [7, 5, 8]);
  });

  test('items of a service that waits for a profile', () => {
    assert.deepEqual(refusedLines(service('profiles: [later]', 'environment: ["A =b"]', 'extra_hosts: [a]')), [5, 6]);
  });

  test('a key without a value that is there twice', () => {
    assert.deepEqual(refusedLines('services:\n  api:\n    image: a\nvolumes:\n  data:\n  # again\n  data:\n'), [7]);
  });
});

describe('what to write instead', () => {
  const said = (text: string): string =>
    check(parseCompose('compose.yaml', text), { read: () => undefined, variable: () => undefined }, [])
      .map(({ message }) => message)
      .join('\n');
  const fixed = (text: string): string | undefined => {
    const [edit] = check(parseCompose('compose.yaml', text), { read: () => undefined, variable: () => undefined }, []).flatMap(
      ({ fix }) => fix?.edits ?? [],
    );
    return edit && applyEdits(text, [edit]);
  };
  const api = (line: string): string => `services:\n  api:\n    image: a\n    ${line}\n`;

  test('where a key belongs that stands elsewhere', () => {
    assert.match(said(api('resources: {}')), /it belongs under «deploy»/);
    assert.match(said(api('dockerfile: x')), /it belongs under «build»/);
    assert.match(said(api('interval: 5s')), /it belongs under «healthcheck»/);
    assert.match(said(api('deploy: {gpus: all}')), /it belongs in the service itself/);
    assert.match(said('environment: {A: b}\nservices: {}\n'), /it belongs in a service/);
    assert.match(said(api('enviroment: {}')), /Did you mean «environment»/);
    assert.match(said(api('nothing_known: {}')), /begin with «x-»/);
  });
  test('a mapping in a list of pairs, and a number of GPUs', () => {
    assert.equal(fixed(api('environment:\n      - DEBUG: true')), api('environment:\n      - DEBUG=true'));
    assert.equal(fixed(api('labels: [{a.b: c}]')), api('labels: [a.b=c]'));
    assert.equal(fixed(api('gpus: 2')), api('gpus: [{ count: 2 }]'));
  });
});
