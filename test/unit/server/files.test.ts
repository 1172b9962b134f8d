import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { DiskFiles } from '../../../server/files.ts';

test('the disk is believed for a moment, until it is known to have changed', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  try {
    const files = new DiskFiles(folder);
    files.begin();
    assert.deepEqual([files.exists('a.txt'), files.list('.')], [false, []]);
    writeFileSync(join(folder, 'a.txt'), 'text');
    const asked = files.begin();
    assert.deepEqual([files.exists('a.txt'), files.list('.')], [false, []]);
    assert.deepEqual([...asked], ['a.txt', '.']);
    files.forget();
    assert.deepEqual([files.exists('a.txt'), files.read('a.txt'), files.list('.')], [true, 'text', ['a.txt']]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('what is open counts until it is closed, and then the disk does at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'files-'));
  try {
    const files = new DiskFiles(folder);
    files.begin();
    writeFileSync(join(folder, 'a.txt'), 'old');
    assert.equal(files.read('a.txt'), 'old');
    files.setOpen('a.txt', 'typed');
    assert.equal(files.read('a.txt'), 'typed');
    writeFileSync(join(folder, 'a.txt'), 'saved text');
    files.setOpen('a.txt', undefined);
    assert.equal(files.read('a.txt'), 'saved text');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
