import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { test } from 'node:test';

// The sample workspace is what we recommend, so our own check finds nothing in it; the broken one shows what is found.

interface Report {
  readonly files: readonly {
    readonly path: string;
    readonly findings: readonly { readonly rule: string; readonly line: number; readonly message: string }[];
  }[];
}

function check(folder: string): Report['files'] {
  const { stdout, stderr } = spawnSync(process.execPath, ['dist/ml-containers.cjs', 'check', '--format', 'json', folder], {
    encoding: 'utf8',
  });
  assert.equal(stderr, '');
  return (JSON.parse(stdout) as Report).files;
}

test('examples/ml-workspace is clean', () => {
  const files = check('examples/ml-workspace');
  assert.ok(files.length >= 6);
  assert.deepEqual(
    files.flatMap(({ path, findings }) => findings.map(({ rule, line, message }) => `${path}:${line} ${rule}: ${message}`)),
    [],
  );
});

test('examples/broken has what people do wrong', () => {
  const found = new Set(check('examples/broken').flatMap(({ findings }) => findings.map(({ rule }) => rule)));
  for (const rule of [
    'copy-trailing-comment',
    'copy-all-before-install',
    'depends-healthy-no-check',
    'gpu-count-and-ids',
    'healthcheck-tool-missing',
    'index-url-with-requirements',
    'latest-tag',
    'mlflow-s3-endpoint',
    'pip-as-root-local',
    'pip-cache-kept',
    'shm-missing',
    'torch-python-unsupported',
  ])
    assert.ok(found.has(rule), `${rule} is not found`);
});
