import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { explainExit } from '../../src/diagnose/exit.ts';
import { bare, explain, explainAll } from '../../src/diagnose/explain.ts';
import { knowledge } from '../../src/knowledge/index.ts';

const { errors, exitCodes } = knowledge;

describe('explain', () => {
  test('takes the special row before the general one', () => {
    assert.equal(explain("ModuleNotFoundError: No module named 'psycopg2'", errors)?.id, 'psycopg2-missing');
    assert.equal(explain("ModuleNotFoundError: No module named 'nothing_known'", errors)?.id, 'module-not-found');
  });

  test('sees through the prefixes of BuildKit and Compose and through colours', () => {
    assert.equal(bare('#12 3.456 \x1b[31mboom\x1b[0m\nweb-1  | hello'), 'boom\nhello');
    const text = '\x1b[31mtrain-1  | torch.OutOfMemoryError: CUDA out of memory. Tried to allocate 2.00 GiB.\x1b[0m';
    assert.equal(explain(text, errors)?.id, 'cuda-oom');
  });

  test('finds each known message in every kind of log', () => {
    for (const prefix of [
      '',
      '#14 12.34 ',
      'trainer-1  | ',
      'trainer  | ',
      '2026-01-01T00:00:00.123456789Z ',
      'db | 2026-01-01T00:00:00Z ',
    ])
      for (const [text, id] of [
        ['Killed', 'oom-killed'],
        ['exec: "curl": executable file not found in $PATH', 'exec-not-found'],
        ['ERROR: No matching distribution found for torch==2.1.0', 'pip-no-version'],
      ] as const)
        assert.equal(explain(`start\n${prefix}${text}\n`, errors)?.id, id, `${prefix}${text}`);
  });

  test('the cause comes before what only sums up', () => {
    const text = "error: command 'gcc' failed: No such file or directory\n  ERROR: Failed building wheel for psutil";
    assert.deepEqual(
      explainAll(text, errors).map(({ id }) => id),
      ['gcc-missing', 'subprocess-metadata'],
    );
  });

  test('says nothing of what it does not know', () => {
    assert.equal(explain('INFO: Application startup complete.', errors), undefined);
    assert.equal(explain('', errors), undefined);
  });

  test('takes no longer for a line of a megabyte', () => {
    const start = performance.now();
    assert.equal(explain('x'.repeat(1_000_000), errors), undefined);
    assert.equal(explain(`CUDA out of memory. Tried to allocate 2.00 GiB ${' '.repeat(1_000_000)}`, errors)?.id, 'cuda-oom');
    assert.ok(performance.now() - start < 5000, `${performance.now() - start} ms`);
  });

  test('of several, the last in the text comes first', () => {
    const text = "ModuleNotFoundError: No module named 'x'\nlater\nCUDA out of memory. Tried to allocate 2.00 GiB";
    assert.deepEqual(
      explainAll(text, errors).map(({ id }) => id),
      ['cuda-oom', 'module-not-found'],
    );
  });
});

describe('explainExit', () => {
  test('out of memory says so whatever the code', () => {
    assert.match(explainExit({ code: 137, oomKilled: true }, exitCodes).label, /^out of memory/);
    assert.match(explainExit({ code: 1, oomKilled: true }, exitCodes).label, /^out of memory/);
    assert.ok(explainExit({ code: 1, oomKilled: true }, exitCodes).tryThis.length > 0);
  });

  test('names the signal of a code above 128', () => {
    assert.equal(explainExit({ code: 139 }, exitCodes).label, 'exit 139, SIGSEGV');
    assert.equal(explainExit({ code: 143 }, exitCodes).label, 'exit 143, SIGTERM');
  });

  test('an unknown code is the program’s own', () => {
    assert.equal(explainExit({ code: 42 }, exitCodes).label, 'exit 42');
    assert.match(explainExit({ code: 42 }, exitCodes).meaning, /42/);
  });
});
