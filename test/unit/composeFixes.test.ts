import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { wrongFixes } from '../../scripts/fixesHold.ts';
import { languageOf } from '../../src/core.ts';
import type { Example } from '../../src/lint/rule.ts';
import { rules } from '../../src/rules/index.ts';
import { marked } from './examples.ts';
import { worldOf } from './world.ts';

// Every fix of a Compose file mends what it is for and harms nothing: no comment, anchor or kind of line end is lost, nothing new is wrong.

const remarked = (text: string): string => text.replace(/^( *[\w-]+: [\w./:-]+|services:)$/gm, '$1 # why');
const variants: Readonly<Record<string, (text: string) => string>> = {
  'as written': (text) => text,
  'with CRLF': (text) => text.replaceAll('\n', '\r\n'),
  'with comments, without a last line end': (text) => `# top\n${remarked(text)}`.trimEnd(),
};

const none: Example = {};
const cases = [
  ...rules.flatMap((rule) =>
    rule.language === 'compose'
      ? rule.examples.flatMap((example) => (example.bad === undefined ? [] : [{ name: rule.id, text: marked(example.bad).text, example }]))
      : [],
  ),
  ...readdirSync('examples', { recursive: true, encoding: 'utf8' }).flatMap((path) =>
    languageOf(path) === 'compose' ? [{ name: path, text: readFileSync(join('examples', path), 'utf8'), example: none }] : [],
  ),
];

for (const [variant, change] of Object.entries(variants))
  test(`fixes hold: ${variant}`, () => {
    const wrong = cases.flatMap(({ name, text, example }) =>
      [...wrongFixes('compose.yaml', change(text), worldOf(example), 1)].map((each) => `${name}: ${each}`),
    );
    assert.deepEqual(wrong, []);
  });
