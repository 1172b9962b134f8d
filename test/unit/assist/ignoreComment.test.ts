import assert from 'node:assert/strict';
import { test } from 'node:test';
import { completeIgnore, hoverIgnore } from '../../../src/assist/ignoreComment.ts';
import { open } from '../../../src/core.ts';
import type { Language } from '../../../src/document.ts';
import { rules } from '../../../src/rules/index.ts';

const offered = (marked: string, language: Language = 'dockerfile', path = 'Dockerfile'): readonly string[] | undefined =>
  completeIgnore(open(path, marked.replace('¦', ''), language), marked.indexOf('¦'), rules)?.map(({ label }) => label);

test('a comment that switches rules off knows their names', () => {
  assert.deepEqual(offered('FROM a\n# ml-containers: ¦\n'), ['ignore', 'ignore-file']);
  assert.ok(offered('FROM a\n# ml-containers: ignore ¦\n')?.includes('latest-tag'));
  assert.deepEqual(offered('FROM a\n# ml-containers: ignore-file latest-tag, apt-no¦\n'), ['apt-no-y', 'apt-not-apt-get']);
  assert.ok(!offered('FROM a\n# ml-containers: ignore latest-tag, ¦\n')?.includes('latest-tag'));
  assert.ok(offered('services: {}\n# ml-containers: ignore ¦\n', 'compose', 'compose.yaml')?.every((id) => id !== 'apt-no-y'));
  assert.equal(offered('FROM a\n# a comment ¦\n'), undefined);
  assert.equal(offered('FROM a ¦\n'), undefined);
});

test('and hadolint’s comment its codes', () => {
  assert.ok(offered('FROM a\n# hadolint ignore=¦\n')?.includes('DL3006'));
  assert.deepEqual(offered('FROM a\n# hadolint global ignore=DL3006,DL300¦\n')?.slice(0, 2), ['DL3000', 'DL3001']);
  assert.deepEqual(offered('FROM a\n# hadolint g¦\n'), ['global ignore=']);
});

test('a rule named in a comment is explained', () => {
  const explained = (marked: string): string | undefined =>
    hoverIgnore(open('Dockerfile', marked.replace('¦', ''), 'dockerfile'), marked.indexOf('¦'), rules)?.markdown;
  assert.match(explained('FROM a\n# ml-containers: ignore latest¦-tag\n') ?? '', /\(latest-tag\)/);
  assert.match(explained('FROM a\n# hadolint ignore=DL30¦06\n') ?? '', /\(latest-tag\)/);
  assert.match(explained('# check=skip=Stage¦NameCasing\nFROM a\n') ?? '', /stage/i);
  assert.equal(explained('FROM a\n# latest¦-tag\n'), undefined);
});
