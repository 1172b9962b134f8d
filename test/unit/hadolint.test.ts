import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../src/core.ts';
import { fixAll } from '../../src/lint/fixAll.ts';
import { hadolintConfig } from '../../src/lint/hadolint.ts';
import { lint, type LintConfig } from '../../src/lint/lint.ts';
import type { Finding } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { applyEdits } from '../../src/text/text.ts';
import { worldOf } from './world.ts';

const fail = (rule: string, error: unknown): void => {
  throw new Error(rule, { cause: error });
};
const check = (path: string, text: string, files: Readonly<Record<string, string>> = {}): readonly Finding[] =>
  lint(open(path, text, 'dockerfile'), rules, worldOf({ files }), { all: true, severities: {} }, fail);
const codes = (findings: readonly Finding[]): ReadonlySet<string> => new Set(findings.flatMap(({ also }) => also));

const text = 'FROM debian\nRUN sudo apt install curl\nUSER root\n';

test('reads a configuration file', () => {
  const config = hadolintConfig(
    'ignored: [DL3008, SC2086]\noverride:\n  error: [DL3006]\n  style:\n    - DL3004\ntrustedRegistries:\n  - docker.io\nlabel-schema:\n  author: text\n  commit: GitHash\nstrict-labels: true\nfailure-threshold: warning\n',
  );
  assert.deepEqual([...config.ignored], ['DL3008', 'SC2086']);
  assert.deepEqual(Object.fromEntries(config.severities), { DL3006: 'error', DL3004: 'hint' });
  assert.deepEqual(config.trustedRegistries, ['docker.io']);
  assert.deepEqual(config.labelSchema, { author: 'text', commit: 'hash' });
  assert.equal(config.strictLabels, true);
  assert.equal(config.failureThreshold, 'warning');
});

test('a file that is no configuration changes nothing', () => {
  for (const bad of ['', '[1, 2', 'ignored: 5\noverride: [a]\n', '- a\n']) assert.equal(hadolintConfig(bad).ignored.size, 0);
});

test('the nearest file above a Dockerfile counts', () => {
  assert.ok(codes(check('a/b/Dockerfile', text)).has('hadolint:DL3006'));
  assert.ok(!codes(check('a/b/Dockerfile', text, { '.hadolint.yaml': 'ignored: [DL3006]\n' })).has('hadolint:DL3006'));
  const nearer = { '.hadolint.yaml': 'ignored: [DL3006]\n', 'a/.hadolint.yml': 'override: { error: [DL3004] }\n' };
  const findings = check('a/b/Dockerfile', text, nearer);
  assert.ok(codes(findings).has('hadolint:DL3006'));
  assert.equal(findings.find(({ also }) => also.includes('hadolint:DL3004'))?.severity, 'error');
});

test('a check that has a severity there is on, whether it starts so or not', () => {
  const told = (config: string, severities: LintConfig['severities'] = {}): readonly string[] =>
    lint(
      open('Dockerfile', 'FROM debian:12\nRUN apt-get update && apt-get install -y curl\n', 'dockerfile'),
      rules,
      worldOf({ files: { '.hadolint.yaml': config } }),
      { all: false, severities },
      fail,
    )
      .filter(({ also }) => also.includes('hadolint:DL3008'))
      .map(({ rule, severity }) => `${rule} ${severity}`);
  assert.deepEqual(told('ignored: []\n'), []);
  assert.deepEqual(told('override: { error: [DL3008] }\n'), ['pin-system-package error']);
  assert.deepEqual(told('override: { warning: [DL3018] }\n'), []);
  assert.deepEqual(told('override: { error: [DL3008] }\nignored: [DL3008]\n'), []);
  assert.deepEqual(told('override: { error: [DL3008] }\n', { 'pin-system-package': 'off' }), []);
});

test('label-schema, strict-labels and trustedRegistries reach their rules', () => {
  const config = 'label-schema: { author: text }\nstrict-labels: true\ntrustedRegistries: [registry.example.org]\n';
  const found = codes(
    lint(
      open('a/Dockerfile', 'FROM debian:12\nLABEL other=1\n', 'dockerfile'),
      rules,
      worldOf({ files: { '.hadolint.yaml': config } }),
      { all: false, severities: {} },
      fail,
    ),
  );
  for (const code of ['DL3026', 'DL3049', 'DL3050']) assert.ok(found.has(`hadolint:${code}`), code);
});

test('comments count unless the project says that they do not', () => {
  const source = 'FROM debian:12\n# hadolint ignore=DL3004\nRUN sudo a\n';
  assert.ok(!codes(check('Dockerfile', source)).has('hadolint:DL3004'));
  assert.ok(codes(check('Dockerfile', source, { '.hadolint.yaml': 'disable-ignore-pragma: true\n' })).has('hadolint:DL3004'));
});

test('comments in the file: the next instruction, the stage, the whole file', () => {
  const has = (head: string, code: string): boolean => codes(check('Dockerfile', head)).has(`hadolint:${code}`);
  assert.ok(has('FROM debian:12\nRUN sudo a\n', 'DL3004'));
  assert.ok(!has('FROM debian:12\n# hadolint ignore=DL3004,SC2086 # why\nRUN sudo a\n', 'DL3004'));
  assert.ok(has('FROM debian:12\n# hadolint ignore=DL3004, nonsense\nRUN sudo a\n', 'DL3004'));
  assert.ok(!has('# hadolint stage ignore=DL3004\nFROM debian:12\nRUN a\nRUN sudo a\n', 'DL3004'));
  assert.ok(has('# hadolint stage ignore=DL3004\nFROM debian:12\nFROM debian:12\nRUN sudo a\n', 'DL3004'));
  assert.ok(!has('# hadolint global ignore = DL3004\nFROM debian:12\nFROM debian:12\nRUN sudo a\n', 'DL3004'));
});

/** All safe fixes, until none is left. */
function fixed(source: string): { readonly text: string; readonly rounds: number } {
  let now = source;
  for (let rounds = 0; rounds < 10; rounds++) {
    const edits = fixAll(check('Dockerfile', now));
    if (!edits.length) return { text: now, rounds };
    now = applyEdits(now, edits);
  }
  assert.fail(`never settles: ${source}`);
}

test('fix all settles, and keeps comments, indentation and line endings', () => {
  const crlf = 'FROM debian:12\r\n# tools\r\nRUN apt-get update \\\r\n    # small ones\r\n    && apt-get install curl\r\n';
  assert.equal(
    fixed(crlf).text,
    'FROM debian:12\r\n# tools\r\nRUN apt-get update \\\r\n    # small ones\r\n    && apt-get install -y curl && rm -rf /var/lib/apt/lists/*\r\n',
  );
  assert.equal(fixed('FROM debian:12\nRUN sudo apt update; sudo apt install git\n').text.includes('sudo'), false);
  for (const { examples, language } of rules)
    if (language === 'dockerfile')
      for (const { bad, good } of examples) for (const each of [bad?.replace(/[«»]/g, ''), good]) if (each !== undefined) fixed(each);
});

test('the file of the person counts where the project has none, in the order of hadolint', () => {
  const found = (files: Readonly<Record<string, string>>, environment: Readonly<Record<string, string>>): ReadonlySet<string> =>
    codes(lint(open('a/Dockerfile', text, 'dockerfile'), rules, worldOf({ files, environment }), { all: true, severities: {} }, fail));
  const home = { '/home/me/.hadolint.yaml': 'ignored: [DL3006]\n' };
  assert.ok(!found(home, { HOME: '/home/me' }).has('hadolint:DL3006'));
  assert.ok(found(home, {}).has('hadolint:DL3006'));
  assert.ok(found({ ...home, '.hadolint.yaml': 'ignored: [DL3004]\n' }, { HOME: '/home/me' }).has('hadolint:DL3006'));
  const config = { ...home, '/home/me/.config/hadolint.yaml': 'ignored: [DL3004]\n', '/x/hadolint.yaml': 'ignored: []\n' };
  assert.ok(!found(config, { HOME: '/home/me' }).has('hadolint:DL3004'));
  assert.ok(found(config, { HOME: '/home/me', XDG_CONFIG_HOME: '/x' }).has('hadolint:DL3004'));
});
