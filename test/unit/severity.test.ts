import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../src/core.ts';
import { defaultLintConfig, lint, type LintConfig } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { worldOf } from './world.ts';

const rule = rules.filter(({ id }) => id === 'pip-cache-kept');
const severities = (packages: string, config: Partial<LintConfig> = {}): readonly string[] =>
  lint(
    open('Dockerfile', `FROM python:3.12-slim\nRUN pip install ${packages}\n`, 'dockerfile'),
    rule,
    worldOf({}),
    { ...defaultLintConfig, ...config },
    (id, error) => {
      throw new Error(id, { cause: error });
    },
  ).map(({ severity }) => severity);

test('a finding may matter less than its rule', () => {
  assert.deepEqual(severities('torch==2.5.1'), ['warning']);
  assert.deepEqual(severities('flask==3.1.0'), ['info']);
});

test('what someone sets for the rule goes before that', () => {
  assert.deepEqual(severities('flask==3.1.0', { severities: { 'pip-cache-kept': 'error' } }), ['error']);
  assert.deepEqual(severities('flask==3.1.0', { severities: { 'pip-cache-kept': 'on' } }), ['info']);
  assert.deepEqual(severities('torch==2.5.1', { severities: { 'pip-cache-kept': 'hint' } }), ['hint']);
});
