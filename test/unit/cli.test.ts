import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { after, describe, test } from 'node:test';

// The bundled command line as a person or a CI job calls it.

const program = resolve('dist/ml-containers.cjs');
const folders: string[] = [];
after(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const at = mkdtempSync(join(tmpdir(), 'ml-containers-cli-'));
  folders.push(at);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(at, path)), { recursive: true });
    writeFileSync(join(at, path), content);
  }
  return at;
}

function call(cwd: string, ...args: readonly string[]) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { cwd, encoding: 'utf8' });
  assert.doesNotMatch(stderr, /\n\s+at /, 'a stack trace');
  return { status, stdout, stderr };
}

interface Json {
  readonly version: number;
  readonly files: readonly {
    readonly path: string;
    readonly language: string;
    readonly findings: readonly { readonly rule: string; readonly line: number; readonly column: number; readonly fixable: boolean }[];
  }[];
  readonly summary: Readonly<Record<string, number>>;
}

const broken = { 'api/Dockerfile': 'FROM python:3.12-slim\nRUN pip install torch==2.1.0\n', 'api/requirements.txt': 'numpy\n' };

describe('check', () => {
  test('finds files by their names and respects .gitignore at every level', () => {
    const at = folder({
      Dockerfile: 'FROM python:3.12-slim\n',
      'Dockerfile.gpu': 'FROM python:3.12-slim\n',
      'a/train.Dockerfile': 'FROM python:3.12-slim\n',
      'a/serve.dockerfile': 'FROM python:3.12-slim\n',
      'a/Containerfile': 'FROM python:3.12-slim\n',
      'compose.yaml': 'services: {}\n',
      'b/docker-compose.prod.yml': 'services: {}\n',
      'b/.gitignore': 'ignored/\n',
      'b/ignored/Dockerfile': 'FROM «\n',
      'node_modules/x/Dockerfile': 'FROM «\n',
      'notes.txt': 'nothing\n',
    });
    const { status, stdout } = call(at, 'check', '--format', 'json');
    assert.equal(status, 0);
    assert.deepEqual(
      (JSON.parse(stdout) as Json).files.map(({ path, language }) => `${language} ${path}`),
      [
        'dockerfile Dockerfile',
        'dockerfile Dockerfile.gpu',
        'dockerfile a/Containerfile',
        'dockerfile a/serve.dockerfile',
        'dockerfile a/train.Dockerfile',
        'compose b/docker-compose.prod.yml',
        'compose compose.yaml',
      ],
    );
  });

  test('looks at what the Compose files of a folder name, whatever it is called', () => {
    const at = folder({
      'a/compose.yaml':
        'include: [parts/store.yaml, {path: [../away.yaml]}]\nservices:\n  api:\n    build: {context: ., dockerfile: docker/api}\n',
      'a/parts/store.yaml': 'services:\n  s:\n    extends: {file: base.yml, service: s}\n',
      'a/parts/base.yml': 'services:\n  s:\n    image: a:1\n',
      'a/docker/api': 'FROM python:3.12-slim\n',
      'a/notes.yaml': 'services: {}\n',
      'away.yaml': 'services:\n  s:\n    image: a:1\n',
    });
    const paths = (...args: readonly string[]): readonly string[] =>
      (JSON.parse(call(at, 'check', '--format', 'json', ...args).stdout) as Json).files.map(({ path, language }) => `${language} ${path}`);
    const inside = ['compose a/compose.yaml', 'compose a/parts/store.yaml', 'dockerfile a/docker/api', 'compose a/parts/base.yml'];
    assert.deepEqual(new Set(paths('a')), new Set(inside));
    assert.deepEqual(new Set(paths()), new Set([...inside, 'compose away.yaml']));
    assert.deepEqual(paths('a/compose.yaml'), ['compose a/compose.yaml']);
  });

  test('prints places from 1 and a summary, and ends with 1', () => {
    const { status, stdout } = call(folder(broken), 'check', '--format', 'json', 'api');
    assert.equal(status, 1);
    const { version, files, summary } = JSON.parse(stdout) as Json;
    assert.equal(version, 1);
    const torch = files.flatMap(({ findings }) => findings).find(({ rule }) => rule === 'torch-python-unsupported');
    assert.deepEqual({ line: torch?.line, column: torch?.column, fixable: torch?.fixable }, { line: 2, column: 17, fixable: true });
    assert.deepEqual(summary, { files: 2, error: 1, warning: 1, info: 0, hint: 0 });
  });

  test('the threshold of a project’s hadolint file, for the Dockerfiles below it', () => {
    const at = folder({
      'a/.hadolint.yaml': 'failure-threshold: warning\n',
      'a/b/Dockerfile': 'FROM python:latest\n',
      'c/Dockerfile': 'FROM python:latest\n',
    });
    assert.equal(call(at, 'check', 'a').status, 1);
    assert.equal(call(at, 'check', 'c').status, 0);
    assert.equal(call(at, 'check').status, 1);
    assert.equal(call(at, 'check', '--fail-on', 'error').status, 0);
  });

  test('--fail-on and --min-severity', () => {
    const at = folder({ Dockerfile: 'FROM python:latest\n' });
    assert.equal(call(at, 'check').status, 0);
    assert.equal(call(at, 'check', '--fail-on', 'warning').status, 1);
    assert.equal(call(at, 'check', '--fail-on', 'never').status, 0);
    assert.match(call(at, 'check', '--min-severity', 'error').stdout, /nothing found/);
    assert.equal(call(at, 'check', '--rule', 'latest-tag=error').status, 1);
    assert.match(call(at, 'check', '--rule', 'latest-tag=off').stdout, /nothing found/);
  });

  test('SARIF has the schema, the rules and the places', () => {
    const { stdout } = call(folder(broken), 'check', '--format', 'sarif');
    const { version, runs } = JSON.parse(stdout) as {
      version: string;
      runs: {
        tool: { driver: { rules: { id: string }[] } };
        results: { ruleId: string; ruleIndex: number; level: string; locations: unknown[] }[];
      }[];
    };
    assert.equal(version, '2.1.0');
    const [run] = runs;
    for (const { ruleId, ruleIndex, locations } of run?.results ?? []) {
      assert.equal(run?.tool.driver.rules[ruleIndex]?.id, ruleId);
      assert.equal(locations.length, 1);
    }
    assert.deepEqual(run?.results.map(({ ruleId, level }) => `${level} ${ruleId}`).sort(), [
      'error torch-python-unsupported',
      'warning pip-cache-kept',
    ]);
  });

  test('GitHub annotations escape what would end them', () => {
    const { stdout } = call(folder({ 'a,b/Dockerfile': 'FROM python:latest\n' }), 'check', '--format', 'github');
    assert.match(stdout, /^::warning file=a%2Cb\/Dockerfile,line=1,endLine=1,col=6,endColumn=19,title=latest-tag::/);
  });

  test('--fix writes the safe fixes, and a second run finds none of them', () => {
    const at = folder(broken);
    call(at, 'check', '--fix');
    assert.equal(readFileSync(join(at, 'api/Dockerfile'), 'utf8'), 'FROM python:3.12-slim\nRUN pip install --no-cache-dir torch==2.1.0\n');
    assert.doesNotMatch(call(at, 'check').stdout, /--fix mends/);
  });

  test('comments suppress', () => {
    const at = folder({
      Dockerfile:
        '# ml-containers: ignore latest-tag\nFROM python:latest\n# hadolint ignore=DL3042\nRUN pip install flask\n# dockerfile-utils: ignore\nMAINTAINER me\n',
      'compose.yaml':
        'services:\n  a:\n    image: redis # ml-containers: ignore latest-tag\n  b:\n    # ml-containers: ignore\n    image: redis\n',
    });
    assert.match(call(at, 'check').stdout, /nothing found/);
  });

  test('# check=error=true makes what BuildKit checks an error, and nothing else', () => {
    const at = folder({ Dockerfile: '# check=error=true\nFROM python:latest AS Base\n' });
    const { status, stdout } = call(at, 'check', '--format', 'github');
    assert.equal(status, 1);
    assert.match(stdout, /^::error .*title=stage-name-casing::/m);
    assert.match(stdout, /^::warning .*title=latest-tag::/m);
    assert.equal(call(folder({ Dockerfile: 'FROM python:3.12-slim AS Base\n' }), 'check').status, 0);
  });

  test('reads requirements in UTF-16 as pip does, and says that a build does not read a Dockerfile so', () => {
    const mark = '\ufeff';
    const le = Buffer.from(`${mark}sklearn\r\n`, 'utf16le');
    const at = folder({
      'requirements.txt': le,
      'be/requirements.txt': Buffer.from(le).swap16(),
      'image/Dockerfile': Buffer.from(`${mark}FROM scratch\n`, 'utf16le'),
    });
    for (const path of ['requirements.txt', 'be/requirements.txt']) {
      const { status, stdout } = call(at, 'check', '--format', 'github', '--fail-on', 'hint', path);
      assert.equal(status, 1);
      assert.match(stdout, /line=1,.*title=sklearn-package::/);
    }
    assert.match(call(at, 'check', 'image').stderr, /^ml-containers: «image\/Dockerfile» is UTF-16, .*Save it as UTF-8\.\n$/m);
  });

  test('looks once at what lies in the folders of files given by name', () => {
    const dockerfile = 'FROM python:3.12-slim\nCOPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt\n';
    const at = folder({
      'a/Dockerfile': dockerfile,
      'a/requirements.txt': 'torch==2.1.0\n',
      'a/b/Dockerfile': dockerfile,
      'a/b/requirements.txt': 'torch==2.1.0\n',
    });
    for (const paths of [['a/requirements.txt', 'a/b/requirements.txt'], ['./a/b/requirements.txt', 'a/requirements.txt'], ['.']]) {
      const { stdout } = call(at, 'check', '--format', 'json', ...paths);
      const { files } = JSON.parse(stdout) as { files: { path: string; findings: { rule: string }[] }[] };
      const lists = files.filter(({ path }) => path.endsWith('.txt'));
      assert.equal(lists.length, 2);
      for (const { findings } of lists) assert.ok(findings.some(({ rule }) => rule === 'torch-python-unsupported'));
    }
  });

  test('leaves out what is too long for a person to have written', () => {
    const short = 'FROM python:3.12-slim\n';
    const long = `${short}# ${'x'.repeat(500_000)}\n`;
    const at = folder({ 'long/Dockerfile': long, Dockerfile: short });
    const says = `ml-containers: «long/Dockerfile» has ${long.length.toLocaleString('en')} characters: files of more than 500,000 are not checked.`;
    const all = call(at, 'check', '.', '--fail-on', 'never');
    assert.deepEqual([all.status, all.stderr], [0, `${says} It is left out.\n`]);
    assert.doesNotMatch(all.stdout, /^long/m);
    const named = call(at, 'check', 'long/Dockerfile');
    assert.deepEqual([named.status, named.stderr], [2, `${says}\n`]);
  });

  test('says in a sentence what cannot be read', () => {
    const at = folder({ Dockerfile: Buffer.from([0x46, 0, 1, 2]), 'empty/Dockerfile': '', 'data.bin': 'x' });
    const nowhere = call(at, 'check', 'nowhere');
    assert.deepEqual([nowhere.status, nowhere.stderr], [2, 'ml-containers: «nowhere» does not exist.\n']);
    const binary = call(at, 'check', 'Dockerfile');
    assert.deepEqual([binary.status, binary.stderr], [2, 'ml-containers: «Dockerfile» is a binary file, not text.\n']);
    const below = call(at, 'check', '.', '--fail-on', 'never');
    assert.deepEqual([below.status, below.stderr], [0, 'ml-containers: «Dockerfile» is a binary file, not text. It is left out.\n']);
    assert.match(below.stdout, /^empty\/Dockerfile/m);
    assert.equal(call(at, 'check', '.').status, 1);
    assert.equal(call(at, 'check', 'data.bin').status, 2);
    assert.match(call(at, 'check', 'empty').stdout, /no instruction/);
    assert.equal(call(at, 'check', '--format', 'xml').status, 2);
    assert.equal(call(at, 'check', '--nonsense').status, 2);
    assert.equal(call(at, 'sing').status, 2);
    if (process.getuid?.() !== 0) {
      chmodSync(join(at, 'empty/Dockerfile'), 0);
      assert.match(call(at, 'check', 'empty/Dockerfile').stderr, /may not be read/);
    }
  });
});

test('help is there before a command and behind one', () => {
  for (const args of [['help'], ['--help'], ['check', '--help'], ['explain', '-h']]) {
    const { status, stdout } = call('.', ...args);
    assert.equal(status, 0);
    assert.match(stdout, /--fail-on error/);
  }
});

test('rules lists the rules, explain says why', () => {
  const rows = JSON.parse(call('.', 'rules', '--format', 'json').stdout) as { id: string; why: string; fixable: boolean }[];
  assert.ok(rows.length >= 14);
  // One process a rule would take a minute: some of them stand for all.
  for (const { id, why } of rows.filter((_, at) => at % 60 === 0)) assert.ok(call('.', 'explain', id).stdout.includes(why), id);
  assert.match(call('.', 'explain', 'latest-tags').stderr, /Did you mean latest-tag\?/);
});

test('parse prints the instructions', () => {
  const at = folder({ Dockerfile: 'FROM a AS b\nRUN <<EOF\ntrue\nEOF\n' });
  const { ast } = JSON.parse(call(at, 'parse', 'Dockerfile').stdout) as { ast: { instruction: string; endLine: number }[] };
  assert.deepEqual(
    ast.map(({ instruction, endLine }) => [instruction, endLine]),
    [
      ['FROM', 1],
      ['RUN', 4],
    ],
  );
});
