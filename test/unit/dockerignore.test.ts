import assert from 'node:assert/strict';
import { test } from 'node:test';
import { complete } from '../../src/assist/complete.ts';
import { hover } from '../../src/assist/hover.ts';
import { open } from '../../src/core.ts';
import { excludedBy } from '../../src/dockerignore/match.ts';
import { parseDockerignore } from '../../src/dockerignore/parse.ts';
import { worldOf } from './world.ts';

const files = {
  '.dockerignore': '',
  'src/app.py': '[1000 bytes]',
  'src/__pycache__/app.pyc': '[3000 bytes]',
  'data/train.bin': '[2000000000 bytes]',
  'data/small.csv': '[500 bytes]',
  'README.md': '[700 bytes]',
};
const world = worldOf({ files });
/** What is at `|`. */
const at = (text: string) => {
  const offset = text.indexOf('|');
  return { document: open('.dockerignore', text.replace('|', ''), 'dockerignore'), offset };
};

test('patterns are read as the engine reads them', () => {
  const { patterns } = parseDockerignore('.dockerignore', '\uFEFF.git\r\n# comment\r\n\r\n  !  README.md  \r\n#x\n /data/ \n');
  assert.deepEqual(
    patterns.map(({ text, exception }) => [text, exception]),
    [
      ['.git', false],
      ['README.md', true],
      ['/data/', false],
    ],
  );
  const excluded = excludedBy(patterns);
  assert.deepEqual(['.git/HEAD', 'data/x', 'README.md', 'src'].map(excluded), [true, true, false, false]);
});

test('a pattern that cannot be read takes nothing else along', () => {
  const { patterns } = parseDockerignore('.dockerignore', 'a[\n!\ntrailing\\\n[b-]\n[]\n[^x]y\ndata\n');
  assert.deepEqual(
    patterns.map(({ fault }) => fault !== undefined),
    [true, true, true, true, true, false, false],
  );
  assert.equal(excludedBy(patterns)('data/x'), true);
});

test('hover says what a pattern matches', () => {
  const card = (text: string) => {
    const { document, offset } = at(text);
    return hover(document, offset, world)?.markdown;
  };
  assert.match(card('da|ta\n') ?? '', /Leaves out \*\*2 files, 2\.0 GB\*\*\n\n- `data\/`$/);
  assert.match(card('**/__pyc|ache__\n') ?? '', /Leaves out \*\*1 file, 3 kB\*\*\n\n- `src\/__pycache__\/`/);
  assert.match(card('__pyc|ache__\n') ?? '', /Matches nothing here/);
  assert.match(card('data\ndata/*.c|sv\n') ?? '', /Not left out already: 0 of them/);
  assert.match(card('*\n!src/app|.py\n') ?? '', /Lets in \*\*1 file, 1 kB\*\*/);
  assert.equal(card('# da|ta\n'), undefined);
});

test('completion offers paths of the context, with what they hold, and the usual patterns', () => {
  const items = (text: string) => {
    const { document, offset } = at(text);
    return complete(document, offset, world);
  };
  const labels = (text: string) => items(text).map(({ label }) => label);
  assert.deepEqual(labels('da|').slice(0, 4), ['.dockerignore', 'src/', 'data/', 'README.md']);
  assert.equal(items('|').find(({ label }) => label === 'data/')?.detail, '2 files, 2.0 GB');
  assert.ok(labels('|').includes('**/__pycache__'));
  assert.ok(!labels('data\n|').includes('data/'));
  assert.deepEqual(labels('src/|'), ['src/app.py', 'src/__pycache__/']);
  assert.deepEqual(labels('*\n!|'), ['.dockerignore', 'src/', 'data/', 'README.md']);
  assert.deepEqual(labels('# |'), []);
});
