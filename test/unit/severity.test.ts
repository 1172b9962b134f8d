import assert from 'node:assert/strict';
import { test } from 'node:test';
import { open } from '../../src/core.ts';
import { usualNames } from '../../src/document.ts';
import { defaultLintConfig, lint, type LintConfig } from '../../src/lint/lint.ts';
import { rules } from '../../src/rules/index.ts';
import { knowledge } from '../../src/knowledge/index.ts';
import type { KnowledgeBase } from '../../src/knowledge/knowledge.ts';
import { marked } from './examples.ts';
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

// A row that is likely may be shown, and may be a reason to look; it is none to be warned.
test('only rows that are certain raise errors and warnings', () => {
  const sureOnly = Object.fromEntries(
    Object.entries(knowledge).map(([table, rows]: [string, unknown]) => [table, Array.isArray(rows) ? rows.filter(isCertain) : rows]),
  ) as unknown as KnowledgeBase;
  let looked = 0;
  for (const each of rules)
    for (const example of each.examples) {
      if (example.bad === undefined) continue;
      const { text } = marked(example.bad);
      const document = open(example.path ?? usualNames[each.language], text, each.language);
      const warned = (tables: KnowledgeBase): readonly string[] =>
        lint(document, [each], { ...worldOf(example), knowledge: tables }, { ...defaultLintConfig, all: true }, (id, error) => {
          throw new Error(id, { cause: error });
        })
          .filter(({ severity }) => severity === 'error' || severity === 'warning')
          .map(({ span }) => text.slice(span.start, span.end));
      const sure = warned(sureOnly);
      looked += sure.length;
      assert.deepEqual(
        warned(knowledge).filter((place) => !sure.includes(place)),
        [],
        `${each.language} ${each.id} warns because of a row that is not certain: ${text}`,
      );
    }
  assert.ok(looked > 300);
});

const isCertain = (row: { readonly sure?: string }): boolean => row.sure === undefined || row.sure === 'certain';
