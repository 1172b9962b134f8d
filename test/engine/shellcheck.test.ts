import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { ensureDebian } from '../bed/shell.ts';

const missing = await ensureDebian(console.error, { shellcheck: 'shellcheck' });

describe('the real ShellCheck', { skip: missing?.unavailable ?? false }, () => {
  test('speaks about the lines of the Dockerfile', () => {
    const path = join(mkdtempSync(join(tmpdir(), 'ml-containers-shellcheck-')), 'Dockerfile');
    writeFileSync(
      path,
      `FROM debian:12
ARG known
RUN true && \\
    # a comment between
    rm -rf $UNKNOWN $known
RUN <<EOF
#!/bin/bash
for f in $(ls *.txt); do echo "$f"; done
EOF
# shellcheck disable=SC2086
RUN rm -rf $UNKNOWN
RUN mkdir -p /srv/{a,b}
`,
    );
    const { stdout } = spawnSync(process.execPath, ['dist/ml-containers.cjs', 'check', '--format=json', '--fail-on=never', path], {
      encoding: 'utf8',
    });
    const { files } = JSON.parse(stdout) as { files: { findings: { rule: string; line: number; column: number; also: string[] }[] }[] };
    const said = files.flatMap(({ findings }) => findings).filter(({ rule }) => rule === 'shellcheck');
    const has = (line: number, column: number, code: string): void => {
      assert.ok(
        said.some((each) => each.line === line && each.column === column && each.also.includes(`shellcheck:${code}`)),
        `${code} at ${line}:${column} is missing in ${JSON.stringify(said)}`,
      );
    };
    has(5, 12, 'SC2086');
    has(8, 10, 'SC2045');
    has(12, 19, 'SC3009');
    assert.ok(!said.some(({ line }) => line === 11), 'a comment silences it');
  });
});
