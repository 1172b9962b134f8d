import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { languageOf } from '../../../src/core.ts';
import { rules } from '../../../src/rules/index.ts';
import { harm, harmOfOne } from './settle.ts';

// All safe fixes, until none is left: they settle, and keep comments, line endings, heredocs and what a build accepts.

const examples = rules.flatMap((rule) =>
  rule.language === 'dockerfile'
    ? rule.examples.flatMap(({ bad, good }) => [bad, good].flatMap((text) => text?.replace(/[«»]/g, '') ?? []))
    : [],
);
const files = readdirSync('examples', { recursive: true, encoding: 'utf8' })
  .filter((path) => languageOf(path) === 'dockerfile')
  .map((path) => readFileSync(join('examples', path), 'utf8'));

/** The same file as others would write it. */
const ways: Readonly<Record<string, (text: string) => string>> = {
  'as it stands': (text) => text,
  'with CRLF': (text) => text.replace(/\n/g, '\r\n'),
  'with tabs and a comment before each instruction': (text) => text.replace(/^(?=[A-Z]+ )/gm, '\t# why\n\t'),
  'continued at each «&&», with comments': (text) => text.replace(/ && /g, ' \\\n    # then\n    && '),
  'without a line break at the end': (text) => text.trimEnd(),
};

describe('each fix alone leaves what a build accepts', () => {
  for (const [way, written] of Object.entries(ways))
    test(way, () => {
      for (const text of [...examples, ...files]) assert.deepEqual(harmOfOne(written(text)), []);
    });
});

describe('all safe fixes do no harm', () => {
  for (const [way, written] of Object.entries(ways))
    test(way, () => {
      for (const text of [...examples, ...files]) assert.deepEqual(harm(written(text)), []);
    });
});
