import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';

test('counts what passed, failed and was skipped, whole suites too, and says why', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-containers-reporter-'));
  try {
    const file = join(folder, 'some.test.mjs');
    writeFileSync(
      file,
      `import { describe, test } from 'node:test';
describe('a suite', () => { test('passes', () => {}); test('fails', () => { throw new Error('the reason'); }); });
describe('needs an engine', { skip: 'no engine answers' }, () => { test('never', () => {}); });
test('needs a screen', { skip: 'no screen' }, () => {});
`,
    );
    const counts = join(folder, 'counts.jsonl');
    const { NODE_TEST_CONTEXT: _, ...env } = process.env;
    const { stdout } = spawnSync(process.execPath, ['--test', `--test-reporter=${resolve('out/scripts/reporter.js')}`, file], {
      env: { ...env, ML_CONTAINERS_COUNTS: counts },
      encoding: 'utf8',
    });
    assert.deepEqual(JSON.parse(readFileSync(counts, 'utf8')), { passed: 1, failed: 1, skipped: 2 });
    assert.match(stdout, /✖ fails[^]*the reason/);
    assert.match(stdout, /skipped: needs an engine[^\n]*: no engine answers/);
    assert.match(stdout, /skipped: needs a screen[^\n]*: no screen/);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
